/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/json_parts.h"

#include "output/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

json_t *json_clean(const char *text)
{
    static const struct style plain = {.width = 80};
    char *copy = strdup(text ? text : "");
    json_t *string = copy ? json_string(text_clean(copy, &plain)) : NULL;

    free(copy);
    return string;
}

json_t *json_finite(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

void json_add(json_t **list, json_t *item)
{
    if (json_array_append_new(*list, item) < 0) {
        json_decref(*list);
        *list = NULL;
    }
}
