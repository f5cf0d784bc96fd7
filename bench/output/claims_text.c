/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/claims_text.h"

#include "base/stream.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const struct claim_words claim_words[CLAIM_COUNT] = {
    [CLAIM_THREADS_IO] = {"Threads suit work that waits (I/O)", "tvp run file http sleep"},
    [CLAIM_PROCESSES_CPU] = {"Processes suit work that computes (CPU)", "tvp run loop primes"},
    [CLAIM_THREADS_RACE] = {"Threads share memory, so unguarded updates get lost",
                            "tvp run counter"},
    [CLAIM_PROCESSES_PRIVATE] = {"Processes do not share memory", "tvp run counter"},
    [CLAIM_COMPLETION_ORDER] = {"Results come back in the order of completion", "tvp run sleep"},
    [CLAIM_CHUNKS] = {"Chunks make a process pool faster",
                      "tvp run empty --strategies serial,process-pool,process-pool:chunk=64"},
};

const char *claim_state_word(enum claim_state state)
{
    static const char *const words[] = {
        [CLAIM_NO_DATA] = "not measured",
        [CLAIM_UNSURE] = "cannot tell",
        [CLAIM_FAILS] = "does not hold in C",
        [CLAIM_PART] = "holds in part",
        [CLAIM_HOLDS] = "holds",
    };

    return words[state];
}

static void write_percent(FILE *out, const struct estimate *share)
{
    fprintf(out, "%.3g" GLUE "%%", 100 * share->value);
    if (estimate_has_interval(share)) {
        fprintf(out, " [%.3g," GLUE "%.3g]", 100 * share->low, 100 * share->high);
    }
}

static void write_contest(FILE *out, const struct claim_evidence *evidence)
{
    fputs("processes take ", out);
    write_times(out, evidence->ratio.value);
    write_interval(out, &evidence->ratio);
    fputs(" as long as threads", out);
    if (evidence->gain.count > 0) {
        fputs(", and threads are ", out);
        write_times(out, evidence->gain.value);
        write_interval(out, &evidence->gain);
        fputs(" as fast as serial", out);
    }
}

static void write_one(FILE *out, const struct groups *groups, const struct claim_evidence *evidence,
                      enum claim_name name)
{
    write_label(out, groups, evidence->group);
    if (evidence->row) {
        fputs(", ", out);
        write_row_short(out, evidence->group, evidence->row);
    }
    fputs(": ", out);
    switch (name) {
    case CLAIM_THREADS_IO:
    case CLAIM_PROCESSES_CPU:
        write_contest(out, evidence);
        break;
    case CLAIM_THREADS_RACE:
    case CLAIM_PROCESSES_PRIVATE:
        if (evidence->lost_samples > 0 && !(evidence->ratio.value > 0)) {
            fprintf(out, "updates of a shared counter were lost in %zu of %zu samples",
                    evidence->lost_samples, evidence->samples);
        } else {
            write_percent(out, &evidence->ratio);
            fputs(" of the updates of a shared counter were lost", out);
        }
        fputs(name == CLAIM_PROCESSES_PRIVATE && evidence->lost_samples > 0
                  ? ", so these processes share it (mapped memory)"
                  : "",
              out);
        break;
    case CLAIM_COMPLETION_ORDER:
        write_percent(out, &evidence->ratio);
        fputs(" of the results overtook one submitted earlier; ", out);
        fputs(evidence->state == CLAIM_HOLDS ? "all came as their tasks ended"
                                             : "some came after one that ended later",
              out);
        fputs(" (one sample, no interval)", out);
        break;
    case CLAIM_CHUNKS:
    case CLAIM_COUNT:
        fputs("without chunks it takes ", out);
        write_times(out, evidence->ratio.value);
        write_interval(out, &evidence->ratio);
        fputs(" as long", out);
    }
}

void claim_evidence_write(FILE *out, const struct groups *groups, const struct claims *claims,
                          enum claim_name name)
{
    const struct claim *claim = &claims->items[name];

    for (size_t i = 0; i < claim->count; i++) {
        write_one(out, groups, &claim->items[i], name);
        fputs(claim->state == CLAIM_PART && claim->items[i].state == CLAIM_FAILS
                  ? ": does not hold\n"
                  : "\n",
              out);
    }
    if (claim->count == 0) {
        fprintf(out, "this would measure it: %s\n", claim_words[name].command);
    }
}

static int evidence_lines(FILE *out, const struct groups *cold, const struct claims *claims,
                          enum claim_name name, const struct style *style)
{
    char *text = NULL, *state = NULL;
    size_t size = 0;
    FILE *lines = open_memstream(&text, &size);
    int r = 0;

    if (!lines) {
        return -ENOMEM;
    }
    claim_evidence_write(lines, cold, claims, name);
    if (stream_end(lines, &text) < 0) {
        return -ENOMEM;
    }
    for (char *line = strtok_r(text, "\n", &state); line && r == 0;
         line = strtok_r(NULL, "\n", &state)) {
        struct paragraph paragraph;

        r = paragraph_begin(&paragraph);
        if (r == 0) {
            fputs(line, paragraph.file);
            r = paragraph_end(&paragraph, out, style, 2, 4);
        }
    }
    free(text);
    return r;
}

int claims_write(FILE *out, const struct groups *cold, const struct style *style)
{
    struct claims claims;
    int r = claims_make(cold, &claims);

    if (r < 0) {
        return r;
    }
    for (enum claim_name name = 0; name < CLAIM_COUNT && r == 0; name++) {
        fprintf(out, "%s%s: %s%s\n", style_bold(style), claim_words[name].claim,
                claim_state_word(claims.items[name].state), style_plain(style));
        r = evidence_lines(out, cold, &claims, name, style);
    }
    claims_release(&claims);
    return r < 0 ? r : text_done(out);
}
