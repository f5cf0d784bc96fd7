/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/sample.h"

#include "base/clock.h"
#include "base/json_text.h"
#include "base/units.h"
#include "trial/proof.h"
#include "trial/shortage.h"

#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <string.h>

#define ERRORS_PRINTED 64u

/* FNV-1a over 64-bit words: enough to see that all strategies got the same outcomes. */
static uint64_t mix(uint64_t digest, uint64_t word)
{
    for (int i = 0; i < 8; i++) {
        digest = (digest ^ ((word >> (8 * i)) & 0xff)) * 0x100000001b3u;
    }
    return digest;
}

static void digest_outcomes(const struct batch *batch, struct measurement *measurement)
{
    measurement->answer = 0xcbf29ce484222325u;
    for (uint32_t i = 0; i < batch->tasks; i++) {
        const struct outcome *outcome = &batch->slots[i].outcome;

        measurement->answer = mix(measurement->answer, (uint64_t)(int64_t)outcome->status);
        measurement->answer = mix(measurement->answer, outcome->value);
        measurement->failed += outcome->status != 0;
    }
}

static int strategy_failed(const struct trial *trial, const char *what, int r, char *why)
{
    char reached[UNITS_SIZE], limit[SHORTAGE_SIZE];

    shortage_tell(trial, r, limit);
    snprintf(why, TRIAL_WHY_SIZE, "%s: %s; reached %s workers%s", what, strerror(-r),
             format_count(trial->crew.reached, reached), limit);
    return r;
}

static int submit_all(const struct trial *trial, void *state)
{
    const unsigned count = trial->submit_each ? 1 : trial->batch.tasks;
    int r = 0;

    for (unsigned left = trial->batch.tasks; r == 0 && left > 0; left -= count) {
        r = trial->strategy->submit(state, count);
    }
    return r;
}

static int run_strategy(struct trial *trial, struct measurement *measurement, char *why)
{
    const struct strategy *strategy = trial->strategy;
    struct crew *crew = &trial->crew;
    struct usage before, after;
    void *state;

    usage_read(&before);
    measurement->cpu_before = sched_getcpu();
    measurement->start_ns = clock_ns();
    int r = strategy->open(crew, &state);
    if (r < 0) {
        return strategy_failed(trial, "open", r, why);
    }
    measurement->submit_ns = clock_ns();
    r = submit_all(trial, state);
    r = r < 0 ? r : strategy->wait(state, trial->batch.tasks);
    uint64_t ended_ns = clock_ns();
    strategy->close(state);
    uint64_t closed_ns = clock_ns();
    measurement->cpu_after = sched_getcpu();
    usage_read(&after);
    if (r < 0) {
        return strategy_failed(trial, "run", r, why);
    }
    measurement->open_ns = measurement->submit_ns - measurement->start_ns;
    measurement->run_ns = ended_ns - measurement->submit_ns;
    measurement->close_ns = closed_ns - ended_ns;
    measurement->usage = usage_between(&before, &after);
    return 0;
}

int sample_take(struct trial *trial, struct measurement *ret_measurement, char *why)
{
    const struct workload *workload = trial->module.workload;
    struct measurement measurement = {0};
    char text[TASK_TEXT_SIZE] = "";

    batch_reset(&trial->batch);
    int r = workload->reset ? workload->reset(&trial->env) : 0;
    if (r < 0) {
        snprintf(why, TRIAL_WHY_SIZE, "reset of %s: %s", workload->name, strerror(-r));
        return r;
    }
    r = run_strategy(trial, &measurement, why);
    trial_end_strays(trial);
    r = r < 0 ? r : proof_check(&trial->batch, why);
    if (r < 0) {
        return r;
    }
    digest_outcomes(&trial->batch, &measurement);
    /* Tasks that did not end well leave the shared state unfinished: nothing to check there. */
    if (workload->check && measurement.failed == 0) {
        r = workload->check(&trial->env, &measurement.finding, text);
        if (r < 0) {
            snprintf(why, TRIAL_WHY_SIZE, "check of %s: %s", workload->name,
                     text[0] ? text : strerror(-r));
            return r;
        }
    }
    *ret_measurement = measurement;
    return 0;
}

static void print_errors(const struct batch *batch, FILE *out)
{
    const char *separator = "";
    unsigned printed = 0;

    fputs(",\"errors\":[", out);
    for (uint32_t i = 0; i < batch->tasks && printed < ERRORS_PRINTED; i++) {
        const struct slot *slot = &batch->slots[i];

        if (slot->outcome.status != 0) {
            fprintf(out, "%s{\"task\":%u,\"text\":", separator, i);
            json_write_text(out, batch_text(batch, slot));
            fputc('}', out);
            separator = ",";
            printed++;
        }
    }
    fputc(']', out);
}

/* Rows of task, worker, start, end (ns since the first submit), failed; as they completed. */
static void print_timeline(const struct batch *batch, uint64_t submit_ns, FILE *out)
{
    const char *separator = "";

    fputs(",\"timeline\":[", out);
    for (uint32_t next = batch->oldest; next != 0; next = batch->slots[next - 1].next) {
        const uint32_t end = next - 1 + batch_count(batch, next - 1);

        for (uint32_t task = next - 1; task < end; task++) {
            const struct outcome *outcome = &batch->slots[task].outcome;

            fprintf(out, "%s[%u,%u,%" PRIu64 ",%" PRIu64 ",%d]", separator, task, outcome->lane,
                    outcome->start_ns - submit_ns, outcome->end_ns - submit_ns,
                    outcome->status != 0);
            separator = ",";
        }
    }
    fputc(']', out);
}

/* What could be counted; the rest is left out. */
static void print_events(const struct measurement *measurement, FILE *out)
{
    const char *separator = "";

    fputs(",\"events\":{", out);
    for (enum event event = 0; event < EVENT_COUNT; event++) {
        if (measurement->events[event] != EVENT_UNKNOWN) {
            fprintf(out, "%s\"%s\":%" PRIu64, separator, event_names[event],
                    measurement->events[event]);
            separator = ",";
        }
    }
    fputc('}', out);
}

void sample_print(const struct trial *trial, const struct measurement *measurement, bool timeline,
                  FILE *out)
{
    const struct usage *usage = &measurement->usage;

    fprintf(out,
            "{\"start_ns\":%" PRIu64 ",\"open_ns\":%" PRIu64 ",\"run_ns\":%" PRIu64
            ",\"close_ns\":%" PRIu64 ",\"user_ns\":%" PRIu64 ",\"system_ns\":%" PRIu64
            ",\"minor_faults\":%" PRIu64 ",\"major_faults\":%" PRIu64
            ",\"switches_voluntary\":%" PRIu64 ",\"switches_forced\":%" PRIu64
            ",\"cpu_before\":%d,\"cpu_after\":%d,\"answer\":\"%016" PRIx64 "\",\"failed\":%u",
            measurement->start_ns, measurement->open_ns, measurement->run_ns, measurement->close_ns,
            usage->user_ns, usage->system_ns, usage->minor_faults, usage->major_faults,
            usage->switches_voluntary, usage->switches_forced, measurement->cpu_before,
            measurement->cpu_after, measurement->answer, measurement->failed);
    if (measurement->failed > 0) {
        print_errors(&trial->batch, out);
    }
    if (measurement->finding.name) {
        fputs(",\"finding\":{\"name\":", out);
        json_write_text(out, measurement->finding.name);
        fprintf(out, ",\"value\":%" PRIu64 "}", measurement->finding.value);
    }
    if (measurement->examined) {
        print_events(measurement, out);
    }
    if (timeline && trial->batch.stamps) {
        print_timeline(&trial->batch, measurement->submit_ns, out);
    }
    fputs("}\n", out);
}
