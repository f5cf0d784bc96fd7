/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a record to its document, and to a file that is either the old one or the new one,
 * whatever happens in between: an interrupted run keeps what it has measured. */
#include "record/checksum.h"
#include "record/document.h"
#include "record/replace.h"

#include <errno.h>
#include <stdlib.h>

static int document_fill(const struct record *record, json_t *document)
{
    char hex[CHECKSUM_SIZE];
    json_t *series;
    size_t i;
    int r;

    if (json_object_set_new(document, "schema", json_string(RECORD_SCHEMA))) {
        return -ENOMEM;
    }
    series = json_array();
    if (json_object_set_new(document, "series", series)) {
        return -ENOMEM;
    }
    for (i = 0; i < record->series_count; i++) {
        if (json_array_append_new(series, series_to_json(&record->series[i]))) {
            return -ENOMEM;
        }
    }
    r = checksum_make(document, hex);
    if (r) {
        return r;
    }
    return json_object_set_new(document, "checksum",
                               json_pack("{s:s, s:s}", "algorithm", "sha256", "value", hex))
               ? -ENOMEM
               : 0;
}

int document_make(const struct record *record, json_t **ret_document)
{
    char why[RECORD_WHY_SIZE];
    json_t *document = json_copy(record->head);
    int r;

    if (!document) {
        return -ENOMEM;
    }
    /* The checksum belongs at the end, not where a copied head had it. */
    (void)json_object_del(document, "checksum");
    r = document_fill(record, document);
    if (!r && document_check(document, why)) {
        r = -EINVAL;
    }
    if (r) {
        json_decref(document);
        return r;
    }
    *ret_document = document;
    return 0;
}

json_t *record_to_json(const struct record *record)
{
    json_t *document = NULL;

    return document_make(record, &document) ? NULL : document;
}

/* One line, so that tools for lines can count and concatenate documents. */
static int document_dump(const json_t *document, char **ret_text, size_t *ret_size)
{
    size_t size = json_dumpb(document, NULL, 0, JSON_COMPACT);
    char *text = size ? malloc(size + 1) : NULL;

    if (!text || json_dumpb(document, text, size, JSON_COMPACT) != size) {
        free(text);
        return -ENOMEM;
    }
    text[size] = '\n';
    *ret_text = text;
    *ret_size = size + 1;
    return 0;
}

int document_save(const struct record *record, const char *path, int *ret_fd)
{
    json_t *document = NULL;
    char *text = NULL;
    size_t size = 0;
    int r;

    r = document_make(record, &document);
    if (r) {
        return r;
    }
    r = document_dump(document, &text, &size);
    json_decref(document);
    if (r) {
        return r;
    }
    r = file_replace(path, text, size, ret_fd);
    free(text);
    return r;
}

int record_save(const struct record *record, const char *path)
{
    return document_save(record, path, NULL);
}
