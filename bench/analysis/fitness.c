/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/fitness.h"

#include "analysis/fitness_parts.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *const fitness_level_names[] = {"ok", "note", "warn"};

void finding_set(struct fitness_finding *finding, enum fitness_level level, const char *advice,
                 const char *format, ...)
{
    va_list list;

    finding->level = level;
    finding->advice = level == FITNESS_OK ? NULL : advice;
    va_start(list, format);
    (void)vsnprintf(finding->value, sizeof(finding->value), format, list);
    va_end(list);
    /* Text of a result file gets in, and may be cut in the middle of a character. */
    for (char *c = finding->value; *c; c++) {
        if (*c < ' ' || *c > '~') {
            *c = '?';
        }
    }
}

void fitness_add(struct fitness *fitness, const char *name, const struct fitness_finding *finding)
{
    if (!finding->value[0]) {
        return;
    }
    assert(fitness->count < FITNESS_CHECKS_MAX);
    struct fitness_check *check = &fitness->checks[fitness->count++];
    check->name = name;
    check->level = finding->level;
    check->advice = finding->advice;
    memcpy(check->value, finding->value, sizeof(check->value));
}

const json_t *fact(const json_t *facts, const char *section, const char *name)
{
    return json_object_get(json_object_get(facts, section), name);
}

bool fact_count(const json_t *facts, const char *section, const char *name, json_int_t *ret_value)
{
    const json_t *value = fact(facts, section, name);

    if (!json_is_integer(value)) {
        return false;
    }
    *ret_value = json_integer_value(value);
    return true;
}

bool fact_true(const json_t *facts, const char *section, const char *name)
{
    return json_is_true(fact(facts, section, name));
}

const char *fact_text(const json_t *facts, const char *section, const char *name)
{
    return json_string_value(fact(facts, section, name));
}

void fitness_apply(const struct fitness_rule *rules, const json_t *facts, struct fitness *fitness)
{
    for (; rules->name; rules++) {
        struct fitness_finding finding = {0};

        rules->check(facts, &finding);
        fitness_add(fitness, rules->name, &finding);
    }
}

void fitness_check_machine(const json_t *facts, struct fitness *fitness)
{
    fitness_apply(fitness_clock_rules, facts, fitness);
    fitness_apply(fitness_sharing_rules, facts, fitness);
    fitness_apply(fitness_limit_rules, facts, fitness);
}

size_t fitness_count(const struct fitness *fitness, enum fitness_level level)
{
    size_t count = 0;

    for (size_t i = 0; i < fitness->count; i++) {
        count += fitness->checks[i].level == level;
    }
    return count;
}

json_t *fitness_to_json(const struct fitness *fitness)
{
    json_t *checks = json_array();
    int failed = checks ? 0 : -1;

    for (size_t i = 0; i < fitness->count; i++) {
        const struct fitness_check *check = &fitness->checks[i];

        failed |= json_array_append_new(checks,
                                        json_pack("{s:s, s:s, s:s, s:s?}", "id", check->name,
                                                  "level", fitness_level_names[check->level],
                                                  "value", check->value, "advice", check->advice));
    }
    if (failed) {
        json_decref(checks);
        return NULL;
    }
    return checks;
}
