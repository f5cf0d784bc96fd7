/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory of a process tree, from /proc. */
#include "harness/footprint.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define KIB 1024u
#define KERNEL_STACK (16u * KIB) /* of x86-64 and arm64, where /proc does not tell */

/* Add up the lines of a file that begin with one of the names; true if one was there. */
static bool add_lines(const char *path, const char *const *names, uint64_t *sum)
{
    FILE *file = fopen(path, "re");
    bool found = false;
    char line[256];

    while (file && fgets(line, sizeof(line), file)) {
        for (const char *const *name = names; *name; name++) {
            size_t length = strlen(*name);

            if (strncmp(line, *name, length) == 0) {
                *sum += strtoull(line + length, NULL, 10);
                found = true;
            }
        }
    }
    if (file) {
        fclose(file);
    }
    return found;
}

/* All kernel stacks over all threads of the system, rounded to a power of two. */
static uint64_t kernel_stack_size(void)
{
    static const char *const names[] = {"KernelStack:", NULL};
    unsigned long threads = 0;
    uint64_t kib = 0, size = 4;
    FILE *file = fopen("/proc/loadavg", "re");

    if (file) {
        (void)!fscanf(file, "%*s %*s %*s %*[0-9]/%lu", &threads);
        fclose(file);
    }
    if (!add_lines("/proc/meminfo", names, &kib) || threads == 0) {
        return KERNEL_STACK;
    }
    while (size < 64 && size * size * 2 < kib * kib / ((uint64_t)threads * threads)) {
        size *= 2;
    }
    return size * KIB;
}

static int add_process(pid_t pid, uint64_t stack_size, struct memory *memory)
{
    static const char *const pss[] = {"Pss:", NULL};
    static const char *const private[] = {
        "Private_Clean:", "Private_Dirty:", "Private_Hugetlb:", NULL};
    static const char *const tables[] = {"VmPTE:", NULL}, *const threads[] = {"Threads:", NULL};
    char rollup[64], status[64];
    uint64_t pss_kib = 0, private_kib = 0, table_kib = 0, thread_count = 0;

    snprintf(rollup, sizeof(rollup), "/proc/%d/smaps_rollup", (int)pid);
    snprintf(status, sizeof(status), "/proc/%d/status", (int)pid);
    if (!add_lines(rollup, pss, &pss_kib) || !add_lines(rollup, private, &private_kib) ||
        !add_lines(status, tables, &table_kib) || !add_lines(status, threads, &thread_count)) {
        return -ENOENT;
    }
    memory->pss_bytes += pss_kib * KIB;
    memory->private_bytes += private_kib * KIB;
    memory->page_table_bytes += table_kib * KIB;
    memory->kernel_stack_bytes += thread_count * stack_size;
    return 0;
}

struct process {
    pid_t pid, parent;
};

/* All processes that there are; free them. NULL without memory. */
static struct process *processes_list(size_t *ret_count)
{
    struct process *list = NULL;
    size_t count = 0, capacity = 0;
    struct dirent *entry;
    DIR *proc = opendir("/proc");

    while (proc && (entry = readdir(proc))) {
        static const char *const names[] = {"PPid:", NULL};
        char path[32 + sizeof(entry->d_name)];
        uint64_t parent = 0;

        snprintf(path, sizeof(path), "/proc/%s/status", entry->d_name);
        if (!isdigit((unsigned char)entry->d_name[0]) || !add_lines(path, names, &parent)) {
            continue;
        }
        if (count == capacity) {
            capacity = 2 * capacity + 64;
            struct process *grown = reallocarray(list, capacity, sizeof(*list));
            if (!grown) {
                free(list);
                list = NULL;
                break;
            }
            list = grown;
        }
        list[count++] = (struct process){(pid_t)strtoul(entry->d_name, NULL, 10), (pid_t)parent};
    }
    if (proc) {
        closedir(proc);
    }
    *ret_count = count;
    return list;
}

static bool descends(const struct process *list, size_t count, pid_t pid, pid_t root)
{
    for (size_t steps = 0; pid > 1 && steps <= count; steps++) {
        size_t i = 0;

        if (pid == root) {
            return true;
        }
        while (i < count && list[i].pid != pid) {
            i++;
        }
        pid = i < count ? list[i].parent : 0;
    }
    return false;
}

int footprint_read(pid_t root, struct memory *ret_memory)
{
    uint64_t stack_size = kernel_stack_size();
    struct memory memory = {0};
    size_t count;
    struct process *list = processes_list(&count);
    int r = list ? -ESRCH : -ENOMEM;

    for (size_t i = 0; list && i < count; i++) {
        if (descends(list, count, list[i].pid, root)) {
            int added = add_process(list[i].pid, stack_size, &memory);

            r = list[i].pid == root ? added : r;
        }
    }
    free(list);
    if (r == 0) {
        *ret_memory = memory;
    }
    return r;
}
