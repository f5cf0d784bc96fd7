/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/ballast.h"

#include "base/memory.h"
#include "base/units.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HUGE_PAGE ((uintptr_t)2 << 20) /* of x86-64; elsewhere an alignment that costs nothing */

int ballast_parse(const char *text, uint64_t *ret_bytes, bool *ret_huge)
{
    char size[64];
    size_t length = strcspn(text, ":");
    uint64_t bytes;

    if (length >= sizeof(size) || (text[length] && strcmp(text + length, ":huge") != 0)) {
        return -EINVAL;
    }
    memcpy(size, text, length);
    size[length] = '\0';
    int r = parse_size(size, &bytes);
    if (r == 0) {
        *ret_bytes = bytes;
        *ret_huge = text[length] != '\0';
    }
    return r;
}

/* Bytes of this process that lie in transparent huge pages. */
static uint64_t huge_bytes(void)
{
    FILE *file = fopen("/proc/self/smaps_rollup", "re");
    unsigned long long kib = 0;
    char line[128];

    while (file && fgets(line, sizeof(line), file)) {
        (void)sscanf(line, "AnonHugePages: %llu kB", &kib);
    }
    if (file) {
        fclose(file);
    }
    return (uint64_t)kib * 1024;
}

static int map_and_touch(uint64_t bytes, bool huge, struct ballast *ballast)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    ballast->size = (size_t)bytes + HUGE_PAGE;
    ballast->mapping =
        mmap(NULL, ballast->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (ballast->mapping == MAP_FAILED) {
        ballast->mapping = NULL;
        return -errno;
    }
    /* A kernel without huge pages has nothing to forbid. */
    if (madvise(ballast->mapping, ballast->size, huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) < 0 &&
        (huge || errno != EINVAL)) {
        return errno == EINVAL ? -EOPNOTSUPP : -errno;
    }
    uintptr_t start = ((uintptr_t)ballast->mapping + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
    volatile char *first = (char *)ballast->mapping + (start - (uintptr_t)ballast->mapping);
    for (uint64_t at = 0; at < bytes; at += page) {
        first[at] = 1;
    }
    return 0;
}

int ballast_load(uint64_t bytes, bool huge, struct ballast *ret_ballast, char *why)
{
    struct ballast ballast = {0};
    uint64_t available = memory_available();
    char size[UNITS_SIZE], left[UNITS_SIZE];

    if (bytes == 0) {
        *ret_ballast = ballast;
        return 0;
    }
    format_size(bytes, size);
    if (bytes > available || bytes > SIZE_MAX / 2) {
        snprintf(why, BALLAST_WHY_SIZE, "a parent of %s does not fit: %s are available", size,
                 format_size(available, left));
        return -ENOMEM;
    }
    int r = map_and_touch(bytes, huge, &ballast);
    /* The end of it may be small. */
    if (r == 0 && huge && huge_bytes() < bytes / 10 * 9) {
        r = -EOPNOTSUPP;
    }
    if (r < 0) {
        ballast_drop(&ballast);
        snprintf(why, BALLAST_WHY_SIZE, "a parent of %s%s: %s", size, huge ? " in huge pages" : "",
                 r == -EOPNOTSUPP ? "the machine gave no transparent huge pages" : strerror(-r));
        return r;
    }
    *ret_ballast = ballast;
    return 0;
}

void ballast_drop(struct ballast *ballast)
{
    if (ballast->mapping) {
        munmap(ballast->mapping, ballast->size);
        ballast->mapping = NULL;
    }
}
