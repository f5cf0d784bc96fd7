/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about untrusted files. Nothing here can fail: what does not fit is cut off. */
#include "record/complaint.h"

#include "record/record.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define PLACE_SIZE 120u /* leaves room for the sentence after it */
#define NAME_SHOWN 40   /* of the name of one member */

static void text_clean(char *text)
{
    for (; *text; text++) {
        if (*text < ' ' || *text > '~') {
            *text = '?';
        }
    }
}

static void place_write(const struct place *place, char text[PLACE_SIZE])
{
    size_t used;

    if (!place) {
        text[0] = '\0';
        return;
    }
    place_write(place->up, text);
    used = strlen(text);
    if (!place->name) {
        (void)snprintf(text + used, PLACE_SIZE - used, "[%zu]", place->index);
    } else {
        (void)snprintf(text + used, PLACE_SIZE - used, "%s%.*s", used ? "." : "", NAME_SHOWN,
                       place->name);
    }
}

int complain(char *why, int error, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    (void)vsnprintf(why, RECORD_WHY_SIZE, format, list);
    va_end(list);
    text_clean(why);
    return error;
}

int complain_at(char *why, const struct place *place, const char *format, ...)
{
    char text[PLACE_SIZE];
    va_list list;
    int used;

    place_write(place, text);
    used = snprintf(why, RECORD_WHY_SIZE, "%s ", text[0] ? text : "the document");
    va_start(list, format);
    (void)vsnprintf(why + used, RECORD_WHY_SIZE - (size_t)used, format, list);
    va_end(list);
    text_clean(why);
    return -EPROTO;
}
