/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How it was measured, with what and where; and the data itself. */
#include "base/units.h"
#include "output/report_parts.h"
#include "record/embedded.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

static void term_begin(FILE *out, const char *term)
{
    fputs("<dt>", out);
    html_text(out, term);
    fputs("</dt><dd>", out);
}

static void text_term(const struct page *page, const char *term, const char *path)
{
    const char *text = record_text(page->record, path);

    if (text) {
        term_begin(page->out, term);
        html_text(page->out, text);
        fputs("</dd>\n", page->out);
    }
}

static void number_term(const struct page *page, const char *term, const char *path)
{
    const int64_t number = record_number(page->record, path, -1);
    char text[UNITS_SIZE];

    if (number >= 0) {
        term_begin(page->out, term);
        html_text(page->out, format_count((uint64_t)number, text));
        fputs("</dd>\n", page->out);
    }
}

static void duration_term(const struct page *page, const char *term, const char *path)
{
    const int64_t ns = record_number(page->record, path, -1);
    char text[UNITS_SIZE];

    if (ns >= 0) {
        term_begin(page->out, term);
        html_text(page->out, format_duration((double)ns, text));
        fputs("</dd>\n", page->out);
    }
}

static void command_term(const struct page *page)
{
    const json_t *config = json_object_get(page->record->head, "config"), *word;
    const json_t *words = json_object_get(config, "argv");
    size_t i;

    if (json_array_size(words) == 0) {
        return;
    }
    term_begin(page->out, "command");
    fputs("<code>tvp", page->out);
    json_array_foreach(words, i, word)
    {
        fputc(' ', page->out);
        html_text(page->out, json_is_string(word) ? json_string_value(word) : "?");
    }
    fputs("</code></dd>\n", page->out);
}

static int data_write(const struct page *page)
{
    fputs("<p>", page->out);
    int r = embedded_write(page->out, page->file->record);
    fputs("\">Save the measurements</a>: every sample, as JSON, inside this page. <code>tvp show"
          "</code>, <code>tvp compare</code> and <code>tvp plot</code> read them from the page "
          "itself.</p>\n",
          page->out);
    return r;
}

int report_method_write(const struct page *page)
{
    fputs("<section>\n", page->out);
    page_heading(page, 0, "method", "How it was measured");
    fputs("<p>All strategies live side by side in an <em>epoch</em>: freshly started programs, "
          "one a strategy, sampled in turn and in random order, so that whatever disturbs the "
          "machine disturbs all of them. Each epoch gives one median for each strategy; times are "
          "the median of those, ratios the median of the ratios within the epochs, and intervals "
          "are of the order statistics, at 95 %. A sample is everything from before the workers "
          "are made until they are gone.</p>\n<dl>\n",
          page->out);
    text_term(page, "machine", "machine.label");
    text_term(page, "processor", "machine.cpu.model");
    number_term(page, "cores", "machine.cpu.cores");
    number_term(page, "hardware threads", "machine.cpu.threads");
    number_term(page, "memory, MiB", "machine.memory_mib");
    text_term(page, "virtualisation", "machine.virtualisation");
    text_term(page, "container", "machine.container");
    text_term(page, "kernel", "environment.kernel");
    text_term(page, "C library", "environment.libc");
    text_term(page, "governor", "environment.governor");
    text_term(page, "tvp", "tool.version");
    text_term(page, "commit", "tool.commit");
    text_term(page, "compiler", "tool.build.compiler");
    text_term(page, "options", "tool.build.options");
    text_term(page, "profile", "config.profile");
    number_term(page, "epochs asked for", "config.epochs");
    number_term(page, "warm-up blocks", "config.warmup_blocks");
    number_term(page, "timed blocks", "config.blocks");
    text_term(page, "order", "config.order");
    number_term(page, "seed", "config.seed");
    duration_term(page, "took", "duration_ns");
    command_term(page);
    fputs("</dl>\n", page->out);
    int r = data_write(page);
    fputs("</section>\n", page->out);
    return r;
}
