/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps between a record and its JSON document. Private to bench/record. */
#ifndef TVP_DOCUMENT_H
#define TVP_DOCUMENT_H

#include "record/complaint.h"
#include "record/record.h"

/* Holds of every result file, known members or not: no number but integers of 0 ..
 * RECORD_NUMBER_MAX, no deep nesting. 0, or -EPROTO with why. */
int document_check(const json_t *document, char *why);
/* As record_from_json(), but the document loses its series, which take several times the room of
 * those of the record: both at once would be the most that is ever needed. */
int record_take_json(json_t *document, struct record *ret_record, char *why);
/* As record_to_json(), with a reason: -ENOMEM or -EINVAL. */
int document_make(const struct record *record, json_t **ret_document);
/* As record_save(); ret_fd as that of file_replace(). */
int document_save(const struct record *record, const char *path, int *ret_fd);

/* The strings of a series: one table reads, writes and releases them all. */
struct series_text {
    const char *name;
    size_t offset; /* of a char * in struct series */
    bool required; /* else null in the file is NULL in memory */
    bool rare;     /* and NULL is no member at all */
};
extern const struct series_text series_texts[]; /* ends with name NULL */

/* The columns of a span in the order of the file. */
enum span_column { SPAN_TASK, SPAN_WORKER, SPAN_START, SPAN_END, SPAN_FAILED, SPAN_COLUMNS };
extern const char *const span_columns[SPAN_COLUMNS];

void series_release(struct series *series);
/* A new reference, or NULL without memory. */
json_t *series_to_json(const struct series *series);
/* *series is zeroed by the caller, who also releases it, whatever comes back: 0, -ENOMEM, or
 * -EPROTO; why is set on failure. The document has passed document_check(). */
int series_from_json(const json_t *object, const struct place *place, struct series *series,
                     char *why);

/* Parts of a series, as above. An absent timeline has no spans. */
int samples_from_json(const json_t *columns, const struct place *place, struct sample_list *list,
                      char *why);
/* Members and columns that this version does not know, into series->extra. 0 or -ENOMEM. */
int series_extra_from_json(const json_t *object, struct series *series, char *why);
/* The columns of events, which examined samples have beside the others: a column that is left out,
 * and an entry that is null, was not counted. */
int events_to_json(const struct sample_list *list, json_t *columns);
int events_from_json(const json_t *columns, const struct place *place, struct sample_list *list,
                     char *why);
int timeline_from_json(const json_t *object, const struct place *place, uint64_t tasks,
                       struct timeline *timeline, char *why);
/* The parent and the footprint: members that are left out where there is nothing to say. */
extern const char *const series_memory_names[]; /* ends with NULL */
int series_memory_to_json(const struct series *series, json_t *object);
int series_memory_from_json(const json_t *object, const struct place *place, struct series *series,
                            char *why);
/* An integer of 0 .. max in a member or, with a place without a name, an element. */
int number_from_json(const json_t *value, const struct place *place, uint64_t max,
                     uint64_t *ret_value, char *why);

#endif
