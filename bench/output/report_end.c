/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands once at the end of a page, however many files it tells of. */
#include "output/report_parts.h"

#include <string.h>

static const struct {
    const char *term, *meaning;
} glossary[] = {
    {"thread", "a line of work inside a program; all threads of a program see the same memory"},
    {"process", "a program of its own, with memory of its own; a crash ends only itself"},
    {"serial", "one task after another, without any workers: what all else is measured against"},
    {"pthread, fork", "a new thread, or a new process, for every task"},
    {"thread-pool, process-pool", "workers that are made once and take task after task"},
    {"task", "one piece of the work, such as one page to fetch or one number to test"},
    {"sample", "all tasks of a workload done once, timed"},
    {"epoch", "programs started anew, one a strategy, that take their samples side by side"},
    {"median", "half of the values are smaller, half are larger"},
    {"95 % interval", "where the true median lies, in 95 of 100 such runs; two strategies whose "
                      "ratio has an interval around 1 are not told apart"},
    {"× fastest", "how many times as long as the fastest strategy; compare this between machines, "
                  "not milliseconds"},
    {"≈", "no difference from the fastest: none beyond 2 %, with all of the interval"},
    {"?", "cannot tell: the interval leaves open whether there is a difference"},
    {"speed-up", "how many times as fast as serial"},
};

void report_glossary_write(FILE *out)
{
    fputs("<section class=\"glossary\">\n<h2 id=\"glossary\">Glossary</h2>\n<details><summary>What "
          "the words mean</summary>\n<dl>\n",
          out);
    for (size_t i = 0; i < sizeof(glossary) / sizeof(*glossary); i++) {
        html_element(out, "dt", NULL, glossary[i].term);
        html_element(out, "dd", NULL, glossary[i].meaning);
        fputc('\n', out);
    }
    fputs("</dl>\n</details>\n</section>\n", out);
}

void report_long_texts_write(FILE *out, const struct report_texts *texts)
{
    if (texts->count == 0) {
        return;
    }
    fputs("<section>\n<h2 id=\"texts\">Texts that were cut</h2>\n", out);
    for (size_t i = 0; i < texts->count; i++) {
        fprintf(out, "<details><summary>text %zu: %zu bytes</summary><p>", i + 1,
                strlen(texts->items[i]));
        html_text(out, texts->items[i]);
        fputs("</p></details>\n", out);
    }
    fputs("</section>\n", out);
}
