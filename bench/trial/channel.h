/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pipe by which a process can hand back results, as Python's multiprocessing.Queue does: one
 * message a task, outcome and payload copied into the pipe by the worker and out of it by the
 * caller. It measures what not sharing memory costs. One pipe a worker, so that a worker killed
 * half-way through a message spoils nobody else's. */
#ifndef TVP_CHANNEL_H
#define TVP_CHANNEL_H

#include "trial/batch.h"

struct process;
struct worker;

/* Worker: send a result; blocks while the pipe is full. */
int channel_send(const struct worker *worker, const struct batch *batch, uint32_t chunk,
                 const struct outcome *outcome, const struct task *task);

/* Caller: receive one message into the batch, and log the chunk when it was the last one. Waits
 * until the message is complete. 1: received; 0: the sender is gone, also half-way through, whoever
 * may still hold its pipe. */
int channel_receive(const struct process *sender, struct batch *batch);

#endif
