/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The member "machine" of a result: what the hardware is. A label made of it is the same after
 * every start of the machine, and tells nothing about its owner. */
#include "record/machine.h"

#include "base/affinity.h"
#include "record/probe.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#define LABEL_LENGTH_MAX 64u

static const char *arch_name(const char *machine)
{
    if (!strcmp(machine, "x86_64")) {
        return "x86";
    }
    return strcmp(machine, "aarch64") ? machine : "arm64";
}

/* Firmware and kernel keep some memory for themselves, more or less after each update: a machine
 * sold with 32 GiB shows 30.6 to 31.9. Steps of an eighth to a quarter get 32 back from all. */
static uint64_t memory_round(uint64_t mib)
{
    uint64_t step = 1;

    while (mib / step >= 8) {
        step *= 2;
    }
    return (mib + step / 2) / step * step;
}

void machine_default_label(char *label, size_t size)
{
    struct topology_facts facts = {0};
    struct utsname names;
    uint64_t mib = memory_round(memory_mib_read());
    unsigned cores;
    size_t i;

    (void)topology_read(&facts);
    cores = facts.cores ? facts.cores : affinity_count();
    if (uname(&names)) {
        (void)snprintf(names.machine, sizeof(names.machine), "linux");
    }
    if (mib >= 1024) {
        (void)snprintf(label, size, "%.20s-%uc-%llug", arch_name(names.machine), cores,
                       (unsigned long long)(mib / 1024));
    } else {
        (void)snprintf(label, size, "%.20s-%uc-%llum", arch_name(names.machine), cores,
                       (unsigned long long)mib);
    }
    for (i = 0; i < size && label[i]; i++) {
        if (!isalnum((unsigned char)label[i]) && !strchr("._-", label[i])) {
            label[i] = '-';
        }
    }
}

int machine_label_check(const char *label)
{
    size_t length = strlen(label);
    size_t good = strspn(label, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789._-");

    if (!length || length > LABEL_LENGTH_MAX || good != length || label[0] == '.' ||
        label[0] == '-') {
        return -EINVAL;
    }
    return 0;
}

json_t *machine_describe(const char *label)
{
    json_t *machine = json_object(), *cpu = json_object();
    struct topology_facts facts = {0};
    struct utsname names;
    char vendor[13];
    int failed = 0;

    (void)topology_read(&facts);
    hypervisor_vendor(vendor);
    if (!uname(&names)) {
        failed |= member_add_text(cpu, "arch", names.machine);
    }
    failed |= member_add_text(cpu, "model", facts.model);
    failed |= member_add_count(cpu, "packages", facts.packages);
    failed |= member_add_count(cpu, "cores", facts.cores);
    failed |= member_add_count(cpu, "threads", facts.threads);
    failed |= member_add_count(cpu, "max_mhz", facts.max_mhz);
    failed |= member_add_count(cpu, "l3_kib", facts.l3_kib);

    failed |= member_add_text(machine, "label", label);
    failed |= json_object_set_new(machine, "cpu", cpu);
    failed |= member_add_count(machine, "memory_mib", memory_mib_read());
    failed |= member_add_count(machine, "numa_nodes", facts.numa_nodes);
    failed |= member_add_text(machine, "virtualisation", virtualisation_name("", vendor));
    failed |= member_add_text(machine, "container", container_name(""));
    if (failed) {
        json_decref(machine);
        return NULL;
    }
    return machine;
}
