/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four verdicts, and of "cannot tell" the reason and the remedy. */
#include "output/words.h"

#include "analysis/evidence.h"
#include "analysis/holm.h"
#include "record/load.h"

#include <inttypes.h>
#include <math.h>

#define EPOCHS_HOPELESS 1000u /* nobody measures so many */

const char *standing_word(enum standing standing)
{
    static const char *const words[] = {
        [STANDING_FASTEST] = "fastest",    [STANDING_SLOWER] = "slower",
        [STANDING_FASTER] = "faster",      [STANDING_SAME] = "no difference",
        [STANDING_UNSURE] = "cannot tell", [STANDING_FAILED] = "",
    };

    return words[standing];
}

static void write_percent(FILE *out, double percent)
{
    fprintf(out, "%.*f" GLUE "%%", percent < 0.95 ? 1 : 0, percent);
}

void write_doubt(FILE *out, const struct estimate *ratio)
{
    fputs("±", out);
    write_percent(out, 100 * (sqrt(ratio->high / ratio->low) - 1));
}

static void write_where(FILE *out, const struct doubt *doubt)
{
    if (doubt->where) {
        fprintf(out, " in %s", doubt->where);
    }
}

static void write_loud(FILE *out, const struct group *group)
{
    /* Time taken away by the hypervisor, and pressure, are no foreign load. */
    if (group->foreign * 1000 > LOAD_FOREIGN_LIMIT) {
        fputs("foreign load ", out);
        write_percent(out, 100 * group->foreign);
    } else {
        fputs("others disturbed most of its epochs", out);
    }
}

static void write_wide(FILE *out, const struct doubt *doubt)
{
    write_doubt(out, doubt->ratio);
    if (doubt->epochs > EPOCHS_HOPELESS) {
        fputs(", more epochs will hardly help", out);
        return;
    }
    fputs(", about ", out);
    write_count(out, doubt->epochs, "more epoch");
    write_where(out, doubt);
}

static void write_rows(FILE *out, const struct doubt *doubt)
{
    if (doubt->epochs > 0) {
        fprintf(out, "fewer than %" PRIu64 GLUE "epochs, too few for %zu comparisons at once",
                doubt->epochs, doubt->comparisons);
    } else {
        fprintf(out, "clear alone, but of %zu comparisons some are so by chance",
                doubt->comparisons);
    }
}

void write_unsure(FILE *out, const struct doubt *doubt)
{
    switch (doubt->why) {
    case UNSURE_NOT:
        return;
    case UNSURE_FEW:
        fprintf(out, "fewer than %" PRIu64 GLUE "epochs", doubt->epochs);
        write_where(out, doubt);
        return;
    case UNSURE_WIDE:
        write_wide(out, doubt);
        return;
    case UNSURE_MARGIN:
        write_doubt(out, doubt->ratio);
        fprintf(out, " about a difference of %.3g" GLUE "%%", 100 * doubt->margin);
        return;
    case UNSURE_UNPROVEN:
        fputs("unproven: serial differs from itself by ", out);
        write_percent(out, 100 * expm1(fabs(log(doubt->group->placebo_ratio.value))));
        write_where(out, doubt);
        return;
    case UNSURE_LOUD:
        write_loud(out, doubt->group);
        write_where(out, doubt);
        return;
    case UNSURE_ROWS:
        write_rows(out, doubt);
        return;
    case UNSURE_CLEAN:
        fprintf(out, "fewer than %" PRIu64 GLUE "undisturbed epochs in a file", doubt->epochs);
        return;
    case UNSURE_SPAN:
        fputs("the epochs of a file span less than 5" GLUE "min, the machine's moods last longer",
              out);
        return;
    case UNSURE_RUNS:
        write_doubt(out, doubt->ratio);
        fputs(", for runs of this machine differ by ", out);
        write_percent(out, 100 * expm1(doubt->spread));
        fputs(": measure both in one run", out);
        return;
    case UNSURE_SERIES:
        fputs("not of the same series as the first column", out);
        return;
    }
}

const char *doubt_word(enum unsure doubt)
{
    return doubt == UNSURE_LOUD ? "others disturbed it" : "serial differs from itself";
}

void write_group_unsure(FILE *out, const struct group *group, const struct estimate *ratio,
                        enum unsure unsure, uint64_t more_epochs)
{
    struct doubt doubt = {
        .why = unsure,
        .ratio = ratio,
        .group = group,
        .margin = MARGIN,
        .epochs = more_epochs,
        .comparisons = group->comparisons,
    };

    if (unsure == UNSURE_FEW) {
        doubt.epochs = evidence_needed(CONFIDENCE);
    } else if (unsure == UNSURE_ROWS) {
        doubt.epochs = holm_fewest(group->comparisons, CONFIDENCE);
    }
    write_unsure(out, &doubt);
}
