/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/noise_text.h"

#include "base/units.h"
#include "output/compare_parts.h"
#include "output/json_parts.h"
#include "output/text.h"
#include "output/words.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define ENOUGH 20u /* comparisons for a 95th percentile */

/* "3 of 500 comparisons (0.6 %, 95 % interval 0.1 to 1.7 %)" */
static void write_rate(FILE *out, size_t hits, size_t count, const char *noun)
{
    struct estimate rate = binomial_estimate(hits, count, CONFIDENCE);

    fprintf(out, "%zu of %zu %s", hits, count, noun);
    if (count > 0) {
        fprintf(out, " (%.1f" GLUE "%%, 95" GLUE "%% interval %.1f to %.1f" GLUE "%%)",
                100 * rate.value, 100 * rate.low, 100 * rate.high);
    }
}

static char *percent_text(double logs, char text[UNITS_SIZE])
{
    double percent = 100 * (exp(logs) - 1);

    if (isnan(percent)) {
        return strcpy(text, "-");
    }
    snprintf(text, UNITS_SIZE, "%.*f %%", percent < 9.95 ? 1 : 0, percent);
    return text;
}

static void write_row_of(FILE *out, const struct noise_subject *subject)
{
    struct noise_summary summary = noise_summarise(subject);
    char name[40], floor[UNITS_SIZE], half[UNITS_SIZE], time[UNITS_SIZE];

    snprintf(name, sizeof(name), "%.20s", subject->workload);
    if (subject->planted > 0) {
        snprintf(name, sizeof(name), "%.16s +%.3g %%", subject->workload, 100 * subject->planted);
    }
    fprintf(out, "  %-20s %11zu %10s %10s %10s %9zu\n", name, subject->count,
            percent_text(summary.floor, floor), percent_text(summary.half_width, half),
            format_duration((double)summary.measured_ns, time),
            subject->planted > 0 ? summary.found : summary.told);
}

static int write_verdict(FILE *out, const struct noise_report *report, const struct style *style)
{
    struct paragraph text;
    size_t count = 0, told = 0, judged = 0, outside = 0, fewest = SIZE_MAX;
    int r = paragraph_begin(&text);

    for (size_t i = 0; i < report->count && r == 0; i++) {
        const struct noise_subject *subject = &report->subjects[i];
        struct noise_summary summary = noise_summarise(subject);

        fewest = subject->count < fewest ? subject->count : fewest;
        if (subject->planted > 0) {
            fprintf(text.file, "A real %+.3g" GLUE "%% of work in %s was found in ",
                    100 * subject->planted, subject->workload);
            write_rate(text.file, summary.found, subject->count, "comparisons");
            fputs(". ", text.file);
            continue;
        }
        count += subject->count;
        told += summary.told;
        judged += summary.judged;
        outside += summary.outside;
    }
    if (r == 0 && count > 0) {
        fputs("Equal code was called different in ", text.file);
        write_rate(text.file, told, count, "comparisons");
        fputs("; the interval left out 1 in ", text.file);
        write_rate(text.file, outside, judged, "that have one");
        fputs(".", text.file);
    }
    if (r == 0 && fewest < ENOUGH) {
        fprintf(text.file,
                " With %zu comparisons the floor is hardly more than the largest that was seen: "
                "--comparisons 20 or more tells it.",
                fewest);
    }
    return r < 0 ? r : paragraph_end(&text, out, style, 0, 0);
}

static int write_flags(FILE *out, const struct noise_report *report, const struct style *style)
{
    const struct flag_counts *flags = &report->flags;
    struct paragraph text;
    int r = flags->planted > 0 ? paragraph_begin(&text) : 1;

    if (r == 0) {
        fputs("A planted load (one busy process) was flagged in ", text.file);
        write_rate(text.file, flags->caught, flags->planted, "epochs beside it");
        fputs(", and whatever else went on here in ", text.file);
        write_rate(text.file, flags->flagged, flags->others, "epochs without it");
        fputc('.', text.file);
        r = paragraph_end(&text, out, style, 0, 0);
    }
    return r < 0 ? r : 0;
}

int noise_write(FILE *out, const struct noise_report *report, const struct style *style)
{
    fprintf(out,
            "Equal cells, measured side by side and compared: %llu epochs each.\n\n"
            "  %-20s %11s %10s %10s %10s %9s\n",
            (unsigned long long)report->epochs, "", "comparisons", "floor", "half-width",
            "measuring", "different");
    for (size_t i = 0; i < report->count; i++) {
        write_row_of(out, &report->subjects[i]);
    }
    fputs("\nfloor: 19 of 20 differences between equal cells are smaller; half-width: of the\n"
          "95 % interval, the median; measuring: of one comparison.\n",
          out);
    int r = write_verdict(out, report, style);
    r = r < 0 ? r : write_flags(out, report, style);
    return r < 0 ? r : text_done(out);
}

static json_t *rate_json(size_t hits, size_t count)
{
    struct estimate rate = binomial_estimate(hits, count, CONFIDENCE);

    return json_pack("{s:I, s:I, s:o, s:f, s:f}", "count", (json_int_t)hits, "of",
                     (json_int_t)count, "rate", json_finite(rate.value), "low", rate.low, "high",
                     rate.high);
}

static json_t *pairs_json(const struct noise_subject *subject)
{
    json_t *list = json_array();

    for (size_t i = 0; i < subject->count; i++) {
        const struct noise_pair *pair = &subject->pairs[i];

        json_add(&list,
                 json_pack("{s:s, s:o, s:o, s:o, s:I, s:s, s:b, s:I}", "strategy", pair->strategy,
                           "ratio", json_finite(pair->ratio.value), "low",
                           json_finite(pair->ratio.low), "high", json_finite(pair->ratio.high),
                           "epochs", (json_int_t)pair->ratio.count, "verdict",
                           change_word(pair->change), "loud", pair->loud, "measured_ns",
                           (json_int_t)pair->measured_ns));
    }
    return list;
}

json_t *noise_to_json(const struct noise_report *report)
{
    const struct flag_counts *flags = &report->flags;
    json_t *subjects = json_array();

    for (size_t i = 0; i < report->count; i++) {
        const struct noise_subject *subject = &report->subjects[i];
        struct noise_summary summary = noise_summarise(subject);

        json_add(&subjects,
                 json_pack("{s:s, s:f, s:o, s:o, s:o, s:o, s:o, s:I, s:o}", "workload",
                           subject->workload, "planted", subject->planted, "floor",
                           json_finite(exp(summary.floor) - 1), "half_width",
                           json_finite(exp(summary.half_width) - 1), "told",
                           rate_json(summary.told, subject->count), "found",
                           rate_json(summary.found, subject->count), "outside",
                           rate_json(summary.outside, summary.judged), "measured_ns",
                           (json_int_t)summary.measured_ns, "comparisons", pairs_json(subject)));
    }
    return json_pack("{s:I, s:f, s:o, s:{s:o, s:o}}", "epochs", (json_int_t)report->epochs,
                     "margin", MARGIN, "subjects", subjects, "load", "caught",
                     rate_json(flags->caught, flags->planted), "flagged",
                     rate_json(flags->flagged, flags->others));
}
