/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an untrusted document to a record. The reader asks for what others rely on; the JSON
 * Schema in results/ asks files of our own for everything. */
#include "record/checksum.h"
#include "record/document.h"
#include "record/epochs.h"
#include "record/machine.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Types of those members of the head that have one; all but the schema may be missing. */
static const struct {
    const char *name, *type;
    json_type first, second; /* JSON_TRUE and JSON_FALSE are two types of jansson's */
} head_types[] = {
    {"created", "a string", JSON_STRING, JSON_STRING},
    {"duration_ns", "an integer", JSON_INTEGER, JSON_INTEGER},
    {"complete", "true or false", JSON_TRUE, JSON_FALSE},
    {"synthetic", "true or false", JSON_TRUE, JSON_FALSE},
    {"tool", "an object", JSON_OBJECT, JSON_OBJECT},
    {"machine", "an object", JSON_OBJECT, JSON_OBJECT},
    {"environment", "an object", JSON_OBJECT, JSON_OBJECT},
    {"config", "an object", JSON_OBJECT, JSON_OBJECT},
};

static int schema_check(const json_t *document, char *why)
{
    const json_t *schema = json_object_get(document, "schema");

    if (!json_is_object(document)) {
        return complain(why, -EPROTO, "not a tvp result: the document is not an object");
    }
    if (!json_is_string(schema)) {
        return complain(why, -EPROTO, "not a tvp result: it has no schema");
    }
    if (strcmp(json_string_value(schema), RECORD_SCHEMA) != 0) {
        return complain(why, -EPROTO, "its schema is %.60s, this program reads " RECORD_SCHEMA,
                        json_string_value(schema));
    }
    return 0;
}

static int checksum_check(const json_t *document, char *why)
{
    const json_t *checksum = json_object_get(document, "checksum");
    const char *algorithm = json_string_value(json_object_get(checksum, "algorithm"));
    const char *value = json_string_value(json_object_get(checksum, "value"));
    char hex[CHECKSUM_SIZE];

    if (!algorithm || !value) {
        return complain(why, -EPROTO, "it has no checksum");
    }
    if (strcmp(algorithm, "sha256") != 0) {
        return complain(why, -EPROTO, "its checksum is of an unknown kind, %.60s", algorithm);
    }
    if (checksum_make(document, hex)) {
        return complain(why, -ENOMEM, "out of memory");
    }
    if (strcmp(value, hex) != 0) {
        return complain(why, -EPROTO,
                        "its checksum does not match: the file was changed or damaged");
    }
    return 0;
}

/* "2025-01-15T10:42:07Z": it becomes part of file names. */
static bool created_valid(const char *text)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    size_t i;

    if (strlen(text) != sizeof(form) - 1) {
        return false;
    }
    for (i = 0; form[i]; i++) {
        if (form[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != form[i]) {
            return false;
        }
    }
    return true;
}

static int head_check(const json_t *document, char *why)
{
    const json_t *created = json_object_get(document, "created");
    const json_t *machine = json_object_get(document, "machine");
    const char *label = json_string_value(json_object_get(machine, "label"));
    size_t i;

    for (i = 0; i < sizeof(head_types) / sizeof(*head_types); i++) {
        const json_t *value = json_object_get(document, head_types[i].name);

        if (value && json_typeof(value) != head_types[i].first &&
            json_typeof(value) != head_types[i].second) {
            return complain(why, -EPROTO, "%s is not %s", head_types[i].name, head_types[i].type);
        }
    }
    if (created && !created_valid(json_string_value(created))) {
        return complain(why, -EPROTO, "created is not a time like 2025-01-15T10:42:07Z");
    }
    if (machine && (!label || machine_label_check(label))) {
        return complain(why, -EPROTO, "machine.label is not 1 to 64 letters, digits, or ._-");
    }
    return 0;
}

static int head_copy(const json_t *document, json_t **ret_head)
{
    json_t *shallow = json_copy((json_t *)document), *head;

    if (!shallow) {
        return -ENOMEM;
    }
    (void)json_object_del(shallow, "series");
    (void)json_object_del(shallow, "checksum");
    head = json_deep_copy(shallow);
    json_decref(shallow);
    if (!head) {
        return -ENOMEM;
    }
    *ret_head = head;
    return 0;
}

/* take: each is given up as soon as it has been read. */
static int all_series_read(json_t *array, bool take, struct record *record, char *why)
{
    struct place place = {NULL, "series", 0};
    size_t count = json_array_size(array), i;
    int r;

    if (!json_is_array(array)) {
        return complain_at(why, &place, array ? "is not an array" : "is missing");
    }
    if (!count) {
        return 0;
    }
    record->series = calloc(count, sizeof(*record->series));
    if (!record->series) {
        return complain(why, -ENOMEM, "out of memory");
    }
    record->series_count = count;
    for (i = 0; i < count; i++) {
        struct place entry = {&place, NULL, i};

        r = series_from_json(json_array_get(array, i), &entry, &record->series[i], why);
        if (r) {
            return r;
        }
        if (take) {
            (void)json_array_set_new(array, i, json_null());
        }
    }
    return 0;
}

static int document_read(json_t *document, bool take, struct record *ret_record, char *why)
{
    struct record record = {0};
    int r;

    r = schema_check(document, why);
    if (r) {
        return r;
    }
    r = document_check(document, why);
    if (r) {
        return r;
    }
    r = checksum_check(document, why);
    if (r) {
        return r;
    }
    r = head_check(document, why);
    if (r) {
        return r;
    }
    if (head_copy(document, &record.head)) {
        return complain(why, -ENOMEM, "out of memory");
    }
    r = all_series_read(json_object_get(document, "series"), take, &record, why);
    if (r == 0 && record_mark_loud(&record) < 0) {
        r = complain(why, -ENOMEM, "out of memory");
    }
    if (r) {
        record_release(&record);
        return r;
    }
    *ret_record = record;
    return 0;
}

int record_from_json(const json_t *document, struct record *ret_record, char *why)
{
    return document_read((json_t *)document, false, ret_record, why);
}

int record_take_json(json_t *document, struct record *ret_record, char *why)
{
    return document_read(document, true, ret_record, why);
}
