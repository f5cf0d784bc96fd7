/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the report share among themselves; nobody else needs it. Sections write to
 * page->out and return 0 or a negative errno; that out took it all is asked once, at the end. */
#ifndef TVP_REPORT_PARTS_H
#define TVP_REPORT_PARTS_H

#include "analysis/analysis.h"
#include "base/units.h"
#include "output/html.h"
#include "output/plot.h"
#include "output/report.h"
#include "output/report_texts.h"

/* One file of the report. */
struct page {
    FILE *out;
    const struct report_file *file;
    const struct record *record; /* as it is shown: see report_texts.h */
    struct groups cold, warm;    /* of that */
    size_t number;               /* of the file, from 1 */
    unsigned heading;            /* level of its sections: 2, or 3 if there are several files */
    const char *no_pictures;
};

/* Lines for a terminal are made so wide that they are never wrapped. */
extern const struct style page_style;

/* "<h2 id=..>text</h2>"; id may be NULL, and gets the number of the file. deeper: levels below
 * the sections of the file. */
void page_heading(const struct page *page, unsigned deeper, const char *id, const char *text);
/* Every line that was written to the paragraph, without its blanks, as an element of its own.
 * Releases it. 0 or -ENOMEM. */
int page_lines(FILE *out, struct paragraph *paragraph, const char *tag, const char *class);
/* A table in a box that scrolls by itself. headers: of all columns, the rows' names included; ends
 * with NULL. Rows begin with their name; what is not a number yet is a "–". */
void page_table_begin(FILE *out, const char *caption, const char *const *headers);
void page_table_end(FILE *out);
void page_row_begin(FILE *out, const char *text);
/* The name of a strategy, with its workers where the group has it with several; and a row with that
 * name. */
void page_strategy(FILE *out, const struct group *group, const struct row *row);
void page_row_of(FILE *out, const struct group *group, const struct row *row);
void page_row_end(FILE *out);
void page_cell(FILE *out, const char *text);
void page_cell_duration(FILE *out, double ns);
typedef char *page_format(double value, char text[UNITS_SIZE]);
void page_cell_estimate(FILE *out, const struct estimate *estimate, page_format *format);

/* The style sheet, complete; *ret_style is the caller's to free. 0 or -ENOMEM. */
int report_style_make(char **ret_style);
/* "sha256-..." of it, as a content policy names it. */
#define STYLE_HASH_SIZE 64u
int report_style_hash(const char *style, char hash[STYLE_HASH_SIZE]);

/* The sections, in their order. */
int report_answer_write(const struct page *page);
int report_cards_write(const struct page *page);
int report_trust_write(const struct page *page);
int report_claims_write(const struct page *page);
int report_pictures_write(const struct page *page);
int report_tables_write(const struct page *page);
int report_sweeps_write(const struct page *page);
int report_costs_write(const struct page *page);
int report_method_write(const struct page *page);
/* Of all files together. */
int report_across_write(FILE *out, const struct page *pages, size_t count, const char *machines);
void report_glossary_write(FILE *out);
void report_long_texts_write(FILE *out, const struct report_texts *texts);

/* A drawing of gnuplot, cleared of what a page has once for all: its prolog and its style; ids get
 * the number of the file. 0, or what the system said of the file; -EBADMSG: no such drawing. */
int report_svg_write(FILE *out, const char *path, size_t number);
/* One picture of page->file->pictures ("time.svg"), with how to read it and its numbers. */
int report_figure_write(const struct page *page, const char *name);
/* The numbers of a picture as tables, for those who cannot see it. group: the one that it shows, or
 * NULL. Writes nothing for a kind whose numbers stand elsewhere: see report_numbers_elsewhere(). */
int report_numbers_write(const struct page *page, enum plot_kind kind, const struct group *group);
/* The same of those kinds that are drawn from curves and maps. */
int report_curves_write(const struct page *page, enum plot_kind kind, const struct group *group);
/* A sentence that says where, or NULL. */
const char *report_numbers_elsewhere(enum plot_kind kind);

#endif
