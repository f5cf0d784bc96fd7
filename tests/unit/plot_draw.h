/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of pictures share: a record and an empty folder for each, and drawing in it. */
#ifndef TVP_TEST_PLOT_DRAW_H
#define TVP_TEST_PLOT_DRAW_H

#include "tests/unit/folder_fixture.h"
#include "tests/unit/plot_fixture.h"

#include "output/plot.h"

#include <errno.h>
#include <sys/stat.h>

static struct record record;
static struct groups groups;

/* Every test gets a record in a folder of its own; tests change the record before groups_make. */
static inline int record_make(void **state)
{
    (void)fixture_scripts(); /* found before the working directory changes */
    if (folder_make(state) < 0) {
        return -1;
    }
    groups = (struct groups){0};
    return fixture_make(&record, 8, 12);
}

static inline int record_remove(void **state)
{
    groups_release(&groups);
    record_release(&record);
    return folder_remove(state);
}

static inline char *file_text(const char *path, size_t *ret_size)
{
    struct stat status;
    FILE *file = fopen(path, "re");

    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &status), 0);
    char *text = calloc(1, (size_t)status.st_size + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)status.st_size, file), status.st_size);
    fclose(file);
    *ret_size = (size_t)status.st_size;
    return text;
}

static inline bool file_has(const char *path, const char *word)
{
    size_t size;
    char *text = file_text(path, &size);
    bool found = strstr(text, word);

    free(text);
    return found;
}

static inline void replace(char **text, const char *with)
{
    free(*text);
    *text = strdup(with);
    assert_non_null(*text);
}

static inline void draw(enum plot_kind kind, size_t group, const char *path, enum plot_theme theme)
{
    struct plot_request request = {.kind = kind,
                                   .format = strstr(path, ".png") ? PLOT_PNG : PLOT_SVG,
                                   .theme = theme,
                                   .metric = METRIC_WARM,
                                   .group = group,
                                   .out_path = path,
                                   .scripts_dir = fixture_scripts()};
    char why[PLOT_WHY_SIZE] = "";

    if (!groups.items) {
        assert_int_equal(groups_make(&record, METRIC_WARM, &groups), 0);
    }
    int r = plot_draw(&record, &groups, &request, why);
    if (r == -ENOENT) {
        print_message("skipped: %s\n", why);
        skip();
    }
    assert_string_equal(why, "");
    assert_int_equal(r, 0);
}

#define PLOT_TEST(name) cmocka_unit_test_setup_teardown(name, record_make, record_remove)

#endif
