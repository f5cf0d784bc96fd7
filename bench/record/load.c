/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/load.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_SIZE 256u /* the first line of either file; what follows is not looked at */

/* user nice system idle iowait irq softirq steal; two kinds of guest time follow, which are parts
 * of user and nice. */
enum { USER, NICE, SYSTEM, IDLE, IOWAIT, IRQ, SOFTIRQ, STEAL, STAT_FIELDS };

static int file_open(const char *root, const char *path)
{
    char name[PATH_MAX];
    int length = snprintf(name, sizeof(name), "%s%s", root, path);

    if (length < 0 || (size_t)length >= sizeof(name)) {
        return -ENAMETOOLONG;
    }
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    return fd < 0 ? -errno : fd;
}

int load_reader_open(const char *root, struct load_reader *ret_reader)
{
    struct load_reader reader = {.stat_fd = file_open(root, "/proc/stat")};

    if (reader.stat_fd < 0) {
        return reader.stat_fd;
    }
    reader.pressure_fd = file_open(root, "/proc/pressure/cpu");
    *ret_reader = reader;
    return 0;
}

void load_reader_close(struct load_reader *reader)
{
    if (!reader) {
        return;
    }
    if (reader->stat_fd >= 0) {
        (void)close(reader->stat_fd);
    }
    if (reader->pressure_fd >= 0) {
        (void)close(reader->pressure_fd);
    }
    reader->stat_fd = reader->pressure_fd = -1;
}

static int line_read(int fd, char line[LINE_SIZE])
{
    ssize_t n = pread(fd, line, LINE_SIZE - 1, 0);

    if (n < 0) {
        return -errno;
    }
    line[n] = '\0';
    line[strcspn(line, "\n")] = '\0';
    return 0;
}

static int stat_read(int fd, struct load_reading *reading)
{
    const uint64_t ticks = (uint64_t)sysconf(_SC_CLK_TCK), ns = 1000000000u / (ticks ? ticks : 100);
    uint64_t field[STAT_FIELDS] = {0};
    char line[LINE_SIZE];
    int r = line_read(fd, line);

    if (r < 0) {
        return r;
    }
    int fields = sscanf(line,
                        "cpu %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64
                        " %" SCNu64 " %" SCNu64,
                        &field[USER], &field[NICE], &field[SYSTEM], &field[IDLE], &field[IOWAIT],
                        &field[IRQ], &field[SOFTIRQ], &field[STEAL]);
    /* A blank in a format also matches nothing, so "cpu0" has to be told apart. */
    if (fields <= IDLE || line[3] != ' ') {
        return -EPROTO;
    }
    reading->busy_ns =
        (field[USER] + field[NICE] + field[SYSTEM] + field[IRQ] + field[SOFTIRQ]) * ns;
    reading->idle_ns = (field[IDLE] + field[IOWAIT]) * ns;
    reading->steal_ns = field[STEAL] * ns;
    reading->has_steal = fields > STEAL;
    return 0;
}

/* Not there, or switched off (psi=0 makes reading fail): not known. */
static void pressure_read(int fd, struct load_reading *reading)
{
    char line[LINE_SIZE];
    uint64_t total_us;

    if (fd < 0 || line_read(fd, line) < 0 || strncmp(line, "some ", 5) != 0) {
        return;
    }
    const char *total = strstr(line, " total=");
    if (total && sscanf(total, " total=%" SCNu64, &total_us) == 1) {
        reading->pressure_some_ns = total_us * 1000;
        reading->has_pressure = true;
    }
}

int load_read(const struct load_reader *reader, struct load_reading *ret_reading)
{
    struct load_reading reading = {.at_ns = clock_ns()};
    int r = stat_read(reader->stat_fd, &reading);

    if (r < 0) {
        return r;
    }
    pressure_read(reader->pressure_fd, &reading);
    *ret_reading = reading;
    return 0;
}

/* iowait, and with it the sum, may step back by a little: that is no time at all. */
static uint64_t difference(uint64_t from, uint64_t to)
{
    return to > from ? to - from : 0;
}

static unsigned permille(uint64_t part_ns, uint64_t whole_ns)
{
    const double share = whole_ns ? (double)part_ns * 1000.0 / (double)whole_ns + 0.5 : 0;

    return share < (double)UINT_MAX ? (unsigned)share : UINT_MAX;
}

void load_between(const struct load_reading *from, const struct load_reading *to, uint64_t own_ns,
                  unsigned cpus, struct load_share *ret_share)
{
    const uint64_t wall_ns = difference(from->at_ns, to->at_ns), all_ns = wall_ns * cpus;
    const uint64_t busy_ns = difference(from->busy_ns, to->busy_ns);
    const uint64_t steal_ns = difference(from->steal_ns, to->steal_ns);
    const uint64_t step_ns = 1000000000u / (uint64_t)sysconf(_SC_CLK_TCK);
    struct load_share share = {0};

    if (wall_ns) {
        share.has_foreign = busy_ns + steal_ns + difference(from->idle_ns, to->idle_ns) > 0;
        share.has_steal = share.has_foreign && from->has_steal && to->has_steal;
        share.has_pressure = from->has_pressure && to->has_pressure;
        share.step_permille = permille(step_ns, all_ns);
        share.foreign_permille = permille(difference(own_ns, busy_ns), wall_ns);
        share.steal_permille = share.has_steal ? permille(steal_ns, all_ns) : 0;
    }
    if (share.has_pressure) {
        share.pressure_permille =
            permille(difference(from->pressure_some_ns, to->pressure_some_ns), wall_ns);
    }
    *ret_share = share;
}

bool load_contaminated(const struct load_share *share)
{
    /* One step of the counter may stand for 10 ms that were stolen in the course of minutes. */
    const bool stolen = share->has_steal && share->steal_permille > LOAD_STEAL_LIMIT &&
                        share->steal_permille > share->step_permille;
    const bool foreign = share->has_foreign && share->foreign_permille > LOAD_FOREIGN_LIMIT;
    const bool pressed = share->has_foreign && share->has_pressure &&
                         share->foreign_permille > LOAD_PRESSURE_FOREIGN &&
                         share->pressure_permille > LOAD_PRESSURE_LIMIT;

    return stolen || foreign || pressed;
}

int load_describe(const struct load_share *share, json_t *object)
{
    const struct {
        const char *name;
        bool known;
        unsigned value;
    } members[] = {
        {"foreign_permille", share->has_foreign, share->foreign_permille},
        {"steal_permille", share->has_steal, share->steal_permille},
        {"pressure_permille", share->has_pressure, share->pressure_permille},
    };
    int failed =
        json_object_set_new(object, "contaminated", json_boolean(load_contaminated(share)));

    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        if (members[i].known) {
            failed |= json_object_set_new(object, members[i].name, json_integer(members[i].value));
        }
    }
    return failed ? -ENOMEM : 0;
}
