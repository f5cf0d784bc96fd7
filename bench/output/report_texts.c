/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/report_texts.h"

#include "output/html.h"
#include "output/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN 120u /* columns of a cut text */

/* The number of a text that was cut before, or of a new one; takes over text. 0: no memory. */
static size_t texts_keep(struct report_texts *texts, char *text)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (strcmp(texts->items[i], text) == 0) {
            free(text);
            return i + 1;
        }
    }
    char **items = reallocarray(texts->items, texts->count + 1, sizeof(*items));
    if (!items) {
        free(text);
        return 0;
    }
    texts->items = items;
    items[texts->count++] = text;
    return texts->count;
}

/* What is shown instead of text, or NULL without memory. */
static char *text_make(const char *text, struct report_texts *texts)
{
    char *revealed = text_reveal(text), *shown = NULL;

    if (!revealed || strlen(revealed) <= REPORT_TEXT_MAX) {
        return revealed;
    }
    const size_t head = text_fit(revealed, strlen(revealed), SHOWN);
    char *kept = strndup(revealed, head);
    const size_t number = texts_keep(texts, revealed);
    if (!kept || number == 0 || asprintf(&shown, "%s… [text %zu]", kept, number) < 0) {
        shown = NULL;
    }
    free(kept);
    return shown;
}

static int text_replace(char **text, struct report_texts *texts)
{
    char *shown = *text ? text_make(*text, texts) : NULL;

    if (*text && !shown) {
        return -ENOMEM;
    }
    free(*text);
    *text = shown;
    return 0;
}

static int series_replace(struct series *series, struct report_texts *texts)
{
    char **const strings[] = {&series->workload, &series->arguments, &series->strategy,
                              &series->summary,  &series->finding,   &series->skipped,
                              &series->variant};
    int r = 0;

    for (size_t i = 0; i < sizeof(strings) / sizeof(*strings) && r == 0; i++) {
        r = text_replace(strings[i], texts);
    }
    for (size_t i = 0; i < series->error_count && r == 0; i++) {
        r = text_replace(&series->errors[i].text, texts);
    }
    for (size_t i = 0; i < series->failure_count && r == 0; i++) {
        r = text_replace(&series->failures[i].text, texts);
    }
    return r;
}

static json_t *node_replace(json_t *node, struct report_texts *texts);

/* The parts of an array or object; what failed is left as it was and told by false. */
static bool parts_replace(json_t *node, struct report_texts *texts)
{
    bool done = true;
    const char *name;
    json_t *value;
    void *next;
    size_t i;

    json_array_foreach(node, i, value)
    {
        json_t *shown = node_replace(value, texts);

        done = shown && json_array_set_new(node, i, shown) == 0 && done;
    }
    json_object_foreach_safe(node, next, name, value)
    {
        json_t *shown = node_replace(value, texts);

        done = shown && json_object_set_new(node, name, shown) == 0 && done;
    }
    return done;
}

/* A new reference, or NULL without memory. */
static json_t *node_replace(json_t *node, struct report_texts *texts)
{
    if (!json_is_string(node)) {
        return parts_replace(node, texts) ? json_incref(node) : NULL;
    }
    char *shown = text_make(json_string_value(node), texts);
    json_t *made = shown ? json_string(shown) : NULL;

    free(shown);
    return made;
}

static int record_replace(struct record *record, struct report_texts *texts)
{
    for (size_t i = 0; i < record->series_count; i++) {
        if (series_replace(&record->series[i], texts) < 0) {
            return -ENOMEM;
        }
    }
    return parts_replace(record->head, texts) ? 0 : -ENOMEM;
}

/* Whether a page can show it as it is. */
static bool text_is_plain(const char *text)
{
    size_t length = text ? strlen(text) : 0;
    uint32_t code = 0;

    for (size_t at = 0, step; at < length && length <= REPORT_TEXT_MAX; at += step) {
        step = text_decode(text + at, &code);
        if (step == 0 || text_harms(code) || text[at] == GLUE[0]) {
            return false;
        }
    }
    return length <= REPORT_TEXT_MAX;
}

static bool series_is_plain(const struct series *series)
{
    const char *const strings[] = {series->workload, series->arguments, series->strategy,
                                   series->summary,  series->finding,   series->skipped,
                                   series->variant};
    bool plain = true;

    for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++) {
        plain = plain && text_is_plain(strings[i]);
    }
    for (size_t i = 0; i < series->error_count && plain; i++) {
        plain = text_is_plain(series->errors[i].text);
    }
    for (size_t i = 0; i < series->failure_count && plain; i++) {
        plain = text_is_plain(series->failures[i].text);
    }
    return plain;
}

static bool node_is_plain(json_t *node)
{
    const char *name;
    json_t *value;
    size_t i;

    if (json_is_string(node)) {
        return text_is_plain(json_string_value(node));
    }
    json_array_foreach(node, i, value)
    {
        if (!node_is_plain(value)) {
            return false;
        }
    }
    json_object_foreach(node, name, value)
    {
        if (!node_is_plain(value)) {
            return false;
        }
    }
    return true;
}

static bool record_is_plain(const struct record *record)
{
    bool plain = node_is_plain(record->head);

    for (size_t i = 0; i < record->series_count && plain; i++) {
        plain = series_is_plain(&record->series[i]);
    }
    return plain;
}

int report_texts_cut(const struct record *record, struct report_texts *texts,
                     struct record *ret_room, const struct record **ret_record)
{
    char why[RECORD_WHY_SIZE];
    struct record made;

    if (record_is_plain(record)) {
        *ret_record = record; /* and no copy of all its samples is made */
        return 0;
    }
    json_t *document = record_to_json(record);
    int r = document ? record_from_json(document, &made, why) : -ENOMEM;

    json_decref(document);
    if (r < 0) {
        return r;
    }
    r = record_replace(&made, texts);
    if (r < 0) {
        record_release(&made);
        return r;
    }
    *ret_room = made;
    *ret_record = ret_room;
    return 0;
}

void report_texts_release(struct report_texts *texts)
{
    for (size_t i = 0; i < texts->count; i++) {
        free(texts->items[i]);
    }
    free(texts->items);
    *texts = (struct report_texts){.items = NULL};
}
