/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Are hypervisors, containers and limits seen? Those that this machine lacks are played by a folder
 * of made-up files. */
#include "record/probe.h"

#include <errno.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SECRET "tvp-secret-8271"

static int node_remove(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status;
    (void)type;
    (void)ftw;
    return remove(path);
}

static int root_make(void **state)
{
    char name[] = "/tmp/tvp-machine-XXXXXX";

    *state = mkdtemp(name) ? strdup(name) : NULL;
    return *state ? 0 : -1;
}

static int root_remove(void **state)
{
    int r = nftw(*state, node_remove, 8, FTW_DEPTH | FTW_PHYS);

    free(*state);
    return r;
}

static void root_put(const char *root, const char *path, const char *text)
{
    char name[512], *slash;
    FILE *file;

    (void)snprintf(name, sizeof(name), "%s%s", root, path);
    for (slash = strchr(name + strlen(root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(name, 0755);
        *slash = '/';
    }
    file = fopen(name, "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

#define ROOT_TEST(name) cmocka_unit_test_setup_teardown(name, root_make, root_remove)

static void hypervisors_are_known_by_their_marks(void **state)
{
    const char *root = *state;

    assert_string_equal(virtualisation_name(root, "KVMKVMKVM"), "kvm");
    assert_string_equal(virtualisation_name(root, SECRET), "other");
#if defined(__x86_64__) || defined(__i386__)
    assert_string_equal(virtualisation_name(root, ""), "none");
#else
    assert_null(virtualisation_name(root, ""));
#endif
    root_put(root, "/sys/class/dmi/id/sys_vendor", "Amazon EC2\n");
    root_put(root, "/sys/class/dmi/id/product_name", "m5.large\n");
    assert_string_equal(virtualisation_name(root, "KVMKVMKVM"), "amazon");
    root_put(root, "/sys/class/dmi/id/product_name", "VirtualBox\n");
    assert_string_equal(virtualisation_name(root, ""), "oracle");
    root_put(root, "/sys/hypervisor/type", "xen\n");
    assert_string_equal(virtualisation_name(root, ""), "xen");
}

static void containers_are_known_by_their_marks(void **state)
{
    const char *root = *state;
    char name[512];

    assert_null(container_name(root));
    root_put(root, "/proc/self/ns/x", "");
    (void)snprintf(name, sizeof(name), "%s/proc/self/ns/pid", root);
    assert_int_equal(symlink("pid:[4026531836]", name), 0);
    assert_string_equal(container_name(root), "none");
    assert_int_equal(unlink(name), 0);
    assert_int_equal(symlink("pid:[4026532211]", name), 0);
    assert_string_equal(container_name(root), "other");
    root_put(root, "/.dockerenv", "");
    assert_string_equal(container_name(root), "docker");
    root_put(root, "/run/.containerenv", "name=\"" SECRET "\"\n");
    assert_string_equal(container_name(root), "podman");
    root_put(root, "/run/systemd/container", "systemd-nspawn\n");
    assert_string_equal(container_name(root), "systemd-nspawn");
    root_put(root, "/run/systemd/container", SECRET "\n");
    assert_string_equal(container_name(root), "other");
}

static void limits_of_version_2_are_those_of_the_tightest_group(void **state)
{
    const char *root = *state;
    uint64_t value = 0;

    assert_int_equal(cgroup_cpu_quota_read(root, &value), -ENOENT);
    root_put(root, "/proc/self/cgroup", "0::/a/b\n");
    assert_int_equal(cgroup_cpu_quota_read(root, &value), -ENOENT);
    root_put(root, "/sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
    assert_int_equal(cgroup_cpu_quota_read(root, &value), -ENODATA);
    root_put(root, "/sys/fs/cgroup/a/cpu.max", "150000 100000\n");
    assert_int_equal(cgroup_cpu_quota_read(root, &value), 0);
    assert_int_equal(value, 1500);
    root_put(root, "/sys/fs/cgroup/a/b/cpu.max", "12500 100000\n");
    assert_int_equal(cgroup_cpu_quota_read(root, &value), 0);
    assert_int_equal(value, 125);
    root_put(root, "/sys/fs/cgroup/a/b/cpu.max", "12500 0\n");
    root_put(root, "/sys/fs/cgroup/cpu.max", "70000 100000\n");
    assert_int_equal(cgroup_cpu_quota_read(root, &value), 0);
    assert_int_equal(value, 700);
    root_put(root, "/sys/fs/cgroup/a/pids.max", "512\n");
    root_put(root, "/sys/fs/cgroup/a/b/pids.max", "max\n");
    assert_int_equal(cgroup_pids_max_read(root, &value), 0);
    assert_int_equal(value, 512);
}

static void limits_of_version_1_are_found_under_their_controller(void **state)
{
    const char *root = *state;
    uint64_t value = 0;

    root_put(root, "/proc/self/cgroup",
             "5:cpuset:/docker/x\n4:cpu,cpuacct:/docker/x\n3:pids:/docker/x\n0::/\n");
    /* Inside the container its own group is mounted as the root. */
    root_put(root, "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    root_put(root, "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    assert_int_equal(cgroup_cpu_quota_read(root, &value), -ENODATA);
    root_put(root, "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000\n");
    assert_int_equal(cgroup_cpu_quota_read(root, &value), 0);
    assert_int_equal(value, 500);
    assert_int_equal(cgroup_pids_max_read(root, &value), -ENOENT);
    root_put(root, "/sys/fs/cgroup/pids/pids.max", "100\n");
    assert_int_equal(cgroup_pids_max_read(root, &value), 0);
    assert_int_equal(value, 100);
}

static void small_files_are_read_whole_or_not_at_all(void **state)
{
    const char *root = *state;
    char line[16] = "", word[] = "always [madvise] never", none[] = "always never";
    uint64_t value = 7;

    root_put(root, "/a", "one\x1b\ntwo\n");
    assert_int_equal(first_line_read(line, sizeof(line), "%s/a", root), 0);
    assert_string_equal(line, "one?");
    root_put(root, "/a", "");
    assert_int_equal(first_line_read(line, sizeof(line), "%s/a", root), -ENODATA);
    assert_int_equal(first_line_read(line, sizeof(line), "%s/b", root), -ENOENT);
    root_put(root, "/a", "-1\n");
    assert_int_equal(first_number_read(&value, "%s/a", root), -EINVAL);
    root_put(root, "/a", "12 \n");
    assert_int_equal(first_number_read(&value, "%s/a", root), -EINVAL);
    assert_int_equal(value, 7);
    root_put(root, "/a", "12\n");
    assert_int_equal(first_number_read(&value, "%s/a", root), 0);
    assert_int_equal(value, 12);
    assert_string_equal(bracketed_word(word), "madvise");
    assert_null(bracketed_word(none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOT_TEST(hypervisors_are_known_by_their_marks),
        ROOT_TEST(containers_are_known_by_their_marks),
        ROOT_TEST(limits_of_version_2_are_those_of_the_tightest_group),
        ROOT_TEST(limits_of_version_1_are_found_under_their_controller),
        ROOT_TEST(small_files_are_read_whole_or_not_at_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
