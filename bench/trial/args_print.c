/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/args.h"

#include <string.h>

/* A result names no folders: they tell who the user is. Nor does it hold addresses, which may hold
 * passwords. */
static const char *last_part(const char *text)
{
    const char *slash = strrchr(text, '/');

    return strstr(text, "://") ? "ADDRESS" : slash ? slash + 1 : text;
}

void args_print_one(const struct args *args, size_t i, FILE *out)
{
    const struct arg *arg = &args->items[i];

    fprintf(out, "%s=", args->params[i].name);
    if (args->params[i].type == PARAM_TEXTS) {
        for (unsigned n = 0; n < arg->count; n++) {
            fprintf(out, "%s%s", n ? "," : "", last_part(arg->texts[n]));
        }
    } else {
        fputs(args->params[i].type == PARAM_TEXT ? last_part(arg->text) : arg->text, out);
    }
}

void args_print(const struct args *args, FILE *out)
{
    for (size_t i = 0; i < args->count; i++) {
        fputs(i ? " " : "", out);
        args_print_one(args, i, out);
    }
}
