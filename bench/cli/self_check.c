/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/self_check.h"

#include "base/clock.h"
#include "cli/hog.h"
#include "cli/interruption.h"
#include "cli/measuring.h"
#include "cli/self_progress.h"
#include "cli/self_request.h"
#include "cli/terminal.h"
#include "output/noise_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define PLANTED_IN "loop"
#define PLANTED_STEPS 2000000.0 /* of a task: its default */

struct self_check {
    const struct command *command;
    struct self_request request;
    struct noise_subject *subjects;
    size_t subject_count;
    struct flag_counts flags;
    struct hog hog;
    struct self_progress progress;
    const volatile sig_atomic_t *stopped;
    uint64_t end_ns, done;
};

/* The load is there in the second half of the epochs of a comparison. There are no repeats then,
 * which would move the numbers of the epochs behind them. */
static uint64_t first_planted(const struct self_check *self)
{
    return self->request.epochs / 2;
}

static void switch_hog(const struct run_progress *state, void *context)
{
    struct self_check *self = context;

    hog_set(&self->hog, state->epoch > first_planted(self)); /* here they count from 1 */
}

/* Each comparison takes the next one of the list. */
static void choose_strategy(const char *list, uint64_t number, char text[256])
{
    size_t count = 1;
    const char *word = list;

    for (const char *p = list; *p; p++) {
        count += *p == ',';
    }
    for (uint64_t i = number % count; i > 0; i--) {
        word = strchr(word, ',') + 1;
    }
    snprintf(text, 256, "%.*s", (int)strcspn(word, ","), word);
}

/* One comparison of a subject, with epochs of its own. -1 or a status. */
static int compare_once(struct self_check *self, struct noise_subject *subject)
{
    const struct command *command = self->command;
    char strategy[256], more[64], *none = NULL;
    const char *const workloads[] = {subject->workload, NULL};
    const char *const steps[] = {"iterations=2000000", NULL};
    const struct plan_variant variants[] = {
        {.name = "first"},
        {.name = "second", .set = subject->planted > 0 ? more : NULL},
        {.name = NULL},
    };
    struct run_settings settings = {
        .plan = {.profile = profiles[0],
                 .workloads = workloads,
                 .strategies = strategy,
                 .sets = subject->planted > 0 ? steps : (const char *const *)&none,
                 .variants = variants,
                 .no_placebo = true}, /* a pair is two cells */
        .trial = self->request.trial,
        .label = "self",
        .argv = json_array(),
        .epochs = self->request.epochs,
        .budget_ns = UINT64_MAX / 2,
        .seed = (self->request.seed + self->done) % UINT32_MAX,
        .no_repeats = self->request.hog,
        .stopped = self->stopped,
        .progress = self->request.hog ? switch_hog : NULL,
        .context = self,
    };
    struct record record;
    struct noise_pair pair;

    snprintf(more, sizeof(more), "iterations=%.0f", PLANTED_STEPS * (1 + subject->planted));
    choose_strategy(self->request.strategies, subject->count, strategy);
    int status = measuring_run(command, &settings, &record);
    hog_set(&self->hog, false);
    json_decref(settings.argv);
    if (status >= 0) {
        return status;
    }
    int r = noise_pair_make(&record, &pair);
    if (r == 0) {
        flag_count(&record, self->request.hog ? first_planted(self) : UINT64_MAX, &self->flags);
        r = noise_subject_add(subject, &pair);
    }
    record_release(&record);
    return r == 0 ? -1
                  : command_complain(command, r == -EINVAL ? STATUS_TASKS : STATUS_FAILED,
                                     "%s under %s: %s", subject->workload, strategy,
                                     r == -EINVAL ? "no time, or a wrong answer" : strerror(-r));
}

/* Round after round of one comparison each, so that the moods of the machine meet all alike. */
static int compare_all(struct self_check *self)
{
    uint64_t total = self->request.comparisons * self->subject_count;
    int status = -1;

    for (uint64_t round = 0;
         status < 0 && (self->request.comparisons == 0 || round < self->request.comparisons);
         round++) {
        for (size_t i = 0; status < 0 && i < self->subject_count; i++) {
            if (round > 0 && clock_ns() > self->end_ns) {
                return -1;
            }
            self_progress_show(&self->progress, self->done, total, self->end_ns,
                               self->subjects[i].workload);
            status = compare_once(self, &self->subjects[i]);
            self->done++;
        }
    }
    return status;
}

static int make_subjects(struct self_check *self)
{
    size_t count = 0;

    while (self->request.workloads[count]) {
        count++;
    }
    self->subjects = calloc(count + self->request.planted_count, sizeof(*self->subjects));
    if (!self->subjects) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < count; i++) {
        self->subjects[self->subject_count++].workload = self->request.workloads[i];
    }
    for (size_t i = 0; i < self->request.planted_count; i++) {
        self->subjects[self->subject_count++] =
            (struct noise_subject){.workload = PLANTED_IN, .planted = self->request.planted[i]};
    }
    return 0;
}

static int start_hog(struct self_check *self)
{
    struct catalogue catalogue;
    char why[HARNESS_WHY_SIZE];

    if (catalogue_open(self->request.trial, &catalogue, why) < 0) {
        return command_complain(self->command, STATUS_FAILED, "%s", why);
    }
    int r = hog_start(catalogue.trial, &self->hog);
    catalogue_close(&catalogue);
    return r < 0 ? command_complain(self->command, STATUS_FAILED, "cannot plant a load: %s",
                                    strerror(-r))
                 : -1;
}

static int print(const struct self_check *self)
{
    const struct noise_report report = {.subjects = self->subjects,
                                        .count = self->subject_count,
                                        .epochs = self->request.epochs,
                                        .flags = self->flags};
    struct style style;

    (void)terminal_style(stdout, "never", self->request.ascii, &style);
    if (!self->request.json) {
        return noise_write(stdout, &report, &style);
    }
    json_t *document = noise_to_json(&report);
    int r =
        document ? json_dumpf(document, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) : -ENOMEM;

    putchar('\n');
    json_decref(document);
    return r < 0 ? -ENOMEM : 0;
}

int self_check_run(const struct command *command, char **arguments)
{
    struct self_check self = {.command = command};
    int status = self_request_parse(command, arguments, &self.request);
    int r = status < 0 ? make_subjects(&self) : 0;

    if (r == 0 && status < 0 && self.request.hog) {
        status = start_hog(&self);
    }
    if (r == 0 && status < 0) {
        uint64_t now_ns = clock_ns();

        self_progress_init(&self.progress, self.request.quiet);
        self.stopped = interruption_catch();
        self.end_ns =
            self.request.time_ns < UINT64_MAX - now_ns ? now_ns + self.request.time_ns : UINT64_MAX;
        status = compare_all(&self);
        self_progress_clear(&self.progress);
        hog_end(&self.hog);
        /* What there is is told, also after ^C. */
        if (status < 0 || (status == STATUS_INTERRUPTED && self.done > 1)) {
            r = print(&self);
        }
    }
    for (size_t i = 0; i < self.subject_count; i++) {
        noise_subject_release(&self.subjects[i]);
    }
    free(self.subjects);
    self_request_release(&self.request);
    return r < 0        ? command_complain(command, STATUS_FAILED, "%s", strerror(-r))
           : status < 0 ? STATUS_DONE
                        : status;
}
