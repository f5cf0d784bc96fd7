/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/pinning.h"

#include "base/stream.h"
#include "harness/catalogue.h"
#include "record/machine.h"

#include <errno.h>
#include <stdio.h>

#define CPUS_MAX 1024

int pinning_cpus(char **ret_cpus, char *why)
{
    int cpus[CPUS_MAX];
    size_t count = machine_pin_order(cpus, CPUS_MAX), size;
    char *text = NULL;

    if (count == 0) {
        snprintf(why, HARNESS_WHY_SIZE, "--pin: cannot tell which cores this machine has");
        return -EOPNOTSUPP;
    }
    FILE *out = open_memstream(&text, &size);
    if (!out) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "%s%d", i ? "," : "", cpus[i]);
    }
    if (stream_end(out, &text) < 0) {
        return -ENOMEM;
    }
    *ret_cpus = text;
    return 0;
}
