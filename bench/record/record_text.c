/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as text, series by series: a document of all samples takes ten times the room of the
 * samples themselves. */
#include "record/record_text.h"

#include "record/checksum.h"
#include "record/document.h"

#include <errno.h>
#include <string.h>

/* What is written and what is hashed differ in the order of members alone, so each series is made
 * once for both. */
struct both {
    const struct record *record;
    struct compact *text;
};

static int put_series(const struct series *series, struct compact *text, struct compact *hash)
{
    char why[RECORD_WHY_SIZE];
    json_t *node = series_to_json(series);
    int r = node ? 0 : -ENOMEM;

    if (r == 0 && document_check(node, why) < 0) {
        r = -EINVAL;
    }
    r = r < 0 ? r : compact_node(text, node);
    r = r < 0 ? r : compact_node(hash, node);
    json_decref(node);
    return r;
}

static int put_all_series(struct compact *hash, const void *data)
{
    const struct both *both = data;
    int r = 0;

    compact_text(both->text, "[", 1);
    compact_text(hash, "[", 1);
    for (size_t i = 0; i < both->record->series_count && r == 0; i++) {
        compact_text(both->text, ",", i > 0);
        compact_text(hash, ",", i > 0);
        r = put_series(&both->record->series[i], both->text, hash);
    }
    compact_text(both->text, "]", 1);
    compact_text(hash, "]", 1);
    return r;
}

/* All but the series and the checksum; a new reference. NULL without memory. */
static json_t *head_make(const struct record *record)
{
    json_t *head = json_copy(record->head);

    (void)json_object_del(head, "checksum");
    if (json_object_set_new(head, "schema", json_string(RECORD_SCHEMA))) {
        json_decref(head);
        return NULL;
    }
    return head;
}

int record_text_write(const struct record *record, compact_sink *give, void *data)
{
    struct compact text = {.give = give, .data = data};
    const struct both both = {record, &text};
    const struct compact_member series = {"series", put_all_series, &both};
    char hex[CHECKSUM_SIZE], why[RECORD_WHY_SIZE];
    json_t *head = head_make(record), *checksum = NULL;
    int r = !head ? -ENOMEM : document_check(head, why) < 0 ? -EINVAL : 0;

    compact_text(&text, "{", 1);
    r = r < 0 ? r : compact_members(&text, head, NULL);
    if (r == 0 && json_object_set_new(head, series.name, json_null())) {
        r = -ENOMEM;
    }
    compact_text(&text, ",\"series\":", strlen(",\"series\":"));
    r = r < 0 ? r : checksum_make_special(head, &series, hex);
    if (r == 0) {
        checksum = json_pack("{s:{s:s, s:s}}", "checksum", "algorithm", "sha256", "value", hex);
        r = checksum ? 0 : -ENOMEM;
    }
    compact_text(&text, ",", 1);
    r = r < 0 ? r : compact_members(&text, checksum, NULL);
    compact_text(&text, "}", 1);
    if (r == 0) {
        compact_flush(&text);
    }
    json_decref(checksum);
    json_decref(head);
    return r;
}
