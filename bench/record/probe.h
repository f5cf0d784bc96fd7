/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the facts about a machine come from. Private to bench/record. `root` stands before every
 * path: "" in the program, a folder of made-up files in tests. */
#ifndef TVP_PROBE_H
#define TVP_PROBE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The first line of a file, without its end, other than printable ASCII as "?". -ENOENT and the
 * like; -ENODATA if it is empty. The path is the printf-like format. */
__attribute__((format(printf, 3, 4))) int first_line_read(char *line, size_t size,
                                                          const char *format, ...);
/* The same for a file of one number without sign. -EINVAL: it holds something else. */
__attribute__((format(printf, 2, 3))) int first_number_read(uint64_t *ret_value, const char *format,
                                                            ...);
/* The word in brackets in a line like "always [madvise] never", in place. NULL: there is none. */
char *bracketed_word(char *line);

/* What hwloc knows of the whole machine; 0 or "" where it cannot tell. */
struct topology_facts {
    unsigned packages, cores, threads, numa_nodes;
    uint64_t l3_kib;  /* of the largest L3 cache */
    uint64_t max_mhz; /* of the fastest CPU */
    char model[96];   /* as the CPU calls itself */
};
int topology_read(struct topology_facts *ret_facts);
/* Memory in MiB, or 0. */
uint64_t memory_mib_read(void);

/* The tightest limit of this process' control groups, versions 1 and 2. 0: there is a limit;
 * -ENODATA: there is none; -ENOENT: not known. */
int cgroup_cpu_quota_read(const char *root, uint64_t *ret_thousandths); /* of a CPU */
int cgroup_pids_max_read(const char *root, uint64_t *ret_count);

/* "none", the name of a hypervisor, "other"; NULL: not known. vendor: what CPUID says of the
 * hypervisor, "" if nothing. All static. */
const char *virtualisation_name(const char *root, const char *vendor);
/* Twelve letters of CPUID leaf 0x40000000, or "" where there is no hypervisor to be seen. */
void hypervisor_vendor(char vendor[13]);
/* The same for containers: "none", "docker", ..., "other", NULL. */
const char *container_name(const char *root);

/* Adds what is known and leaves out NULL, 0 or "". Return 0 or -1 (no memory), so that many can
 * be or-ed together. */
int member_add_text(json_t *object, const char *name, const char *text);
int member_add_count(json_t *object, const char *name, uint64_t value);

/* Compiler options without the words that hold a path, which would tell whose home it was built
 * in; and a list of words separated by commas, "none" being empty. New references or NULL. */
json_t *options_describe(const char *options);
json_t *list_describe(const char *words);

#endif
