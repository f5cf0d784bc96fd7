/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds of a document as a whole. Checked in writing too: a run that could not be read again
 * is found out on the spot, not by the colleague who got the file. */
#include "record/document.h"

#include <errno.h>

#define DEPTH_MAX 16u

static int number_check(json_int_t number, const struct place *place, char *why)
{
    if (number < 0) {
        return complain_at(why, place, "is negative");
    }
    if (number > RECORD_NUMBER_MAX) {
        return complain_at(why, place, "is larger than 2^53 - 1");
    }
    return 0;
}

static int node_check(const json_t *node, const struct place *place, unsigned depth, char *why)
{
    json_t *value;
    const char *name;
    size_t i;
    int r;

    if (depth > DEPTH_MAX) {
        return complain_at(why, place, "is nested deeper than %u levels", DEPTH_MAX);
    }
    switch (json_typeof(node)) {
    case JSON_REAL:
        return complain_at(why, place, "is not an integer");
    case JSON_INTEGER:
        return number_check(json_integer_value(node), place, why);
    case JSON_ARRAY:
        json_array_foreach(node, i, value)
        {
            struct place inner = {place, NULL, i};

            r = node_check(value, &inner, depth + 1, why);
            if (r) {
                return r;
            }
        }
        return 0;
    case JSON_OBJECT:
        json_object_foreach((json_t *)node, name, value)
        {
            struct place inner = {place, name, 0};

            r = node_check(value, &inner, depth + 1, why);
            if (r) {
                return r;
            }
        }
        return 0;
    default:
        return 0;
    }
}

int document_check(const json_t *document, char *why)
{
    return node_check(document, NULL, 0, why);
}
