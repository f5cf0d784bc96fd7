/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/plot_data.h"

#include "base/units.h"
#include "output/plot_label.h"
#include "output/words.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The plain name ends at the first option. */
static size_t plain_length(const char *strategy)
{
    return strcspn(strategy, ":");
}

const char *strategy_look(const char *strategy)
{
    static const char *const looks[] = {"fork",   "process-pool", "pthread",
                                        "serial", "thread-pool",  NULL};
    size_t length = plain_length(strategy);

    for (const char *const *look = looks; *look; look++) {
        if (strlen(*look) == length && memcmp(*look, strategy, length) == 0) {
            return *look;
        }
    }
    return "other";
}

const char *row_look(const struct row *row)
{
    return strategy_look(row->series->strategy);
}

bool row_varies(const struct group *group, const struct row *row)
{
    const struct series *series = row->series;

    for (size_t i = 0; i < group->row_count; i++) {
        const struct series *other = group->rows[i].series;

        if (other->workers != series->workers && strcmp(other->strategy, series->strategy) == 0) {
            return true;
        }
    }
    return false;
}

void row_name(const struct group *group, const struct row *row, char name[ROW_NAME_SIZE])
{
    const struct series *series = row->series;
    bool several = row_varies(group, row);

    label_clean(series->strategy, name, ROW_NAME_SIZE);
    label_cut(name, 24);
    if (several && series->workers == 0) {
        label_add(name, ROW_NAME_SIZE, " (all)");
    } else if (several) {
        label_add(name, ROW_NAME_SIZE, " (%" PRIu64 ")", series->workers);
    }
}

void group_rare(const struct group *group, char text[GROUP_NAME_SIZE])
{
    char parent[PARENT_TEXT_SIZE], variant[GROUP_NAME_SIZE];

    text[0] = '\0';
    if (group->parent.bytes > 0) {
        label_add(text, GROUP_NAME_SIZE, "%s", parent_text(&group->parent, parent));
    }
    if (group->variant) {
        label_clean(group->variant, variant, sizeof(variant));
        label_cut(variant, 24);
        label_add(text, GROUP_NAME_SIZE, "%s%s", text[0] ? ", " : "", variant);
    }
}

void group_name(const struct groups *groups, const struct group *group, char name[GROUP_NAME_SIZE])
{
    char summary[GROUP_NAME_SIZE], rare[GROUP_NAME_SIZE];
    size_t same = 0;

    for (size_t i = 0; i < groups->count; i++) {
        same += strcmp(groups->items[i].workload, group->workload) == 0;
    }
    label_clean(group->workload, name, GROUP_NAME_SIZE);
    label_cut(name, 24);
    if (same > 1 && group->summary) {
        label_clean(group->summary, summary, sizeof(summary));
        label_cut(summary, 24);
        label_add(name, GROUP_NAME_SIZE, " (%s)", summary);
    }
    group_rare(group, rare);
    label_add(name, GROUP_NAME_SIZE, "%s%s", rare[0] ? ", " : "", rare);
}

void row_excuse(const struct row *row, char *text, size_t size)
{
    static const struct style plain = {.width = 80};
    struct paragraph paragraph;
    char *words = NULL;

    if (paragraph_begin(&paragraph) == 0) {
        write_reason(paragraph.file, row);
        words = paragraph_take(&paragraph, &plain);
    }
    snprintf(text, size, "%s", words ? words : "no time");
    free(words);
}

struct time_unit {
    double from, factor;
    const char *name;
};

static const struct time_unit *time_unit_of(double ns)
{
    static const struct time_unit units[] = {
        {999.5e6, 1e9, "s"}, {999.5e3, 1e6, "ms"}, {999.5, 1e3, "µs"}, {-INFINITY, 1, "ns"}};
    const struct time_unit *unit = units;

    while (ns < unit->from) {
        unit++;
    }
    return unit;
}

void time_texts(const struct estimate *time, char value[TIME_TEXT_SIZE], char range[TIME_TEXT_SIZE])
{
    const struct time_unit *unit = time_unit_of(time->value);
    double median = time->value / unit->factor;
    int decimals = median >= 99.95 ? 0 : median >= 9.995 ? 1 : 2, most = decimals + 1;
    char low[TIME_TEXT_SIZE], high[TIME_TEXT_SIZE];

    if (!estimate_has_interval(time)) {
        snprintf(value, TIME_TEXT_SIZE, "%.*f %s", decimals, median, unit->name);
        snprintf(range, TIME_TEXT_SIZE, "–");
        return;
    }
    for (;; decimals++) {
        snprintf(low, sizeof(low), "%.*f", decimals, time->low / unit->factor);
        snprintf(high, sizeof(high), "%.*f", decimals, time->high / unit->factor);
        if (strcmp(low, high) != 0 || decimals >= most || time->low >= time->high) {
            break;
        }
    }
    snprintf(value, TIME_TEXT_SIZE, "%.*f %s", decimals, median, unit->name);
    snprintf(range, TIME_TEXT_SIZE, "%.18s – %.18s", low, high);
}

int data_open(const char *stem, const char *what, const char *columns, FILE **ret_file)
{
    char *path;

    if (asprintf(&path, "%s.%s.tsv", stem, what) < 0) {
        return -ENOMEM;
    }
    FILE *file = fopen(path, "we");
    int r = file ? 0 : -errno;
    free(path);
    if (!file) {
        return r;
    }
    fprintf(file, "# %s\n", columns);
    *ret_file = file;
    return 0;
}

int data_close(FILE *file)
{
    int r = 0;

    if (!file) {
        return 0;
    }
    if (ferror(file)) {
        r = -EIO;
    }
    if (fclose(file) != 0 && r == 0) {
        r = -errno;
    }
    return r;
}

void data_put_text(FILE *words, const char *name, const char *value)
{
    if (value[0]) { /* an empty last column is none at all for gnuplot */
        fprintf(words, "%s\t", name);
        label_put(words, value);
        fputc('\n', words);
    }
}

void data_put_number(FILE *words, const char *name, double value)
{
    fprintf(words, "%s\t%.10g\n", name, value);
}

size_t data_put_lines(FILE *words, const char *name, const char *text,
                      const struct label_room *room)
{
    char lines[2][LABEL_LINE_SIZE], numbered[32];
    static const char dot[] = "\u00a0\u00a0·\u00a0";
    size_t count = label_wrap(text, room, lines, 2);

    for (size_t i = 0; i < count && i < 2; i++) {
        size_t length = strlen(lines[i]), tail = sizeof(dot) - 1;

        if (length > tail && strcmp(lines[i] + length - tail, dot) == 0) {
            lines[i][length - tail] = '\0'; /* a dot that separates nothing any more */
        }
        snprintf(numbered, sizeof(numbered), "%s%zu", name, i + 1);
        data_put_text(words, numbered, lines[i]);
    }
    return count;
}

double data_put_head(FILE *words, const struct plot_words *text)
{
    double room = PLOT_WIDTH - 2 * PLOT_MARGIN;
    size_t titles =
        data_put_lines(words, "title", text->title, PLOT_ROOM(room, PLOT_FACTOR_TITLE, true));
    size_t methods =
        data_put_lines(words, "method", text->method, PLOT_ROOM(room, PLOT_FACTOR_METHOD, false));

    if (text->group > 0) { /* gnuplot has no use for it: the report's numbers have */
        data_put_number(words, "group", (double)text->group);
    }
    data_put_number(words, "method_y", 31 + 27 * (double)titles);
    return 31 + 27 * (double)titles + 21 * (double)methods;
}
