/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict as a headline, then one card a workload. */
#include "base/stream.h"
#include "base/units.h"
#include "output/report_parts.h"
#include "output/verdict.h"
#include "output/verdict_parts.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define QUESTION "Threads or processes? "

static int headline_write(const struct page *page)
{
    struct summary summary = {.groups = &page->cold,
                              .contests = calloc(page->cold.count + 1, sizeof(struct contest))};
    char *text = NULL;
    size_t size = 0;
    FILE *sentence = open_memstream(&text, &size);
    int r = summary.contests && sentence ? 0 : -ENOMEM;

    for (size_t i = 0; i < page->cold.count && r == 0; i++) {
        summary.contests[i] = page->cold.items[i].contest;
    }
    r = r < 0 ? r : summary_write(sentence, page->record, &summary, &page_style);
    if (stream_end(sentence, &text) < 0) {
        r = -ENOMEM;
    }
    if (r == 0) {
        text[strcspn(text, "\n")] = '\0';
        bool asked = strncmp(text, QUESTION, strlen(QUESTION)) == 0;

        fprintf(page->out,
                "<p class=\"question\">Threads or processes?</p>\n<h%u class=\"answer\">",
                page->heading - 1);
        html_text(page->out, text + (asked ? strlen(QUESTION) : 0));
        fprintf(page->out, "</h%u>\n", page->heading - 1);
    }
    free(text);
    free(summary.contests);
    return r;
}

/* Created, label, profile: which run this is. */
static int run_line_write(const struct page *page)
{
    const char *created = record_text(page->record, "created");
    const char *label = record_text(page->record, "machine.label");
    const char *profile = record_text(page->record, "config.profile");

    fputs("<p class=\"run\">", page->out);
    html_text(page->out, label ? label : "a machine without a label");
    if (created) {
        html_format(page->out, " · measured %s", created);
    }
    if (profile) {
        html_format(page->out, " · profile %s", profile);
    }
    if (json_is_true(json_object_get(page->record->head, "synthetic"))) {
        fputs(" · <strong>synthetic data, which nobody measured</strong>", page->out);
    }
    fputs("</p>\n", page->out);
    return 0;
}

static void contents_write(const struct page *page)
{
    static const struct {
        const char *id, *text;
    } sections[] = {
        {"workloads", "Workload by workload"},
        {"trust", "Before you trust this"},
        {"claims", "What people say, tested"},
        {"pictures", "Pictures"},
        {"tables", "Tables"},
        {"sweeps", "Sweeps"},
        {"costs", "What it took"},
        {"method", "How it was measured"},
    };

    fprintf(page->out, "<nav aria-label=\"Contents of run %zu\"><ul>\n", page->number);
    for (size_t i = 0; i < sizeof(sections) / sizeof(*sections); i++) {
        fprintf(page->out, "<li><a href=\"#%s-%zu\">%s</a></li>\n", sections[i].id, page->number,
                sections[i].text);
    }
    fputs("</ul></nav>\n", page->out);
}

int report_answer_write(const struct page *page)
{
    fputs("<header>\n", page->out);
    run_line_write(page);
    int r = headline_write(page);
    contents_write(page);
    fputs("</header>\n", page->out);
    return r;
}

/* What a card says in large letters, and the class that colours it. */
static const struct {
    const char *word, *class;
} answers[] = {
    [ANSWER_EITHER] = {"either", "either"},           [ANSWER_THREADS] = {"threads", "threads"},
    [ANSWER_PROCESSES] = {"processes", "processes"},  [ANSWER_NEITHER] = {"neither", "neither"},
    [ANSWER_UNSURE] = {"cannot tell", "unsure"},      [ANSWER_UNPROVEN] = {"cannot tell", "unsure"},
    [ANSWER_LOUD] = {"cannot tell", "unsure"},        [ANSWER_FEW] = {"cannot tell", "unsure"},
    [ANSWER_ONE_SIDED] = {"no comparison", "unsure"},
};

static void fastest_write(FILE *out, const struct group *group)
{
    const struct row *best = &group->rows[group->best];
    const struct row *serial = group_find(group, "serial");

    write_row(out, best);
    fputs(": ", out);
    write_duration(out, best->time.value);
    if (!isnan(best->to_serial.value) && best != serial) {
        fputs(", ", out);
        write_times(out, best->to_serial.value);
        fputs(" as fast as serial", out);
    }
}

static void contest_write(FILE *out, const struct contest *contest)
{
    bool threads = contest->outcome == CONTEST_PROCESSES;
    struct estimate ratio = contest->ratio;

    if (threads) {
        ratio = (struct estimate){1 / ratio.value, 1 / ratio.high, 1 / ratio.low, ratio.count};
    }
    fprintf(out, "%s take ", threads ? "threads" : "processes");
    write_times(out, ratio.value);
    write_interval(out, &ratio);
    fprintf(out, " as long as %s", threads ? "processes" : "threads");
}

/* The three lines of a card below its answer. */
static int facts_write(const struct page *page, const struct group *group)
{
    struct paragraph line;
    int r = paragraph_begin(&line);

    if (r < 0) {
        return r;
    }
    if (group->best < group->row_count) {
        fastest_write(line.file, group);
        fputc('\n', line.file);
    }
    if (group->contest.ratio.count > 0) {
        contest_write(line.file, &group->contest);
        fputc('\n', line.file);
    }
    if (group->failed_tasks > 0) {
        write_failed_tasks(line.file, group);
        fputc('\n', line.file);
    }
    if (group_skipped(group)) {
        fprintf(line.file, "skipped: %s\n", group_skipped(group));
    }
    return page_lines(page->out, &line, "p", NULL);
}

static int card_write(const struct page *page, const struct group *group)
{
    const enum answer answer = contest_answer(&group->contest);
    char *label = label_text(&page->cold, group, &page_style);

    if (!label) {
        return -ENOMEM;
    }
    fprintf(page->out, "<li class=\"card %s\">", answers[answer].class);
    page_heading(page, 1, NULL, label);
    fprintf(page->out, "<p class=\"word\">%s</p>\n", answers[answer].word);
    free(label);
    int r = facts_write(page, group);
    fputs("</li>\n", page->out);
    return r;
}

/* Everything that limits the answers, sentence by sentence: what `tvp show --quiet` prints. */
static int sentences_write(const struct page *page)
{
    struct paragraph text;
    int r = paragraph_begin(&text);

    if (r < 0) {
        return r;
    }
    for (size_t i = 0; i < page->cold.count && r == 0; i++) {
        r = verdict_group_write(text.file, &page->cold, &page->cold.items[i], &page->warm.items[i],
                                0, &page_style);
    }
    fputs("<details><summary>The answers in full sentences</summary>\n<ul class=\"plain\">\n",
          page->out);
    int lines = page_lines(page->out, &text, "li", NULL);
    fputs("</ul>\n</details>\n", page->out);
    return r < 0 ? r : lines;
}

int report_cards_write(const struct page *page)
{
    int r = 0;

    fputs("<section>\n", page->out);
    page_heading(page, 0, "workloads", "Workload by workload");
    fputs("<ul class=\"cards\">\n", page->out);
    for (size_t i = 0; i < page->cold.count && r == 0; i++) {
        r = card_write(page, &page->cold.items[i]);
    }
    fputs("</ul>\n", page->out);
    r = r < 0 ? r : sentences_write(page);
    fputs("</section>\n", page->out);
    return r;
}
