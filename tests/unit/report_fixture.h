/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages as text, and small records to make them of. */
#ifndef TVP_TEST_REPORT_FIXTURE_H
#define TVP_TEST_REPORT_FIXTURE_H

#include "tests/unit/folder_fixture.h"

#include "output/report.h"
#include "output/report_parts.h"
#include "tests/unit/made_series.h"

static inline char *made_report(const struct record *const *records, size_t count,
                                const char *pictures)
{
    struct report_file files[3];
    struct report report = {
        .files = files, .count = count, .no_pictures = "gnuplot is not installed"};
    char *page = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&page, &size);

    for (size_t i = 0; i < count; i++) {
        files[i] = (struct report_file){records[i], pictures};
    }
    assert_non_null(out);
    assert_int_equal(report_write(out, &report), 0);
    assert_int_equal(fclose(out), 0);
    return page;
}

static inline void record_make(struct record *record, const char *label, const char *text)
{
    static const char *const strategies[] = {"serial", "pthread", "process-pool"};

    assert_int_equal(record_init(record), 0);
    (void)json_object_set_new(record->head, "machine", json_pack("{s:s}", "label", label));
    (void)json_object_set_new(record->head, "environment", json_pack("{s:s}", "kernel", text));
    for (unsigned i = 0; i < 3; i++) {
        struct series *series =
            made_add(record, (struct made){text, text, text, strategies[i], 2, 4, 2e7 - 3e6 * i,
                                           1e5, .epochs = 12, .blocks = 4});

        assert_int_equal(series_add_failure(series, 3, text), 0);
        assert_int_equal(series_add_error(series, 2, text), 0);
    }
}

static inline size_t occurrences(const char *page, const char *what)
{
    size_t count = 0;

    for (const char *p = page; (p = strstr(p, what)); p += strlen(what)) {
        count++;
    }
    return count;
}

#endif
