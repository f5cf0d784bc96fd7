/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/catalogue.h"

#include "base/child.h"
#include "base/clock.h"
#include "base/options.h"
#include "base/program.h"
#include "build_config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define NAMES_MAX 128
#define LIST_LIMIT_NS 20000000000u
#define END_LIMIT_NS 2000000000u

/* Beside this program in a build tree; where it was installed otherwise. */
static int find_trial(const char *given, char path[PATH_MAX])
{
    char folder[PATH_MAX];

    if (given) {
        return snprintf(path, PATH_MAX, "%s", given) < PATH_MAX ? 0 : -ENAMETOOLONG;
    }
    if (program_folder(folder) == 0 &&
        snprintf(path, PATH_MAX, "%s/tvp-trial", folder) < PATH_MAX && access(path, X_OK) == 0) {
        return 0;
    }
    snprintf(path, PATH_MAX, "%s/tvp-trial", TVP_LIBEXEC_DIR);
    return 0;
}

int catalogue_open(const char *given, struct catalogue *ret_catalogue, char *why)
{
    struct catalogue catalogue = {.list = NULL};
    struct child child;
    char *text = NULL;
    int r = find_trial(given, catalogue.trial);
    char *const argv[] = {catalogue.trial, (char *)"--list", NULL};

    r = r < 0 ? r : child_start(argv, environ, &child);
    if (r < 0) {
        snprintf(why, HARNESS_WHY_SIZE, "cannot start %.250s: %s", catalogue.trial, strerror(-r));
        return r;
    }
    r = child_read_all(&child, clock_ns() + LIST_LIMIT_NS, &text);
    child_end(&child, r < 0 ? 0 : clock_ns() + END_LIMIT_NS);
    if (r == 0) {
        catalogue.list = json_loads(text, 0, NULL);
        free(text);
    }
    if (r == -ENOMEM) {
        snprintf(why, HARNESS_WHY_SIZE, "%.250s --list: %s", catalogue.trial, strerror(-r));
        return r;
    }
    if (!json_is_object(catalogue.list)) {
        snprintf(why, HARNESS_WHY_SIZE, "%.250s --list does not answer as a trial program does",
                 catalogue.trial);
        json_decref(catalogue.list);
        return -EPROTO;
    }
    *ret_catalogue = catalogue;
    return 0;
}

void catalogue_close(struct catalogue *catalogue)
{
    json_decref(catalogue->list);
    catalogue->list = NULL;
}

void text_disarm(char *text)
{
    for (; *text; text++) {
        *text = *text < ' ' || *text > '~' ? '?' : *text;
    }
}

/* The entry of that name in one of the lists. kind is "strategy" or "workload", for why. */
static const json_t *find(const json_t *list, const char *kind, const char *name, size_t length,
                          char *why)
{
    const char *names[NAMES_MAX + 1] = {NULL};
    char word[64];
    size_t i;
    const json_t *entry;

    json_array_foreach(list, i, entry)
    {
        const char *known = json_string_value(json_object_get(entry, "name"));

        if (known && strlen(known) == length && strncmp(known, name, length) == 0) {
            return entry;
        }
        if (i < NAMES_MAX) {
            names[i] = known ? known : "";
        }
    }
    snprintf(word, sizeof(word), "%.*s", (int)length, name);
    text_disarm(word);
    const char *nearest = nearest_name(word, names);
    snprintf(why, HARNESS_WHY_SIZE, "unknown %s '%s'%s%s%s", kind, word,
             nearest ? "; did you mean '" : "; see tvp list", nearest ? nearest : "",
             nearest ? "'?" : "");
    return NULL;
}

const json_t *catalogue_strategy(const struct catalogue *catalogue, const char *words, char *why)
{
    return find(json_object_get(catalogue->list, "strategies"), "strategy", words,
                strcspn(words, ":"), why);
}

const json_t *catalogue_workload(const struct catalogue *catalogue, const char *name, char *why)
{
    return find(json_object_get(catalogue->list, "workloads"), "workload", name, strlen(name), why);
}

bool strategy_is_caller(const json_t *strategy)
{
    return json_is_true(json_object_get(strategy, "caller"));
}

bool workload_starts_programs(const json_t *workload)
{
    return json_is_true(json_object_get(workload, "starts_programs"));
}

bool workload_has_param(const json_t *workload, const char *name, size_t length)
{
    const json_t *param;
    size_t i;

    json_array_foreach(json_object_get(workload, "params"), i, param)
    {
        const char *known = json_string_value(json_object_get(param, "name"));

        if (known && strlen(known) == length && strncmp(known, name, length) == 0) {
            return true;
        }
    }
    return false;
}
