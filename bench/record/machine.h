/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be said about a machine without telling whose it is. Never recorded: host, domain and
 * user names, addresses, serial numbers, environment variables, mount points, process lists. The
 * names of members are fixed: results/result.schema.json allows no others. */
#ifndef TVP_MACHINE_H
#define TVP_MACHINE_H

#include <jansson.h>
#include <stddef.h>

/* A label made from hardware ("x86-2c-24g"), never from the host name. size: of label, bytes. */
void machine_default_label(char *label, size_t size);
/* Labels become folder names: 1 to 64 letters, digits, "._-", not beginning with "." or "-".
 * 0 or -EINVAL. */
int machine_label_check(const char *label);

/* The members "machine", "environment" and "tool" of a result file; new references, or NULL
 * without memory. What cannot be read is left out, never guessed. */
json_t *machine_describe(const char *label);
json_t *environment_describe(void);
json_t *tool_describe(void);

/* Numbers of one logical CPU per physical core this process may use, in hwloc's order, for
 * --pin. Returns how many were stored, at most size; 0 if hwloc cannot tell. */
size_t machine_pin_order(int *cpus, size_t size);

#endif
