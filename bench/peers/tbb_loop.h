/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oneTBB's parallel loop for C: headers of the contract are C17, which a C++ compiler rejects. */
#ifndef TVP_TBB_LOOP_H
#define TVP_TBB_LOOP_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Run one piece in some thread, whose number among the workers is lane. */
typedef void tbb_piece(void *context, uint32_t piece, unsigned lane);

/* NULL: it cannot be had. */
void *tbb_loop_open(unsigned workers);
void tbb_loop_run(void *loop, uint32_t pieces, tbb_piece *run, void *context);
/* Ends its threads. */
void tbb_loop_close(void *loop);

#ifdef __cplusplus
}
#endif

#endif
