/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One counter for all processes of a program, so that calls of workers are counted as well. */
#include "plan.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DEPTH 16
#define OWN_FRAMES 2 /* of this library */

static struct fault_plan *plan;
/* Finding out who called may allocate. Initial: looking it up must not. */
static __attribute__((tls_model("initial-exec"))) _Thread_local bool inside;

/* By the offsets in their pages: those are the same wherever a library was loaded. */
static uint64_t callers_hash(void)
{
    void *frames[DEPTH];
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    int count = backtrace(frames, DEPTH);

    for (int i = OWN_FRAMES; i < count; i++) {
        hash = (hash ^ ((uintptr_t)frames[i] & 0xfff)) * 1099511628211u;
    }
    return hash ? hash : 1;
}

static void chain_record(uint64_t number)
{
    uint64_t hash = callers_hash();

    for (uint64_t i = 0; i < FAULT_CHAINS; i++) {
        uint64_t place = (hash + i) % FAULT_CHAINS, none = 0;

        if (atomic_compare_exchange_strong(&plan->chains[place].hash, &none, hash)) {
            atomic_store(&plan->chains[place].number, number);
            return;
        }
        if (none == hash) {
            return;
        }
    }
}

/* hwloc does not look whether it got memory, and crashes: nothing that we could mend. */
static bool callers_excused(void)
{
    void *frames[DEPTH];
    Dl_info info;
    int count = backtrace(frames, DEPTH);

    for (int i = OWN_FRAMES; i < count; i++) {
        if (dladdr(frames[i], &info) && strstr(info.dli_fname, "libhwloc")) {
            return true;
        }
    }
    return false;
}

bool fault_due(enum fault_kind kind)
{
    if (!plan || inside || kind != plan->kind) {
        return false;
    }
    int error = errno;
    uint64_t number = atomic_fetch_add(&plan->seen, 1) + 1;
    if (plan->record) {
        inside = true;
        chain_record(number);
        inside = false;
        errno = error;
    }
    if (plan->at == 0 || number < plan->at || (number > plan->at && !plan->lasting)) {
        return false;
    }
    inside = true;
    bool excused = kind == FAULT_MALLOC && callers_excused();
    inside = false;
    errno = error;
    if (!excused) {
        atomic_fetch_add(&plan->hits, 1);
    }
    return !excused;
}

/* By system calls: what is put in front of is not to be called here. */
static __attribute__((constructor)) void plan_open(void)
{
    const char *path = getenv("TVP_FAULT_PLAN");
    long fd = path ? syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC) : -1;
    void *frames[DEPTH];

    if (fd < 0) {
        return;
    }
    long address =
        syscall(SYS_mmap, NULL, sizeof(*plan), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    (void)syscall(SYS_close, fd);
    if (address < 0 && address > -4096) {
        return;
    }
    (void)backtrace(frames, DEPTH); /* its first call loads a library */
    struct fault_plan *mapped = (struct fault_plan *)address;
    /* cppcheck-suppress nullPointerRedundantCheck ; nothing is mapped at 0 */
    if (strcmp(mapped->program, program_invocation_short_name) == 0) {
        plan = mapped;
    }
}
