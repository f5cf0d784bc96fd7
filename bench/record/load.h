/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who else uses this machine? A reading is a few counters of the kernel; two of them and our own
 * CPU time give the shares by which an epoch is called contaminated. The times that were measured
 * play no part in that: dropping what looks slow would only make results look better. */
#ifndef TVP_LOAD_H
#define TVP_LOAD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* All CPUs together, since the machine was started. */
struct load_reading {
    uint64_t at_ns;            /* clock_ns() */
    uint64_t busy_ns;          /* user, nice, system, irq and softirq; guests are in user already */
    uint64_t idle_ns;          /* idle and iowait */
    uint64_t steal_ns;         /* wanted by us, given to others by the hypervisor */
    uint64_t pressure_some_ns; /* time in which at least one task waited for a CPU */
    bool has_steal, has_pressure;
};

/* The files stay open: a reading costs two pread() then, 12 us on two CPUs (16 us if they had to be
 * opened). Private to one process. */
struct load_reader {
    int stat_fd, pressure_fd; /* pressure_fd -1: kernel without /proc/pressure, which is normal */
};
/* root stands before every path: "" in the program, a folder of made-up files in tests. 0, or what
 * the system said of /proc/stat. */
int load_reader_open(const char *root, struct load_reader *ret_reader);
/* Copes with NULL and with what load_reader_open() could not open. */
void load_reader_close(struct load_reader *reader);
/* 0; -EPROTO: /proc/stat is not as it should be; else what the system said. In a container these
 * are the counters of the whole host, which is what is wanted. */
int load_read(const struct load_reader *reader, struct load_reading *ret_reading);

/* The kernel counts CPU time in steps of 10 ms (USER_HZ), so over 0.3 to 1 s a share is good to 1
 * to 3 % of a CPU. */
struct load_share {
    unsigned foreign_permille;  /* (busy - own) / wall: of ONE CPU, so it can be above 1000 */
    unsigned steal_permille;    /* of the time of all CPUs */
    unsigned pressure_permille; /* of the wall time, whoever caused it */
    unsigned step_permille;     /* one step of the kernel's counters, of the time of all CPUs */
    bool has_foreign;           /* false: the counters stand still, as in some sandboxes */
    bool has_steal, has_pressure;
};
/* own_ns: CPU time between the two readings of all processes that are ours (the harness, the trials
 * and their workers, the dead ones included); cpus: how many are online. from must be the earlier
 * reading, by the same reader; if no time has passed, all is 0 and nothing is known. */
void load_between(const struct load_reading *from, const struct load_reading *to, uint64_t own_ns,
                  unsigned cpus, struct load_share *ret_share);

#define LOAD_FOREIGN_LIMIT 250u
#define LOAD_STEAL_LIMIT 10u
#define LOAD_PRESSURE_LIMIT 250u
/* Pressure by itself says nothing: four busy workers of ours cause 840 to 935 permille of it on two
 * CPUs that nobody else uses (foreign 0 to 51). But they also hide others: beside 16 of ours, a
 * program that wants a whole CPU gets an eighth of one. So from this foreign load on, pressure is
 * taken as caused by others: twice what own load alone was seen to leave as error. */
#define LOAD_PRESSURE_FOREIGN 75u
/* Foreign load, steal or pressure is above its limit. What is not known is not held against it. */
bool load_contaminated(const struct load_share *share);

/* As members of an object, such as an epoch of a result file: foreign_permille, steal_permille,
 * pressure_permille, each left out if it is not known, and contaminated. 0 or -ENOMEM. */
int load_describe(const struct load_share *share, json_t *object);

#endif
