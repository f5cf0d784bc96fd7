/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run_argv.h"

#include <stdlib.h>
#include <string.h>

/* An address may hold a password: only the names before it are kept, as in --set=urls=. */
static json_t *describe_address(const char *argument, const char *scheme)
{
    const char *end = memrchr(argument, '=', (size_t)(scheme - argument));

    return json_sprintf("%.*sADDRESS", end ? (int)(end - argument) + 1 : 0, argument);
}

static json_t *describe(const char *argument)
{
    const char *scheme = strstr(argument, "://");
    const char *home = getenv("HOME"), *owner = home ? strrchr(home, '/') : NULL;
    const char *slash = strrchr(argument, '/'), *equals = strchr(argument, '=');

    if (scheme) {
        return describe_address(argument, scheme);
    }
    if (!slash) {
        return json_string(argument);
    }
    const char *last = owner && owner[1] && strcmp(slash, owner) == 0 ? "HOME" : slash + 1;
    int name = equals && equals < slash ? (int)(equals - argument) + 1 : 0;
    return json_sprintf("%.*s%s", name, argument, last);
}

json_t *run_argv_describe(char **arguments)
{
    json_t *list = json_array();

    json_array_append_new(list, json_string("run"));
    for (; list && *arguments; arguments++) {
        json_t *text = describe(*arguments);

        /* What is not UTF-8 cannot stand in the file. */
        json_array_append_new(list, text ? text : json_string("?"));
    }
    return list;
}
