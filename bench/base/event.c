/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/event.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *const event_names[EVENT_COUNT] = {
    [EVENT_RUN_DELAY] = "run_delay_ns",  [EVENT_MIGRATIONS] = "migrations",
    [EVENT_CYCLES] = "cycles",           [EVENT_INSTRUCTIONS] = "instructions",
    [EVENT_DTLB_MISSES] = "dtlb_misses",
};

static const struct {
    uint32_t type;
    uint64_t config;
} events[EVENT_COUNT] = {
    [EVENT_MIGRATIONS] = {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS},
    [EVENT_CYCLES] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},
    [EVENT_INSTRUCTIONS] = {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
    [EVENT_DTLB_MISSES] = {PERF_TYPE_HW_CACHE, PERF_COUNT_HW_CACHE_DTLB |
                                                   PERF_COUNT_HW_CACHE_OP_READ << 8 |
                                                   PERF_COUNT_HW_CACHE_RESULT_MISS << 16},
};

int event_open(enum event event)
{
    /* Where the kernel's part may not be counted, nothing is: a migration happens in the kernel,
     * and would be counted as none. */
    struct perf_event_attr attributes = {
        .type = events[event].type,
        .size = sizeof(attributes),
        .config = events[event].config,
        .read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING,
        .inherit = 1,
    };

    if (event == EVENT_RUN_DELAY) {
        return -EINVAL;
    }
    int fd = (int)syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int event_read(int fd, uint64_t *ret_count)
{
    uint64_t values[3]; /* count, time enabled, time running */

    if (read(fd, values, sizeof(values)) != sizeof(values)) {
        return -EIO;
    }
    if (values[2] == 0 && values[1] > 0) {
        return -ENODATA;
    }
    /* Where there are more events than counters the kernel takes turns. */
    *ret_count = values[2] < values[1]
                     ? (uint64_t)((double)values[0] * (double)values[1] / (double)values[2])
                     : values[0];
    return 0;
}

int run_delay_read(uint64_t *ret_delay_ns)
{
    int fd = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    uint64_t run_ns, delay_ns, slices;
    char text[96];

    if (fd < 0) {
        return errno == ENOENT ? -ENODATA : -errno;
    }
    ssize_t length = read(fd, text, sizeof(text) - 1);
    close(fd);
    text[length > 0 ? length : 0] = '\0';
    if (sscanf(text, "%" SCNu64 " %" SCNu64 " %" SCNu64, &run_ns, &delay_ns, &slices) != 3 ||
        slices == 0) {
        return -ENODATA;
    }
    *ret_delay_ns = delay_ns;
    return 0;
}

int event_probe(enum event event)
{
    uint64_t delay_ns;

    if (event == EVENT_RUN_DELAY) {
        return run_delay_read(&delay_ns);
    }
    int fd = event_open(event);
    if (fd >= 0) {
        close(fd);
    }
    return fd < 0 ? fd : 0;
}

const char *event_why(int error)
{
    switch (error) {
    case -EACCES:
    case -EPERM:
        return "not allowed (kernel.perf_event_paranoid, or a container)";
    case -ENOENT:
    case -ENODEV:
    case -EOPNOTSUPP:
        return "not supported by this machine";
    case -ENODATA:
    case -ENOSYS:
        return "not kept by this kernel";
    default:
        return strerror(-error);
    }
}
