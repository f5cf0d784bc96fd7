/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result file belongs to one run at a time, and what somebody else put in its place is not
 * written over. */
#include "record/record_file.h"

#include "folder_fixture.h"
#include "record_fixture.h"

#include <errno.h>
#include <sys/file.h>
#include <sys/stat.h>

static struct record_file begun(struct record *record)
{
    struct record_file file = {.fd = -1};

    record_fill(record);
    assert_int_equal(record_file_begin("result.json", &file), 0);
    return file;
}

static void one_run_at_a_time(void **state)
{
    struct record record, again;
    struct record_file file = begun(&record), other = {.fd = -1};
    char why[RECORD_WHY_SIZE] = "";

    (void)state;
    /* Every version of the file is locked, not only the first. */
    for (int i = 0; i < 3; i++) {
        assert_int_equal(record_file_save(&file, &record), 0);
        assert_int_equal(record_file_resume("result.json", &other, &again, why), -EBUSY);
        assert_string_equal(why, "is being written by another run");
        assert_int_equal(record_file_begin("result.json", &other), -EBUSY);
        assert_int_equal(files_count(), 1);
    }
    record_file_end(&file);
    assert_int_equal(record_file_resume("result.json", &other, &again, why), 0);
    assert_int_equal(record_file_resume("result.json", &file, &again, why), -EBUSY);
    assert_int_equal(record_file_save(&other, &again), 0);
    record_file_end(&other);
    record_file_end(&other);
    assert_int_equal(record_file_begin("result.json", &file), 0);
    record_file_end(&file);
    record_release(&again);
    record_release(&record);
}

static void what_others_put_there_stays(void **state)
{
    struct record record;
    struct record_file file = begun(&record);
    struct stat status;

    (void)state;
    assert_int_equal(record_file_save(&file, &record), 0);
    assert_int_equal(unlink("result.json"), 0);
    /* Removed: made anew. */
    assert_int_equal(record_file_save(&file, &record), 0);
    assert_int_equal(stat("result.json", &status), 0);
    file_put("theirs", "theirs", 6);
    assert_int_equal(rename("theirs", "result.json"), 0);
    assert_int_equal(record_file_save(&file, &record), -ESTALE);
    assert_int_equal(stat("result.json", &status), 0);
    assert_int_equal(status.st_size, 6);
    assert_int_equal(files_count(), 1);
    record_file_end(&file);
    record_release(&record);
}

/* Two runs may both find nothing at the same place; who saves first has it. */
static void of_two_runs_one_has_the_new_file(void **state)
{
    struct record record;
    struct record_file file = begun(&record), other = {.fd = -1};

    (void)state;
    assert_int_equal(record_file_begin("result.json", &other), 0);
    assert_int_equal(record_file_save(&file, &record), 0);
    assert_int_equal(record_file_save(&other, &record), -ESTALE);
    assert_int_equal(record_file_save(&file, &record), 0);
    record_file_end(&other);
    record_file_end(&file);
    record_release(&record);
}

static void a_link_is_not_replaced(void **state)
{
    struct record_file file = {.fd = -1};

    (void)state;
    file_put("result.json", "old", 3);
    assert_int_equal(symlink("result.json", "link"), 0);
    assert_int_equal(symlink("nowhere", "dangling"), 0);
    assert_int_equal(record_file_begin("link", &file), -ELOOP);
    assert_int_equal(record_file_begin("dangling", &file), -ELOOP);
    assert_int_equal(unlink("link"), 0);
    assert_int_equal(unlink("dangling"), 0);
}

static void a_file_that_was_there_before_is_replaced(void **state)
{
    struct record record;
    struct record_file file;

    (void)state;
    file_put("result.json", "old", 3);
    file = begun(&record);
    assert_int_equal(record_file_save(&file, &record), 0);
    assert_int_equal(record_file_save(&file, &record), 0);
    record_file_end(&file);
    record_release(&record);
}

/* A writer that was killed leaves a file without a lock, one that lives has it locked. */
static void what_the_dead_left_is_removed(void **state)
{
    struct record record, again;
    struct record_file file = begun(&record);
    char why[RECORD_WHY_SIZE] = "";
    int fd;

    (void)state;
    assert_int_equal(record_file_save(&file, &record), 0);
    record_file_end(&file);
    file_put(".tvp-99999999-0.tmp", "half", 4);
    file_put(".tvp-99999998-3.tmp", "half", 4);
    file_put("tvp-99999998-3.tmp", "mine", 4);
    fd = open(".tvp-99999998-3.tmp", O_RDONLY | O_CLOEXEC);
    assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
    assert_int_equal(record_file_resume("result.json", &file, &again, why), 0);
    assert_int_equal(access(".tvp-99999999-0.tmp", F_OK), -1);
    assert_int_equal(access(".tvp-99999998-3.tmp", F_OK), 0);
    assert_int_equal(access("tvp-99999998-3.tmp", F_OK), 0);
    assert_int_equal(close(fd), 0);
    assert_int_equal(unlink(".tvp-99999998-3.tmp"), 0);
    record_file_end(&file);
    record_release(&again);
    record_release(&record);
}

static void check_refused(const char *path, int error, const char *text)
{
    struct record record;
    struct record_file file;
    char why[RECORD_WHY_SIZE] = "";

    assert_int_equal(record_file_resume(path, &file, &record, why), error);
    assert_string_equal(why, text);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    check_refused("missing", -ENOENT, "cannot be opened: No such file or directory");
    assert_int_equal(mkdir("folder", 0755), 0);
    check_refused("folder", -EISDIR, "is a folder, not a result file");
    assert_int_equal(rmdir("folder"), 0);
    assert_int_equal(mkfifo("fifo", 0644), 0);
    check_refused("fifo", -EINVAL, "is not a regular file");
    assert_int_equal(symlink("fifo", "link"), 0);
    check_refused("link", -ELOOP, "is a symbolic link: name the file itself");
    file_put("empty", "", 0);
    check_refused("empty", -EPROTO, "not JSON: it is empty");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(one_run_at_a_time),
        FILE_TEST(what_others_put_there_stays),
        FILE_TEST(of_two_runs_one_has_the_new_file),
        FILE_TEST(a_link_is_not_replaced),
        FILE_TEST(a_file_that_was_there_before_is_replaced),
        FILE_TEST(what_the_dead_left_is_removed),
        FILE_TEST(what_is_no_file_is_refused),
    };

    (void)alarm(50);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
