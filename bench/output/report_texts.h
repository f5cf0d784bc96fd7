/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of a record as a page can show them: control characters made visible, and what is too
 * long cut, with the whole text kept for a list at the end of the page. */
#ifndef TVP_REPORT_TEXTS_H
#define TVP_REPORT_TEXTS_H

#include "record/record.h"

#define REPORT_TEXT_MAX 240u /* bytes; the arguments of the profiles take up to 120 */

struct report_texts {
    char **items; /* whole texts, revealed; named by their number, from 1 */
    size_t count;
};

/* The record with such texts: itself if all of them are fit to be shown, else a copy in *ret_room,
 * which the caller has zeroed and releases in any case. Texts that were cut end in "… [text N]", so
 * that those that differ stay different. 0 or -ENOMEM. */
int report_texts_cut(const struct record *record, struct report_texts *texts,
                     struct record *ret_room, const struct record **ret_record);
void report_texts_release(struct report_texts *texts);

#endif
