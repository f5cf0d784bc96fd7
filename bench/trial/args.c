/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/args.h"

#include "base/units.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {
    [PARAM_COUNT] = "number",
    [PARAM_SIZE] = "size, as in 64KiB",
    [PARAM_DURATION] = "duration, as in 20ms",
    [PARAM_CHOICE] = "known word",
    [PARAM_TEXT] = "text",
    [PARAM_COUNTS] = "number",
    [PARAM_DURATIONS] = "duration, as in 20ms",
    [PARAM_TEXTS] = "word",
};

static int no_memory(char *why)
{
    snprintf(why, ARGS_WHY_SIZE, "out of memory");
    return -ENOMEM;
}

static bool is_list(enum param_type type)
{
    return type == PARAM_COUNTS || type == PARAM_DURATIONS || type == PARAM_TEXTS;
}

static int parse_number(const struct param *param, const char *text, uint64_t *ret_value)
{
    switch (param->type) {
    case PARAM_SIZE:
        return parse_size(text, ret_value);
    case PARAM_DURATION:
    case PARAM_DURATIONS:
        return parse_duration(text, ret_value);
    default:
        return parse_count(text, ret_value);
    }
}

static int checked_number(const struct param *param, const char *text, uint64_t *ret_value,
                          char *why)
{
    uint64_t value;
    int r = parse_number(param, text, &value);

    if (r == 0 && (value < param->min || (param->max > 0 && value > param->max))) {
        r = -ERANGE;
    }
    if (r == -ERANGE) {
        snprintf(why, ARGS_WHY_SIZE, "%s: %.60s is out of range (%" PRIu64 " to %" PRIu64 ")",
                 param->name, text, param->min, param->max ? param->max : UINT64_MAX);
    } else if (r < 0) {
        snprintf(why, ARGS_WHY_SIZE, "%s: '%.60s' is no %s", param->name, text,
                 kind_names[param->type]);
    } else {
        *ret_value = value;
    }
    return r < 0 ? -EINVAL : 0;
}

/* The index of text among the words of choices. */
static int parse_choice(const struct param *param, const char *text, uint64_t *ret_index, char *why)
{
    size_t length = strlen(text);
    uint64_t index = 0;

    for (const char *p = param->choices; *p; index++) {
        size_t word = strcspn(p, " ");

        if (word == length && strncmp(p, text, word) == 0) {
            *ret_index = index;
            return 0;
        }
        p += word + (p[word] == ' ');
    }
    snprintf(why, ARGS_WHY_SIZE, "%s: '%.40s' is none of: %s", param->name, text, param->choices);
    return -EINVAL;
}

static void arg_release(struct arg *arg)
{
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): who is released is overwritten at once */
    free((void *)arg->numbers);
    if (arg->texts) {
        free((void *)arg->texts[0]);
        free((void *)arg->texts);
    }
    free((void *)arg->text);
}

/* Split a copy of the text at its commas; each entry must be something. */
static int parse_list(const struct param *param, const char *text, struct arg *arg, char *why)
{
    unsigned count = 1;

    for (const char *p = text; *p; p++) {
        count += *p == ',';
    }
    char *copy = strdup(text), *rest = copy;
    const char **texts = calloc(count, sizeof(*texts));
    uint64_t *numbers = calloc(count, sizeof(*numbers));
    if (!copy || !texts || !numbers) {
        free(copy);
        free(texts);
        free(numbers);
        return no_memory(why);
    }
    texts[0] = copy;
    arg->texts = texts;
    arg->numbers = numbers;
    for (arg->count = 0; arg->count < count; arg->count++) {
        const char *word = strsep(&rest, ",");

        texts[arg->count] = word;
        if (*word == '\0') {
            snprintf(why, ARGS_WHY_SIZE, "%s: empty entry in '%.60s'", param->name, text);
            return -EINVAL;
        }
        if (param->type != PARAM_TEXTS) {
            int r = checked_number(param, word, &numbers[arg->count], why);

            if (r < 0) {
                return r;
            }
        }
    }
    return 0;
}

static int arg_parse(const struct param *param, const char *text, struct arg *arg, char *why)
{
    struct arg parsed = {.text = strdup(text)};
    int r = parsed.text ? 0 : no_memory(why);

    if (r == 0 && param->type == PARAM_CHOICE) {
        r = parse_choice(param, text, &parsed.number, why);
    } else if (r == 0 && is_list(param->type)) {
        r = parse_list(param, text, &parsed, why);
    } else if (r == 0 && param->type != PARAM_TEXT) {
        r = checked_number(param, text, &parsed.number, why);
    }
    if (r < 0) {
        arg_release(&parsed);
        return r;
    }
    arg_release(arg);
    *arg = parsed;
    return 0;
}

int args_init(const struct param *params, struct args *ret_args)
{
    static const struct param none[] = {{0}};
    struct args args = {.params = params ? params : none};
    char why[ARGS_WHY_SIZE];

    while (args.params[args.count].name) {
        args.count++;
    }
    args.items = calloc(args.count + 1, sizeof(*args.items));
    int r = args.items ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < args.count; i++) {
        r = arg_parse(&args.params[i], args.params[i].standard, &args.items[i], why);
    }
    if (r < 0) {
        args_release(&args);
        return r;
    }
    *ret_args = args;
    return 0;
}

void args_release(struct args *args)
{
    for (size_t i = 0; args->items && i < args->count; i++) {
        arg_release(&args->items[i]);
    }
    free(args->items);
    args->items = NULL;
}

static int unknown_argument(const struct args *args, const char *name, int length, char *why)
{
    const char *are = args->count == 0 ? "are none" : args->count == 1 ? "is" : "are";
    size_t used = (size_t)snprintf(why, ARGS_WHY_SIZE, "no argument '%.*s'; there %s",
                                   length < 40 ? length : 40, name, are);

    for (size_t i = 0; i < args->count && used < ARGS_WHY_SIZE; i++) {
        used += (size_t)snprintf(why + used, ARGS_WHY_SIZE - used, "%s %s", i ? "," : "",
                                 args->params[i].name);
    }
    return -EINVAL;
}

int args_set(struct args *args, const char *assignment, char *why)
{
    size_t length = strcspn(assignment, "=");

    if (assignment[length] != '=' || length == 0) {
        snprintf(why, ARGS_WHY_SIZE, "'%.60s' is not of the form NAME=VALUE", assignment);
        return -EINVAL;
    }
    for (size_t i = 0; i < args->count; i++) {
        const char *name = args->params[i].name;

        if (strlen(name) == length && strncmp(name, assignment, length) == 0) {
            return arg_parse(&args->params[i], assignment + length + 1, &args->items[i], why);
        }
    }
    return unknown_argument(args, assignment, (int)length, why);
}

int args_set_all(struct args *args, const char *assignments, char *why)
{
    char *copy = strdup(assignments), *rest = copy, *assignment;
    int r = copy ? 0 : no_memory(why);

    while (r == 0 && (assignment = strsep(&rest, ":"))) {
        r = args_set(args, assignment, why);
    }
    free(copy);
    return r;
}

unsigned args_first_list(const struct args *args)
{
    for (size_t i = 0; i < args->count; i++) {
        if (is_list(args->params[i].type)) {
            return args->items[i].count;
        }
    }
    return 0;
}
