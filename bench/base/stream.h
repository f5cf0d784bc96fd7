/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TVP_STREAM_H
#define TVP_STREAM_H

#include <stdio.h>

/* Closes a stream of open_memstream(&text, ...); NULL: it could not be opened. Returns 0, or
 * -ENOMEM if anything of the text was lost, which then is freed and NULL. Else it is the caller's.
 */
int stream_end(FILE *stream, char **text);

#endif
