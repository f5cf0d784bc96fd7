/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell says of memory, in the file: how large the parent was, and what the workers cost. */
#include "base/units.h"
#include "record/document.h"

#include <stdio.h>
#include <string.h>

const char *const series_memory_names[] = {"parent_bytes", "parent_pages", "memory", NULL};

static const struct {
    const char *name;
    size_t offset; /* of a uint64_t in struct footprint */
} columns[] = {
    {"workers", offsetof(struct footprint, workers)},
    {"pss_bytes", offsetof(struct footprint, all.pss_bytes)},
    {"private_bytes", offsetof(struct footprint, all.private_bytes)},
    {"page_table_bytes", offsetof(struct footprint, all.page_table_bytes)},
    {"kernel_stack_bytes", offsetof(struct footprint, all.kernel_stack_bytes)},
    {"base_pss_bytes", offsetof(struct footprint, base.pss_bytes)},
    {"base_private_bytes", offsetof(struct footprint, base.private_bytes)},
    {"base_page_table_bytes", offsetof(struct footprint, base.page_table_bytes)},
    {"base_kernel_stack_bytes", offsetof(struct footprint, base.kernel_stack_bytes)},
};
#define COLUMNS (sizeof(columns) / sizeof(*columns))

char *parent_text(const struct parent *parent, char text[PARENT_TEXT_SIZE])
{
    char size[UNITS_SIZE], *end = stpcpy(text, "parent=");

    format_size(parent->bytes, size);
    for (const char *p = parent->bytes > 0 ? size : "0"; *p; p++) {
        if (*p != ' ' && *p != ',') {
            *end++ = *p;
        }
    }
    *end = '\0';
    if (parent->huge) {
        strcpy(end, ":huge");
    }
    return text;
}

bool parent_same(const struct parent *a, const struct parent *b)
{
    return a->bytes == b->bytes && a->huge == b->huge;
}

static json_t *footprint_to_json(const struct footprint *footprint)
{
    json_t *object = json_object();

    for (size_t i = 0; i < COLUMNS; i++) {
        uint64_t value;

        memcpy(&value, (const char *)footprint + columns[i].offset, sizeof(value));
        if (json_object_set_new(object, columns[i].name, json_integer((json_int_t)value))) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

int series_memory_to_json(const struct series *series, json_t *object)
{
    const struct parent *parent = &series->parent;
    int failed = 0;

    if (parent->bytes > 0) {
        failed |=
            json_object_set_new(object, "parent_bytes", json_integer((json_int_t)parent->bytes));
        failed |= json_object_set_new(object, "parent_pages",
                                      json_string(parent->huge ? "huge" : "small"));
    }
    if (series->footprint.workers > 0) {
        failed |= json_object_set_new(object, "memory", footprint_to_json(&series->footprint));
    }
    return failed;
}

static int parent_from_json(const json_t *object, const struct place *place, struct parent *parent,
                            char *why)
{
    struct place bytes = {place, "parent_bytes", 0}, pages = {place, "parent_pages", 0};
    const json_t *size = json_object_get(object, "parent_bytes");
    const char *kind = json_string_value(json_object_get(object, "parent_pages"));

    if (!size) {
        return 0;
    }
    int r = number_from_json(size, &bytes, UINT64_MAX, &parent->bytes, why);
    if (r == 0 && (!kind || (strcmp(kind, "small") != 0 && strcmp(kind, "huge") != 0))) {
        r = complain_at(why, &pages, "is not small or huge");
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): complain_at() never returns 0 */
    parent->huge = r == 0 && strcmp(kind, "huge") == 0;
    return r;
}

int series_memory_from_json(const json_t *object, const struct place *place, struct series *series,
                            char *why)
{
    struct place inner = {place, "memory", 0};
    const json_t *memory = json_object_get(object, "memory");
    int r = parent_from_json(object, place, &series->parent, why);

    if (r == 0 && memory && !json_is_object(memory)) {
        return complain_at(why, &inner, "is not an object");
    }
    for (size_t i = 0; r == 0 && memory && i < COLUMNS; i++) {
        struct place column = {&inner, columns[i].name, 0};
        uint64_t value = 0;

        r = number_from_json(json_object_get(memory, columns[i].name), &column, UINT64_MAX, &value,
                             why);
        memcpy((char *)&series->footprint + columns[i].offset, &value, sizeof(value));
    }
    return r;
}
