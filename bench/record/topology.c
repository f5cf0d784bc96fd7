/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hardware through hwloc, which knows the many ways in which kernels describe it. Only what
 * is asked for is loaded, and no thread of ours is moved about to find it out. */
#include "record/machine.h"
#include "record/probe.h"

#include <ctype.h>
#include <errno.h>
#include <hwloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int topology_load(unsigned long flags, hwloc_topology_t *ret_topology)
{
    static const hwloc_obj_type_t kept[] = {HWLOC_OBJ_PACKAGE, HWLOC_OBJ_CORE, HWLOC_OBJ_L3CACHE};
    hwloc_topology_t topology;
    size_t i;

    if (hwloc_topology_init(&topology)) {
        return -ENOMEM;
    }
    (void)hwloc_topology_set_all_types_filter(topology, HWLOC_TYPE_FILTER_KEEP_NONE);
    for (i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
        (void)hwloc_topology_set_type_filter(topology, kept[i], HWLOC_TYPE_FILTER_KEEP_ALL);
    }
    if (hwloc_topology_set_flags(topology, flags | HWLOC_TOPOLOGY_FLAG_DONT_CHANGE_BINDING) ||
        hwloc_topology_load(topology)) {
        hwloc_topology_destroy(topology);
        return -EIO;
    }
    *ret_topology = topology;
    return 0;
}

static unsigned objects_count(hwloc_topology_t topology, hwloc_obj_type_t type)
{
    int count = hwloc_get_nbobjs_by_type(topology, type);

    return count > 0 ? (unsigned)count : 0;
}

/* "AMD EPYC  7B13   64-Core " as one would write it. */
static void model_copy(char *model, size_t size, const char *text)
{
    size_t used = 0;

    for (; *text && used + 2 < size; text++) {
        if (isspace((unsigned char)*text)) {
            continue;
        }
        if (used && isspace((unsigned char)text[-1])) {
            model[used++] = ' ';
        }
        model[used++] = isprint((unsigned char)*text) ? *text : '?';
    }
    model[used] = '\0';
}

static uint64_t max_mhz_read(hwloc_topology_t topology)
{
    hwloc_obj_t cpu = NULL;
    uint64_t best = 0, khz;

    while ((cpu = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_PU, cpu))) {
        if (!first_number_read(&khz, "/sys/devices/system/cpu/cpu%u/cpufreq/cpuinfo_max_freq",
                               cpu->os_index) &&
            khz > best) {
            best = khz;
        }
    }
    return best / 1000;
}

int topology_read(struct topology_facts *ret_facts)
{
    struct topology_facts facts = {0};
    hwloc_topology_t topology;
    hwloc_obj_t object;
    const char *model;
    int r;

    r = topology_load(HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED, &topology);
    if (r) {
        return r;
    }
    facts.packages = objects_count(topology, HWLOC_OBJ_PACKAGE);
    facts.cores = objects_count(topology, HWLOC_OBJ_CORE);
    facts.threads = objects_count(topology, HWLOC_OBJ_PU);
    facts.numa_nodes = objects_count(topology, HWLOC_OBJ_NUMANODE);
    facts.max_mhz = max_mhz_read(topology);
    object = NULL;
    while ((object = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_L3CACHE, object))) {
        uint64_t kib = object->attr->cache.size / 1024;

        facts.l3_kib = kib > facts.l3_kib ? kib : facts.l3_kib;
    }
    object = hwloc_get_obj_by_type(topology, HWLOC_OBJ_PACKAGE, 0);
    model = object ? hwloc_obj_get_info_by_name(object, "CPUModel") : NULL;
    if (!model) {
        model = hwloc_obj_get_info_by_name(hwloc_get_root_obj(topology), "CPUModel");
    }
    if (model) {
        model_copy(facts.model, sizeof(facts.model), model);
    }
    hwloc_topology_destroy(topology);
    *ret_facts = facts;
    return 0;
}

uint64_t memory_mib_read(void)
{
    long pages = sysconf(_SC_PHYS_PAGES), page_size = sysconf(_SC_PAGESIZE);

    return pages > 0 && page_size > 0 ? (uint64_t)pages * (uint64_t)page_size / (1024 * 1024) : 0;
}

size_t machine_pin_order(int *cpus, size_t size)
{
    hwloc_topology_t topology;
    hwloc_bitmap_t mine;
    hwloc_obj_t core = NULL;
    size_t count = 0;

    if (topology_load(0, &topology)) {
        return 0;
    }
    mine = hwloc_bitmap_alloc();
    if (mine && !hwloc_get_cpubind(topology, mine, HWLOC_CPUBIND_PROCESS)) {
        while (count < size &&
               (core = hwloc_get_next_obj_by_type(topology, HWLOC_OBJ_CORE, core))) {
            if (hwloc_bitmap_intersects(core->cpuset, mine)) {
                hwloc_bitmap_t shared = hwloc_bitmap_dup(core->cpuset);

                if (!shared || hwloc_bitmap_and(shared, shared, mine)) {
                    hwloc_bitmap_free(shared);
                    break;
                }
                cpus[count++] = hwloc_bitmap_first(shared);
                hwloc_bitmap_free(shared);
            }
        }
    }
    hwloc_bitmap_free(mine);
    hwloc_topology_destroy(topology);
    return count;
}
