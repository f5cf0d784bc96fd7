/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does saving replace a file whole or not at all? Limits are set in children, which they end with.
 */
#include "folder_fixture.h"
#include "record_fixture.h"

#include "record/record_text.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define SKIPPED 77

static void assert_old_file(void)
{
    char text[16] = "";
    FILE *file = fopen("result.json", "re");

    assert_non_null(file);
    assert_int_equal(fread(text, 1, sizeof(text) - 1, file), 3);
    (void)fclose(file);
    assert_string_equal(text, "old");
    assert_int_equal(files_count(), 1);
}

static void what_was_saved_is_loaded_again(void **state)
{
    struct record record, again;
    char why[RECORD_WHY_SIZE] = "";
    struct stat status;
    json_t *left, *right;
    mode_t mask = umask(027);

    (void)state;
    record_fill(&record);
    file_put("result.json", "old", 3);
    assert_int_equal(record_save(&record, "result.json"), 0);
    (void)umask(mask);
    assert_int_equal(stat("result.json", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
    assert_int_equal(files_count(), 1);
    assert_int_equal(record_load("./result.json", &again, why), 0);
    left = record_to_json(&record);
    right = record_to_json(&again);
    assert_true(json_equal(left, right));
    json_decref(left);
    json_decref(right);
    record_release(&again);
    record_release(&record);
}

static void text_give(const char *text, size_t size, void *data)
{
    assert_int_equal(fwrite(text, 1, size, data), size);
}

/* Series by series, it must come out as it does at once. */
static void text_is_that_of_the_document(void **state)
{
    struct record record;
    char *text = NULL, *whole;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    json_t *document;

    (void)state;
    record_fill(&record);
    (void)json_object_set_new(record.head, "note", json_string("\"\x7f\\ \u00e4\n"));
    assert_int_equal(record_text_write(&record, text_give, out), 0);
    assert_int_equal(fclose(out), 0);
    document = record_to_json(&record);
    whole = json_dumps(document, JSON_COMPACT);
    assert_string_equal(text, whole);
    free(whole);
    free(text);
    json_decref(document);
    (void)json_object_set_new(record.head, "note", json_real(0.5));
    assert_int_equal(record_text_write(&record, text_give, NULL), -EINVAL);
    record_release(&record);
}

static void a_save_that_cannot_work_says_so(void **state)
{
    struct record record;
    char name[300];

    (void)state;
    record_fill(&record);
    assert_int_equal(record_save(&record, "missing/result.json"), -ENOENT);
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    assert_int_equal(record_save(&record, name), -ENAMETOOLONG);
    assert_int_equal(files_count(), 0);
    assert_int_equal(mkdir("folder", 0755), 0);
    assert_int_equal(record_save(&record, "folder"), -EISDIR);
    assert_int_equal(files_count(), 1);
    assert_int_equal(rmdir("folder"), 0);
    file_put("result.json", "old", 3);
    assert_int_equal(record_save(&record, "result.json/x"), -ENOTDIR);
    record.series[0].workers = UINT64_MAX;
    assert_int_equal(record_save(&record, "result.json"), -EINVAL);
    assert_old_file();
    record_release(&record);
}

/* Left behind by a run that was killed, or put there by somebody who waits for us to follow it. */
static void what_lies_in_the_way_is_neither_written_nor_followed(void **state)
{
    struct record record;
    char name[64];

    (void)state;
    record_fill(&record);
    file_put("result.json", "old", 3);
    (void)snprintf(name, sizeof(name), ".tvp-%ld-0.tmp", (long)getpid());
    assert_int_equal(symlink("result.json", name), 0);
    assert_int_equal(record_save(&record, "other.json"), 0);
    assert_int_equal(unlink(name), 0);
    assert_int_equal(unlink("other.json"), 0);
    assert_old_file();
    record_release(&record);
}

/* The limits below would stay with this process. The child gives the positive errno back. */
static int child_save(int (*limit)(void), const char *name)
{
    struct record record;
    int status = 0;
    pid_t pid;

    record_fill(&record);
    pid = fork();
    assert_true(pid >= 0);
    if (!pid) {
        (void)alarm(20);
        _exit(limit() ? SKIPPED : -record_save(&record, name));
    }
    record_release(&record);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int file_size_limit(void)
{
    const struct rlimit limit = {100, 100};

    (void)signal(SIGXFSZ, SIG_IGN);
    return setrlimit(RLIMIT_FSIZE, &limit);
}

static void a_half_written_file_never_replaces_the_old_one(void **state)
{
    (void)state;
    file_put("result.json", "old", 3);
    assert_int_equal(child_save(file_size_limit, "result.json"), EFBIG);
    assert_old_file();
}

static int nobody_become(void)
{
    return geteuid() ? 0 : setuid(65534);
}

static void a_folder_that_cannot_be_written_keeps_its_file(void **state)
{
    file_put("result.json", "old", 3);
    assert_int_equal(chmod(*state, 0555), 0);
    assert_int_equal(child_save(nobody_become, "result.json"), EACCES);
    assert_int_equal(chmod(*state, 0755), 0);
    assert_old_file();
}

/* In a namespace of the child's own: the mount ends with it. */
static int small_mount(void)
{
    int fd;
    char page[4096] = "";

    if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
        mount("tmpfs", "full", "tmpfs", 0, "size=8k")) {
        return -1;
    }
    fd = open("full/fill", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    while (fd >= 0 && write(fd, page, sizeof(page)) > 0) {
    }
    return close(fd);
}

static void a_full_disk_is_reported(void **state)
{
    int r;

    (void)state;
    assert_int_equal(mkdir("full", 0755), 0);
    r = child_save(small_mount, "full/result.json");
    if (r == SKIPPED) {
        skip();
    }
    assert_int_equal(r, ENOSPC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FILE_TEST(what_was_saved_is_loaded_again),
        FILE_TEST(text_is_that_of_the_document),
        FILE_TEST(a_save_that_cannot_work_says_so),
        FILE_TEST(what_lies_in_the_way_is_neither_written_nor_followed),
        FILE_TEST(a_half_written_file_never_replaces_the_old_one),
        FILE_TEST(a_folder_that_cannot_be_written_keeps_its_file),
        FILE_TEST(a_full_disk_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
