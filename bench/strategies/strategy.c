/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/strategy.h"

#include <string.h>

const struct strategy *const strategies[] = {
    &strategy_serial,       &strategy_pthread,       &strategy_fork, &strategy_thread_pool,
    &strategy_process_pool, &strategy_serial_thread, NULL,
};

const struct strategy *strategy_find(const char *name)
{
    for (const struct strategy *const *strategy = strategies; *strategy; strategy++) {
        if (strcmp((*strategy)->name, name) == 0) {
            return *strategy;
        }
    }
    return NULL;
}
