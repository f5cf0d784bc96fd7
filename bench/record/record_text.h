/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TVP_RECORD_TEXT_H
#define TVP_RECORD_TEXT_H

#include "record/compact.h"
#include "record/record.h"

/* The bytes of record_to_json()'s document, compact, of which no more than one series is in memory
 * at a time. 0, -ENOMEM, or -EINVAL as for record_save(): what was given is no document then. */
int record_text_write(const struct record *record, compact_sink *give, void *data);

#endif
