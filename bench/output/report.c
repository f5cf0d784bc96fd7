/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/report.h"

#include "output/report_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

const struct style page_style = {.color = false, .ascii = false, .width = 100000000};

void page_heading(const struct page *page, unsigned deeper, const char *id, const char *text)
{
    const unsigned level = page->heading + deeper;

    fprintf(page->out, "<h%u", level);
    if (id) {
        fprintf(page->out, " id=\"%s-%zu\"", id, page->number);
    }
    fputc('>', page->out);
    html_text(page->out, text);
    fprintf(page->out, "</h%u>\n", level);
}

int page_lines(FILE *out, struct paragraph *paragraph, const char *tag, const char *class)
{
    bool lost = ferror(paragraph->file);
    char *state = NULL;

    lost = fclose(paragraph->file) != 0 || lost;
    for (char *line = lost ? NULL : strtok_r(paragraph->bytes, "\n", &state); line;
         line = strtok_r(NULL, "\n", &state)) {
        line += strspn(line, " ");
        if (*line) {
            html_element(out, tag, class, line);
            fputc('\n', out);
        }
    }
    free(paragraph->bytes);
    return lost ? -ENOMEM : 0;
}

static int head_write(FILE *out, const struct page *pages, size_t count)
{
    char hash[STYLE_HASH_SIZE], *style = NULL;
    int r = report_style_make(&style);

    r = r < 0 ? r : report_style_hash(style, hash);
    if (r < 0) {
        free(style);
        return r;
    }
    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src '%s'; img-src data:; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<link rel=\"icon\" href=\"data:,\">\n<title>Threads or processes? ",
            hash);
    if (count == 1) {
        const char *label = record_text(pages[0].record, "machine.label");

        html_text(out, label ? label : "a machine without a label");
    } else {
        fprintf(out, "%zu runs", count);
    }
    fprintf(out, "</title>\n<style>%s</style>\n</head>\n", style);
    free(style);
    return 0;
}

static int file_write(const struct page *page)
{
    int (*const sections[])(const struct page *) = {
        report_answer_write, report_cards_write,    report_trust_write,
        report_claims_write, report_pictures_write, report_tables_write,
        report_sweeps_write, report_costs_write,    report_method_write,
    };
    int r = 0;

    fprintf(page->out, "<article id=\"file-%zu\">\n", page->number);
    for (size_t i = 0; i < sizeof(sections) / sizeof(*sections) && r == 0; i++) {
        r = sections[i](page);
    }
    fputs("</article>\n", page->out);
    return r;
}

static int body_write(FILE *out, const struct page *pages, size_t count, const char *machines,
                      const struct report_texts *texts)
{
    int r = 0;

    fputs("<body>\n<a class=\"skip\" href=\"#content\">Skip to the answer</a>\n"
          "<main id=\"content\">\n",
          out);
    if (count > 1) {
        r = report_across_write(out, pages, count, machines);
    }
    for (size_t i = 0; i < count && r == 0; i++) {
        r = file_write(&pages[i]);
    }
    report_long_texts_write(out, texts);
    report_glossary_write(out);
    fputs("</main>\n<footer><p>Made by tvp, which measures threads against processes. This page "
          "runs no script and asks for nothing from outside; the data that it was made of is "
          "inside.</p></footer>\n</body>\n</html>\n",
          out);
    return r;
}

static void pages_release(struct page *pages, struct record *records, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        groups_release(&pages[i].cold);
        groups_release(&pages[i].warm);
        record_release(&records[i]);
    }
    free(pages);
    free(records);
}

static int page_make(FILE *out, const struct report *report, size_t i, struct report_texts *texts,
                     struct record *room, struct page *page)
{
    const struct record *shown = NULL;
    int r = report_texts_cut(report->files[i].record, texts, room, &shown);

    *page = (struct page){.out = out,
                          .file = &report->files[i],
                          .record = shown,
                          .number = i + 1,
                          .heading = report->count > 1 ? 3 : 2,
                          .no_pictures = report->no_pictures};
    r = r < 0 ? r : groups_make(shown, METRIC_COLD, &page->cold);
    return r < 0 ? r : groups_make(shown, METRIC_WARM, &page->warm);
}

int report_write(FILE *out, const struct report *report)
{
    struct page *pages = calloc(report->count + 1, sizeof(*pages));
    struct record *records = calloc(report->count + 1, sizeof(*records));
    struct report_texts texts = {.items = NULL};
    int r = pages && records ? 0 : -ENOMEM;

    for (size_t i = 0; i < report->count && r == 0; i++) {
        r = page_make(out, report, i, &texts, &records[i], &pages[i]);
    }
    r = r < 0 ? r : head_write(out, pages, report->count);
    r = r < 0 ? r : body_write(out, pages, report->count, report->machines, &texts);
    pages_release(pages, records, pages && records ? report->count : 0);
    report_texts_release(&texts);
    return r < 0 ? r : text_done(out);
}
