/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result file inside an HTML page: the address of a link that saves it, in base64. So the page
 * that a teacher mails is the data, and no script is needed to hold it. A page may hold several. */
#ifndef TVP_EMBEDDED_H
#define TVP_EMBEDDED_H

#include "record/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Stands before the base64. Text of a file cannot forge it: "<" and quotes are escaped in a page.
 */
#define EMBEDDED_BEGIN                                                                             \
    "<a class=\"data\" download=\"result.json\" href=\"data:application/json;base64,"

/* The result in base64 after the mark, up to the closing quote: the caller ends the tag. 0, -EIO,
 * or as record_text_write(). */
int embedded_write(FILE *out, const struct record *record);

/* Reads a page piece by piece; zeroed before the first. */
struct embedded {
    size_t matched; /* characters of the mark */
    bool inside, found;
    uint32_t bits;
    unsigned held; /* bits that are held */
};
/* Leaves in buffer what these `size` bytes of a page hold of result files, a line end after each;
 * returns how many bytes that is. What is no base64 makes a document that is no JSON. */
size_t embedded_extract(struct embedded *embedded, char *buffer, size_t size);

#endif
