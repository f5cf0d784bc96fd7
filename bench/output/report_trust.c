/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to know before the numbers are believed: before the pictures, because those convince. */
#include "analysis/fitness.h"
#include "output/report_parts.h"
#include "output/verdict_parts.h"
#include "output/words.h"

#include <stdlib.h>

/* Checks of one level, as items of a list. */
static void checks_write(FILE *out, const struct fitness *fitness, enum fitness_level level)
{
    for (size_t i = 0; i < fitness->count; i++) {
        const struct fitness_check *check = &fitness->checks[i];

        if (check->level != level) {
            continue;
        }
        fprintf(out, "<li class=\"%s\"><strong>", level == FITNESS_WARN ? "warning" : "note");
        html_text(out, level == FITNESS_WARN ? "warning" : "note");
        fputs("</strong> ", out);
        html_text(out, check->name);
        fputs(": ", out);
        html_text(out, check->value);
        if (check->advice) {
            fputs(": ", out);
            html_text(out, check->advice);
        }
        fputs("</li>\n", out);
    }
}

/* Takes over the paragraph; nothing is written if it is empty. */
static int warning_write(FILE *out, struct paragraph *paragraph)
{
    if (fflush(paragraph->file) == 0 && paragraph->size == 0) {
        fclose(paragraph->file);
        free(paragraph->bytes);
        return 0;
    }
    fputs("<li class=\"warning\"><strong>warning</strong> ", out);
    int r = html_paragraph(out, paragraph);
    fputs("</li>\n", out);
    return r;
}

static int failures_write(const struct page *page)
{
    struct paragraph sentence;
    int r = 0;

    for (size_t i = 0; i < page->cold.count && r == 0; i++) {
        const struct group *group = &page->cold.items[i];

        r = group->failed_tasks > 0 ? paragraph_begin(&sentence) : 0;
        if (r == 0 && group->failed_tasks > 0) {
            write_label(sentence.file, &page->cold, group);
            fputs(": ", sentence.file);
            write_failed_tasks(sentence.file, group);
            fputs(", so its times are those of work that was not all done", sentence.file);
            r = warning_write(page->out, &sentence);
        }
    }
    r = r < 0 ? r : paragraph_begin(&sentence);
    if (r < 0) {
        return r;
    }
    r = verdict_doubts_write(sentence.file, page->record, &page->cold, &page_style);
    int written = warning_write(page->out, &sentence);
    return r < 0 ? r : written;
}

int report_trust_write(const struct page *page)
{
    struct fitness fitness = {.count = 0};

    fitness_check_record(page->record, &fitness);
    const size_t warnings = fitness_count(&fitness, FITNESS_WARN);
    const size_t notes = fitness_count(&fitness, FITNESS_NOTE);
    fputs("<section class=\"trust\">\n", page->out);
    page_heading(page, 0, "trust", "Before you trust this");
    fputs("<ul class=\"plain\">\n", page->out);
    int r = failures_write(page);
    checks_write(page->out, &fitness, FITNESS_WARN);
    checks_write(page->out, &fitness, FITNESS_NOTE);
    fprintf(page->out,
            "<li class=\"sum\">%zu checks of machine and file: %zu warning%s, %zu "
            "note%s, the rest is as it should be.</li>\n</ul>\n</section>\n",
            fitness.count, warnings, warnings == 1 ? "" : "s", notes, notes == 1 ? "" : "s");
    return r;
}
