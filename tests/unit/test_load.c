/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are the kernel's counters of load read as it counts them? */
#include "base/clock.h"
#include "record/load.h"

#include <errno.h>
#include <sys/stat.h>

#include "tests/unit/folder_fixture.h"

#define MS 1000000ull
#define STEPS_AT_10_MS "cpu  100 20 30 4000 50 6 7 8 99 9\ncpu0 1 1 1 1 1 1 1 1 1 1\n"
#define PRESSURE                                                                                   \
    "some avg10=0.09 avg60=7.10 avg300=12.06 total=235680787\n"                                    \
    "full avg10=0.00 avg60=0.00 avg300=0.00 total=5\n"

/* The root is the working directory, an empty folder at first. */
static void proc_put(const char *stat, const char *pressure)
{
    (void)mkdir("proc", 0755);
    if (stat) {
        file_put("proc/stat", stat, strlen(stat));
    }
    if (pressure) {
        (void)mkdir("proc/pressure", 0755);
        file_put("proc/pressure/cpu", pressure, strlen(pressure));
    }
}

static void proc_remove(void)
{
    (void)unlink("proc/stat");
    (void)unlink("proc/pressure/cpu");
    (void)rmdir("proc/pressure");
    (void)rmdir("proc");
}

static int read_once(const char *stat, const char *pressure, struct load_reading *reading)
{
    struct load_reader reader;
    int r;

    proc_put(stat, pressure);
    r = load_reader_open(".", &reader);
    if (r == 0) {
        r = load_read(&reader, reading);
        load_reader_close(&reader);
    }
    proc_remove();
    return r;
}

static void counters_are_summed_by_kind_and_guests_not_twice(void **state)
{
    struct load_reading reading;

    (void)state;
    assert_int_equal(sysconf(_SC_CLK_TCK), 100);
    assert_int_equal(read_once(STEPS_AT_10_MS, PRESSURE, &reading), 0);
    assert_int_equal(reading.busy_ns, (100 + 20 + 30 + 6 + 7) * 10 * MS);
    assert_int_equal(reading.idle_ns, (4000 + 50) * 10 * MS);
    assert_int_equal(reading.steal_ns, 8 * 10 * MS);
    assert_int_equal(reading.pressure_some_ns, 235680787ull * 1000);
    assert_true(reading.has_steal);
    assert_true(reading.has_pressure);
    assert_true(reading.at_ns > 0 && reading.at_ns <= clock_ns());
}

static void what_a_kernel_lacks_is_not_known(void **state)
{
    static const char *const odd[] = {"", "full avg10=0 total=7\n", "some avg10=0.00\n",
                                      "some avg10=0.00 total=x\n"};
    struct load_reading reading;

    (void)state;
    assert_int_equal(read_once("cpu  1 2 3 4\n", NULL, &reading), 0);
    assert_int_equal(reading.busy_ns, 6 * 10 * MS);
    assert_int_equal(reading.idle_ns, 4 * 10 * MS);
    assert_false(reading.has_steal);
    assert_false(reading.has_pressure);
    for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
        assert_int_equal(read_once(STEPS_AT_10_MS, odd[i], &reading), 0);
        assert_false(reading.has_pressure);
        assert_true(reading.has_steal);
    }
}

static void what_is_no_proc_is_refused_and_leaves_the_reading_alone(void **state)
{
    static const char *const odd[] = {"", "\n", "cpu  1 2 3\n", "intr 1 2 3 4 5\n",
                                      "cpu0 1 2 3 4 5\n"};
    struct load_reading reading = {.busy_ns = 77};
    struct load_reader reader = {.stat_fd = 4711};

    (void)state;
    assert_int_equal(load_reader_open("./absent", &reader), -ENOENT);
    assert_int_equal(reader.stat_fd, 4711);
    for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
        assert_int_equal(read_once(odd[i], NULL, &reading), -EPROTO);
        assert_int_equal(reading.busy_ns, 77);
    }
    load_reader_close(NULL);
}

static void a_kept_reader_sees_what_has_changed_and_leaves_no_file_open(void **state)
{
    struct load_reader reader;
    struct load_reading first, second;
    int before = open("/dev/null", O_RDONLY | O_CLOEXEC), after;

    (void)state;
    close(before);
    proc_put("cpu  1 0 0 1 0 0 0 0\n", PRESSURE);
    assert_int_equal(load_reader_open(".", &reader), 0);
    assert_true(fcntl(reader.stat_fd, F_GETFD) & FD_CLOEXEC);
    assert_int_equal(load_read(&reader, &first), 0);
    proc_put("cpu  9 0 0 1 0 0 0 0\n", NULL);
    assert_int_equal(load_read(&reader, &second), 0);
    const int pressure_fd = reader.pressure_fd;
    load_reader_close(&reader);
    load_reader_close(&reader);
    assert_int_equal(fcntl(pressure_fd, F_GETFD), -1);
    proc_remove();
    assert_int_equal(second.busy_ns - first.busy_ns, 8 * 10 * MS);
    after = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(after);
    assert_int_equal(after, before);
}

/* No duration is asserted, only that the real files are understood and go forward. */
static void this_machine_can_be_read(void **state)
{
    struct load_reader reader;
    struct load_reading from, to;
    struct load_share share;

    (void)state;
    assert_int_equal(load_reader_open("", &reader), 0);
    assert_int_equal(load_read(&reader, &from), 0);
    clock_sleep_until(from.at_ns + 50 * MS);
    assert_int_equal(load_read(&reader, &to), 0);
    load_reader_close(&reader);
    assert_true(to.at_ns >= from.at_ns + 50 * MS);
    assert_true(to.busy_ns >= from.busy_ns);
    load_between(&from, &to, 0, (unsigned)sysconf(_SC_NPROCESSORS_ONLN), &share);
    /* As much as there are CPUs, and one step more for each of five counters. */
    assert_true(share.foreign_permille <= (unsigned)sysconf(_SC_NPROCESSORS_ONLN) * 1000 + 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(counters_are_summed_by_kind_and_guests_not_twice),
        FILE_TEST(what_a_kernel_lacks_is_not_known),
        FILE_TEST(what_is_no_proc_is_refused_and_leaves_the_reading_alone),
        FILE_TEST(a_kept_reader_sees_what_has_changed_and_leaves_no_file_open),
        cmocka_unit_test(this_machine_can_be_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
