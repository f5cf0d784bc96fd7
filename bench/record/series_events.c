/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kernel counted in examined samples, in the file. */
#include "record/document.h"

static bool event_known(const struct sample_list *list, enum event event)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].events[event] != EVENT_UNKNOWN) {
            return true;
        }
    }
    return false;
}

static json_t *event_to_json(const struct sample_list *list, enum event event)
{
    json_t *column = json_array();

    for (size_t i = 0; i < list->count; i++) {
        uint64_t value = list->items[i].events[event];
        json_t *entry = value == EVENT_UNKNOWN ? json_null() : json_integer((json_int_t)value);

        if (json_array_append_new(column, entry)) {
            json_decref(column);
            return NULL;
        }
    }
    return column;
}

int events_to_json(const struct sample_list *list, json_t *columns)
{
    int failed = 0;

    for (enum event event = 0; event < EVENT_COUNT; event++) {
        if (event_known(list, event)) {
            failed |= json_object_set_new(columns, event_names[event], event_to_json(list, event));
        }
    }
    return failed;
}

int events_from_json(const json_t *columns, const struct place *place, struct sample_list *list,
                     char *why)
{
    int r = 0;

    for (enum event event = 0; event < EVENT_COUNT; event++) {
        const json_t *column = json_object_get(columns, event_names[event]);
        struct place inner = {place, event_names[event], 0};

        for (size_t i = 0; r == 0 && i < list->count; i++) {
            struct place entry = {&inner, NULL, i};
            const json_t *value = json_array_get(column, i);

            list->items[i].events[event] = EVENT_UNKNOWN;
            if (value && !json_is_null(value)) {
                r = number_from_json(value, &entry, UINT64_MAX, &list->items[i].events[event], why);
            }
        }
    }
    return r;
}
