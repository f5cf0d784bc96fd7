/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/fitness_text.h"

#include "output/text.h"
#include "output/words.h"

#include <string.h>

#define LEVEL_WIDTH 6u
#define NAME_WIDTH 14u
#define INDENT 2u

/* Columns are made of GLUE, which no line is broken at and no blanks are merged of. */
static void write_column(FILE *out, const char *text, size_t width)
{
    fputs(text, out);
    for (size_t used = strlen(text); used < width; used++) {
        fputs(GLUE, out);
    }
}

static int write_check(FILE *out, const struct fitness_check *check, const struct style *style)
{
    struct paragraph line;
    int r = paragraph_begin(&line);

    if (r < 0) {
        return r;
    }
    write_column(line.file, fitness_level_names[check->level], LEVEL_WIDTH);
    write_column(line.file, check->name, NAME_WIDTH);
    fprintf(line.file, "%s%s%s", check->value, check->advice ? ": " : "",
            check->advice ? check->advice : "");
    return paragraph_end(&line, out, style, INDENT, INDENT + LEVEL_WIDTH + NAME_WIDTH);
}

static int write_sentence(FILE *out, const char *text, const struct style *style)
{
    struct paragraph line;
    int r = paragraph_begin(&line);

    if (r < 0) {
        return r;
    }
    fputs(text, line.file);
    return paragraph_end(&line, out, style, 0, INDENT);
}

static int write_sum(FILE *out, const struct fitness *fitness, const struct style *style)
{
    const size_t warnings = fitness_count(fitness, FITNESS_WARN);
    struct paragraph line;
    int r = paragraph_begin(&line);

    if (r < 0) {
        return r;
    }
    write_count(line.file, warnings, "warning");
    fputs(" and ", line.file);
    write_count(line.file, fitness_count(fitness, FITNESS_NOTE), "note");
    fprintf(line.file, " in %zu checks: %s", fitness->count,
            warnings > 0 ? "mind the warnings first." : "nothing stands in the way.");
    return paragraph_end(&line, out, style, 0, 0);
}

int fitness_write(FILE *out, const char *title, const struct fitness *fitness,
                  const struct style *style)
{
    int r = write_sentence(out, title, style);

    for (size_t i = 0; r == 0 && i < fitness->count; i++) {
        r = write_check(out, &fitness->checks[i], style);
    }
    return r < 0 ? r : write_sum(out, fitness, style);
}
