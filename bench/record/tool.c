/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The member "tool" of a result: which program wrote it, and how that was built. */
#include "build_config.h"
#include "commit.h"
#include "record/machine.h"
#include "record/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COMMIT_LENGTH 40u

json_t *options_describe(const char *options)
{
    size_t size = strlen(options) + 1, used = 0;
    char *copy = strdup(options), *kept = calloc(1, size), *save = NULL, *word;
    json_t *value = NULL;

    if (copy && kept) {
        for (word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
            if (!strchr(word, '/')) {
                used += (size_t)snprintf(kept + used, size - used, "%s%s", used ? " " : "", word);
            }
        }
        value = json_string(kept);
    }
    free(copy);
    free(kept);
    return value;
}

json_t *list_describe(const char *words)
{
    char *copy = strdup(words), *save = NULL, *word;
    json_t *list = copy ? json_array() : NULL;

    for (word = list ? strtok_r(copy, ",", &save) : NULL; word; word = strtok_r(NULL, ",", &save)) {
        if (strcmp(word, "none") != 0 && json_array_append_new(list, json_string(word))) {
            json_decref(list);
            list = NULL;
            break;
        }
    }
    free(copy);
    return list;
}

/* "<40 hex>" or "<40 hex>-dirty"; anything else means that the source was no checkout. */
static json_t *commit_describe(const char *tag)
{
    if (strspn(tag, "0123456789abcdef") != COMMIT_LENGTH) {
        return json_null();
    }
    return json_stringn(tag, COMMIT_LENGTH);
}

json_t *tool_describe(void)
{
    json_t *tool = json_object(), *build = json_object();
    int failed = 0;

    failed |= json_object_set_new(build, "compiler", json_string(TVP_COMPILER));
    failed |= json_object_set_new(build, "options", options_describe(TVP_OPTIONS));
    failed |= json_object_set_new(build, "buildtype", json_string(TVP_BUILDTYPE));
    failed |= json_object_set_new(build, "sanitizers", list_describe(TVP_SANITIZERS));
    failed |= json_object_set_new(tool, "name", json_string("tvp"));
    failed |= json_object_set_new(tool, "version", json_string(TVP_VERSION));
    failed |= json_object_set_new(tool, "commit", commit_describe(TVP_COMMIT_TAG));
    failed |=
        json_object_set_new(tool, "dirty", json_boolean(strstr(TVP_COMMIT_TAG, "-dirty") != NULL));
    failed |= json_object_set_new(tool, "build", build);
    if (failed) {
        json_decref(tool);
        return NULL;
    }
    return tool;
}
