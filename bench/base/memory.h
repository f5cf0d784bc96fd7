/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory there is to be had. */
#ifndef TVP_MEMORY_H
#define TVP_MEMORY_H

#include <stdint.h>

/* MemAvailable of /proc/meminfo, in bytes; UINT64_MAX where it is not told. */
uint64_t memory_available(void);

#endif
