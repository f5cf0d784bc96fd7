/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pipe of results: a message is whole or it is not there, however slowly it comes and whatever
 * interrupts its reader. */
#include "strategies/process.h"
#include "strategy_fixture.h"
#include "trial/channel.h"
#include "trial/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define PAYLOAD 1000u
#define MESSAGE_MAX 4096u

static const struct workload workload = {.name = "none"};
static const struct env env = {.payload_size = PAYLOAD};

/* A batch of one chunk of two tasks. */
static struct batch open_batch(void)
{
    struct batch batch;

    assert_int_equal(batch_open(&workload, &env, 2, PAYLOAD, &batch), 0);
    batch.chunk = 2;
    batch_submit(&batch, 2);
    return batch;
}

/* The bytes that a worker sends for a task; returns how many. */
static size_t make_message(const struct batch *batch, unsigned number, char message[MESSAGE_MAX])
{
    const struct outcome outcome = {
        .status = -EIO, .lane = 3, .value = 70 + number, .start_ns = 8, .end_ns = 9};
    char payload[PAYLOAD];
    struct task task = {.number = number, .payload = payload};
    struct worker worker;
    int ends[2];

    memset(payload, 'a' + (int)number, sizeof(payload));
    task_fail(&task, -EIO, "reason %u", number);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    worker = (struct worker){.owner = 1, .pipe_fd = ends[1]};
    assert_int_equal(channel_send(&worker, batch, 0, &outcome, &task), 0);
    close(ends[1]);
    ssize_t size = read(ends[0], message, MESSAGE_MAX);
    assert_true(size > (ssize_t)PAYLOAD && size < (ssize_t)MESSAGE_MAX);
    close(ends[0]);
    return (size_t)size;
}

static void expect_outcome(const struct batch *batch, unsigned number)
{
    const struct slot *slot = &batch->slots[number];
    const char *payload = batch_payload(batch, number);
    char text[TASK_TEXT_SIZE];

    snprintf(text, sizeof(text), "reason %u", number);
    assert_int_equal(atomic_load(&slot->state), TASK_DONE);
    assert_int_equal(slot->outcome.status, -EIO);
    assert_int_equal(slot->outcome.lane, 3);
    assert_int_equal(slot->outcome.value, 70 + number);
    assert_int_equal(slot->outcome.start_ns, 8);
    assert_int_equal(slot->outcome.end_ns, 9);
    assert_string_equal(batch_text(batch, slot), text);
    for (unsigned i = 0; i < PAYLOAD; i++) {
        assert_int_equal(payload[i], 'a' + (int)number);
    }
}

static void the_last_message_of_a_chunk_ends_it(void **unused)
{
    struct batch batch = open_batch();
    char message[MESSAGE_MAX];
    uint32_t chunk;
    int ends[2];

    (void)unused;
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    for (unsigned number = 0; number < 2; number++) {
        ssize_t size = (ssize_t)make_message(&batch, number, message);

        assert_false(batch_next(&batch, &chunk));
        assert_int_equal(write(ends[1], message, (size_t)size), size);
        assert_int_equal(channel_receive(&(struct process){.pipe_fd = ends[0]}, &batch), 1);
        expect_outcome(&batch, number);
    }
    assert_true(batch_next(&batch, &chunk));
    assert_int_equal(batch.done, 2);
    close(ends[1]);
    assert_int_equal(channel_receive(&(struct process){.pipe_fd = ends[0]}, &batch), 0);
    close(ends[0]);
    batch_close(&batch);
}

static void a_message_cut_anywhere_is_none(void **unused)
{
    struct batch batch = open_batch();
    char message[MESSAGE_MAX];
    size_t size = make_message(&batch, 1, message);

    (void)unused;
    for (size_t cut = 0; cut < size; cut += cut < 200 ? 1 : 97) {
        int ends[2];

        assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
        assert_int_equal(write(ends[1], message, cut), (ssize_t)cut);
        close(ends[1]);
        assert_int_equal(channel_receive(&(struct process){.pipe_fd = ends[0]}, &batch), 0);
        assert_int_equal(atomic_load(&batch.slots[1].state), TASK_PENDING);
        assert_int_equal(batch_ended(&batch), 0);
        close(ends[0]);
    }
    batch_close(&batch);
}

static void do_nothing(int signal)
{
    (void)signal;
}

/* In pieces, each when the reader is asleep again, and with signals in between. */
_Noreturn static void send_slowly(int fd, const char *message, size_t size)
{
    for (size_t i = 0; i < size;) {
        size_t piece = size - i < 150 ? size - i : 150;

        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
        kill(getppid(), SIGUSR1);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        i += write(fd, message + i, piece) == (ssize_t)piece ? piece : size;
    }
    _exit(0);
}

static void a_slow_message_is_waited_for_through_signals(void **unused)
{
    const struct sigaction action = {.sa_handler = do_nothing};
    struct batch batch = open_batch();
    char message[MESSAGE_MAX];
    size_t size = make_message(&batch, 0, message);
    int ends[2];

    (void)unused;
    assert_int_equal(sigaction(SIGUSR1, &action, NULL), 0);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        send_slowly(ends[1], message, size);
    }
    close(ends[1]);
    assert_int_equal(channel_receive(&(struct process){.pipe_fd = ends[0]}, &batch), 1);
    expect_outcome(&batch, 0);
    assert_int_equal(channel_receive(&(struct process){.pipe_fd = ends[0]}, &batch), 0);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
    }
    close(ends[0]);
    batch_close(&batch);
}

/* A worker of which half a message has come, or one and a half, and whose task left somebody behind
 * that holds the pipe. */
static void the_dead_are_not_waited_for(void **unused)
{
    struct batch batch = open_batch();
    char message[MESSAGE_MAX];
    ssize_t size = (ssize_t)make_message(&batch, 1, message);

    (void)unused;
    for (unsigned whole = 0; whole < 2; whole++) {
        int ends[2], life[2];

        assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
        assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
        assert_int_equal(pipe2(life, O_CLOEXEC), 0);
        pid_t pid = fork();
        if (pid == 0) {
            close(life[1]);
            if (fork() == 0) {
                (void)!read(life[0], message, 1); /* until the test lets go of the other end */
                _exit(0);
            }
            bool sent = (!whole || write(ends[1], message, (size_t)size) == size) &&
                        write(ends[1], message, 500) == 500;
            kill(getpid(), sent ? SIGKILL : SIGTERM);
        }
        close(ends[1]);
        close(life[0]);
        const struct process sender = {.pid = pid, .pipe_fd = ends[0]};
        assert_int_equal(channel_receive(&sender, &batch), whole);
        assert_int_equal(atomic_load(&batch.slots[1].state), whole ? TASK_DONE : TASK_PENDING);
        assert_int_equal(channel_receive(&sender, &batch), 0);
        int status;
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        close(ends[0]);
        close(life[1]);
    }
    batch_close(&batch);
}

static void nobody_listens(void **unused)
{
    struct batch batch = open_batch();
    char payload[PAYLOAD] = "";
    const struct outcome outcome = {0};
    struct task task = {.payload = payload};
    int ends[2];

    (void)unused;
    assert_true(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    close(ends[0]);
    const struct worker worker = {.owner = 1, .pipe_fd = ends[1]};
    assert_int_equal(channel_send(&worker, &batch, 0, &outcome, &task), -EPIPE);
    close(ends[1]);
    batch_close(&batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RIG_TEST(the_last_message_of_a_chunk_ends_it),
        RIG_TEST(a_message_cut_anywhere_is_none),
        RIG_TEST(a_slow_message_is_waited_for_through_signals),
        RIG_TEST(the_dead_are_not_waited_for),
        RIG_TEST(nobody_listens),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
