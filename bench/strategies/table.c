/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of its own, so that a program may be linked with another table: see bench/peers. */
#include "strategies/strategy.h"

const struct strategy *const strategies[] = {
    &strategy_serial,       &strategy_pthread,       &strategy_fork, &strategy_thread_pool,
    &strategy_process_pool, &strategy_serial_thread, NULL,
};
