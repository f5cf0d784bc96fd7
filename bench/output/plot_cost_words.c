/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of the cost of a task, in pictures and in words. */
#include "base/units.h"
#include "output/plot_cost.h"
#include "output/words.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DOUBTFUL 1.3 /* an interval this wide makes a length "about" */

int cost_table_make(const struct record *record, const struct groups *groups, enum metric metric,
                    struct cost_table *ret_table)
{
    struct cost_table table = {.items = calloc(COSTS_MAX, sizeof(*table.items))};
    const char *workload = lengths_workload(groups);
    struct costs_key keys[COSTS_MAX];
    int64_t cores = record_number(record, "machine.cpu.cores", 0);
    size_t key_count = 0;
    int r = table.items ? 0 : -ENOMEM;

    if (r == 0) {
        r = workload ? lengths_make(groups, workload, &table.lengths) : -ENODATA;
    }
    if (r == 0) {
        key_count = costs_keys(&table.lengths, cores > 0 ? (uint64_t)cores : 0, keys, COSTS_MAX);
    }
    for (size_t i = 0; r == 0 && i < key_count; i++) {
        r = costs_make(&table.lengths, keys[i].strategy, keys[i].workers, metric,
                       &table.items[table.count]);
        table.count += r == 0;
        r = r == -ENODATA ? 0 : r;
    }
    if (r < 0 || table.count == 0) {
        cost_table_release(&table);
        return r < 0 ? r : -ENODATA;
    }
    *ret_table = table;
    return 0;
}

void cost_table_release(struct cost_table *table)
{
    if (table) {
        for (size_t i = 0; i < table->count; i++) {
            costs_release(&table->items[i]);
        }
        free(table->items);
        *table = (struct cost_table){.count = 0};
    }
}

/* "a thread", "a fork:channel=pipe" */
static void add_article(const char *strategy, char *text, size_t size)
{
    static const char *const words[][2] = {
        {"pthread", "thread"}, {"thread-pool", "thread pool"}, {"process-pool", "process pool"}};
    char name[ROW_NAME_SIZE];

    strategy_name(strategy, 0, name);
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (strcmp(name, words[i][0]) == 0) {
            snprintf(name, sizeof(name), "%s", words[i][1]);
        }
    }
    label_add(text, size, "a %s", name);
}

static void add_verdict(const struct costs *costs, bool first, char *text, size_t size)
{
    const char *perhaps = costs_settled(costs) ? "" : " perhaps";
    char length[TIME_TEXT_SIZE];

    add_article(costs->strategy, text, size);
    if (costs->outcome == BREAKEVEN_AT) {
        bool vague = !estimate_has_interval(&costs->length_at) ||
                     costs->length_at.high > DOUBTFUL * costs->length_at.low;
        label_add(text, size, "%s from %s%s%s", first ? " pays off" : "", first ? "tasks of " : "",
                  vague ? "about " : "", duration_short(costs->length_at.value, length));
    } else if (costs->outcome == BREAKEVEN_BELOW) {
        label_add(text, size, "%s%s below %s already", first ? " pays off" : "", perhaps,
                  duration_short(costs->from_ns, length));
    } else if (costs->outcome == BREAKEVEN_ABOVE) {
        label_add(text, size, "%s%s not up to %s", first ? " pays off" : "", perhaps,
                  duration_short(costs->to_ns, length));
    }
}

/* The two that a title has room for: a new worker for every task before pools, plain strategies
 * before those with options. Returns how many there are. */
static size_t costs_choose(const struct cost_table *table, const struct costs *chosen[2])
{
    static const char *const preferred[] = {"pthread", "fork", "thread-pool", "process-pool", NULL};
    size_t count = 0;

    for (const char *const *name = preferred;; name++) {
        for (size_t i = 0; i < table->count && count < 2; i++) {
            const struct costs *costs = &table->items[i];

            if (costs->outcome != BREAKEVEN_NONE && (count == 0 || chosen[0] != costs) &&
                (!*name || strcmp(costs->strategy, *name) == 0)) {
                chosen[count++] = costs;
            }
        }
        if (!*name) {
            return count;
        }
    }
}

void cost_finding(const struct cost_table *table, char *text, size_t size)
{
    const struct costs *chosen[2] = {NULL, NULL};
    size_t count = costs_choose(table, chosen);
    char words[300] = "";

    if (count == 0 && table->items[0].doubt != UNSURE_NOT) {
        label_add(text, size, "Cannot tell from which length on a task pays off, %s",
                  doubt_word(table->items[0].doubt));
        return;
    }
    if (count == 0) {
        label_add(text, size, "Too few measurements to tell from which length on a task pays off");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        label_add(words, sizeof(words), "%s", i > 0 ? ", " : "");
        add_verdict(chosen[i], i == 0, words, sizeof(words));
    }
    words[0] = (char)toupper((unsigned char)words[0]);
    label_add(text, size, "%s", words);
}

void cost_words(const struct chart_source *source, const struct cost_table *table,
                struct plot_words *words)
{
    const struct estimate *cost = &table->items[0].cost_ns[0];
    char *text = words->description, length[TIME_TEXT_SIZE], price[TIME_TEXT_SIZE];
    size_t size = sizeof(words->description);

    cost_finding(table, words->title, sizeof(words->title));
    label_add(words->method, sizeof(words->method), "%.40s: time ÷ tasks, %s",
              table->lengths.groups[0]->workload, plot_metric_words(source->metric));
    method_epochs(cost->count, estimate_has_interval(cost), words->method, sizeof(words->method));
    label_add(words->method, sizeof(words->method),
              DOT "ring: break-even, where a task costs what it takes serially");
    if (table->items[0].doubtful > 0) {
        label_add(words->method, sizeof(words->method),
                  DOT "%zu of %zu lengths are in no curve, %s", table->items[0].doubtful,
                  table->items[0].count, doubt_word(table->items[0].doubt));
    }
    plot_words_record(source->record, words->method, sizeof(words->method));
    label_add(text, size, "Cost of a task against its length.");
    for (size_t i = 0; i < table->count; i++) {
        const struct costs *costs = &table->items[i];

        label_add(text, size, " %s:", costs->strategy);
        if (costs->outcome == BREAKEVEN_NONE) {
            label_add(text, size, " no fit.");
            continue;
        }
        label_add(text, size, " %s a task", duration_short(costs->overhead_ns.value, price));
        if (costs->outcome == BREAKEVEN_AT) {
            label_add(text, size, ", break-even at %s",
                      duration_short(costs->length_at.value, length));
        }
        label_add(text, size, ".");
    }
}
