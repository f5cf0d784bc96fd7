/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The claims of the article beside what this machine measured. */
#include "output/claims_text.h"
#include "output/report_parts.h"

static int claim_row_write(const struct page *page, const struct claims *claims,
                           enum claim_name name)
{
    struct paragraph lines;
    int r = paragraph_begin(&lines);

    if (r < 0) {
        return r;
    }
    fputs("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">", page->out);
    html_text(page->out, claim_words[name].claim);
    fputs("</th><td role=\"cell\">", page->out);
    html_text(page->out, claim_state_word(claims->items[name].state));
    fputs("</td><td role=\"cell\">\n", page->out);
    claim_evidence_write(lines.file, &page->cold, claims, name);
    r = page_lines(page->out, &lines, "p",
                   claims->items[name].state == CLAIM_NO_DATA ? "measure" : NULL);
    fputs("</td></tr>\n", page->out);
    return r;
}

int report_claims_write(const struct page *page)
{
    struct claims claims;
    int r = claims_make(&page->cold, &claims);

    if (r < 0) {
        return r;
    }
    fputs("<section>\n", page->out);
    page_heading(page, 0, "claims", "What people say, tested");
    /* On a phone its rows are blocks, and what is a block is no row any more unless it says so. */
    fputs(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"Claims\">\n"
        "<table class=\"claims\" role=\"table\"><caption>What is said of Python&#39;s threads and "
        "processes, and "
        "what this machine measured in C, where no interpreter lock stands between "
        "threads.</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">"
        "<th scope=\"col\" role=\"columnheader\">claim</th>"
        "<th scope=\"col\" role=\"columnheader\">here</th><th scope=\"col\" role=\"columnheader\">"
        "measured, with 95 % intervals</th></tr></thead>\n<tbody role=\"rowgroup\">\n",
        page->out);
    for (enum claim_name name = 0; name < CLAIM_COUNT && r == 0; name++) {
        r = claim_row_write(page, &claims, name);
    }
    fputs("</tbody></table></div>\n</section>\n", page->out);
    claims_release(&claims);
    return r;
}
