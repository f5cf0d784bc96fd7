/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/channel.h"

#include "strategies/process.h"
#include "trial/worker.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

struct message {
    uint32_t task, chunk;
    struct outcome outcome;
    char text[TASK_TEXT_SIZE];
};

int channel_send(const struct worker *worker, const struct batch *batch, uint32_t chunk,
                 const struct outcome *outcome, const struct task *task)
{
    struct message message = {.task = task->number, .chunk = chunk, .outcome = *outcome};
    struct iovec parts[2] = {
        {.iov_base = &message, .iov_len = sizeof(message)},
        {.iov_base = task->payload, .iov_len = batch->env->payload_size},
    };
    struct iovec *part = parts, *end = parts + (batch->env->payload_size > 0 ? 2 : 1);

    memcpy(message.text, task->text, strlen(task->text) + 1);
    while (part < end) {
        ssize_t sent = writev(worker->pipe_fd, part, (int)(end - part));

        if (sent < 0 && errno != EINTR) {
            return -errno;
        }
        for (size_t rest = sent > 0 ? (size_t)sent : 0; part < end; part++) {
            size_t taken = rest < part->iov_len ? rest : part->iov_len;

            part->iov_base = (char *)part->iov_base + taken;
            part->iov_len -= taken;
            rest -= taken;
            if (part->iov_len > 0) {
                break;
            }
        }
    }
    return 0;
}

/* False when nothing more will come: at the end of the pipe, on an error, or when the sender is
 * dead and the pipe empty, for what its task has left behind may hold the other end open for ever.
 */
static bool read_all(const struct process *sender, void *buffer, size_t size)
{
    bool ended = false;
    char *p = buffer;

    while (size > 0) {
        ssize_t got = read(sender->pipe_fd, p, size);

        if (got > 0) {
            p += got;
            size -= (size_t)got;
        } else if (got < 0 && errno == EAGAIN && !ended) {
            struct pollfd more = {.fd = sender->pipe_fd, .events = POLLIN};

            /* Looked at before the pipe is read once more, or its last words could be missed. */
            ended = process_has_ended(sender);
            if (!ended) {
                (void)poll(&more, 1, BELL_LIMIT_MS);
            }
        } else if (got == 0 || errno != EINTR) {
            return false;
        }
    }
    return true;
}

int channel_receive(const struct process *sender, struct batch *batch)
{
    struct message message;

    if (!read_all(sender, &message, sizeof(message)) ||
        !read_all(sender, batch_payload(batch, message.task), batch->env->payload_size)) {
        return 0;
    }
    struct slot *slot = &batch->slots[message.task];

    slot->outcome = message.outcome;
    if (message.text[0] != '\0') {
        batch_set_text(batch, slot, message.text);
    }
    atomic_store_explicit(&slot->state, TASK_DONE, memory_order_release);
    if (message.task == message.chunk + batch_count(batch, message.chunk) - 1) {
        batch_log(batch, message.chunk);
    }
    return 1;
}
