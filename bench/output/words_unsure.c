/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four verdicts, and of "cannot tell" the reason and the remedy. */
#include "output/words.h"

#include "record/load.h"

#include <math.h>

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

void write_unsure(FILE *out, const struct group *group, const struct estimate *ratio,
                  enum unsure unsure, uint64_t more_epochs)
{
    switch (unsure) {
    case UNSURE_NOT:
        return;
    case UNSURE_FEW:
        fputs("fewer than 6" GLUE "epochs", out);
        return;
    case UNSURE_WIDE:
        write_doubt(out, ratio);
        fputs(", about ", out);
        write_count(out, more_epochs, "more epoch");
        return;
    case UNSURE_MARGIN:
        write_doubt(out, ratio);
        fprintf(out, " about a difference of %.0f" GLUE "%%", 100 * MARGIN);
        return;
    case UNSURE_UNPROVEN:
        fputs("unproven: serial differs from itself by ", out);
        write_percent(out, 100 * expm1(fabs(log(group->placebo_ratio.value))));
        return;
    case UNSURE_LOUD:
        write_loud(out, group);
        return;
    }
}
