/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/strategy.h"

#include <string.h>

const struct strategy *strategy_find(const char *name)
{
    for (const struct strategy *const *strategy = strategies; *strategy; strategy++) {
        if (strcmp((*strategy)->name, name) == 0) {
            return *strategy;
        }
    }
    return NULL;
}
