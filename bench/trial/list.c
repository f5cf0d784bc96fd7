/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What exists, as JSON: the harness knows strategies and workloads only from here. */
#include "trial/list.h"

#include "base/json_text.h"
#include "strategies/strategy.h"
#include "trial/module.h"

#include <errno.h>
#include <inttypes.h>

static const char *const type_names[] = {
    [PARAM_COUNT] = "number",        [PARAM_SIZE] = "size",   [PARAM_DURATION] = "duration",
    [PARAM_CHOICE] = "choice",       [PARAM_TEXT] = "text",   [PARAM_COUNTS] = "numbers",
    [PARAM_DURATIONS] = "durations", [PARAM_TEXTS] = "words",
};

static void print_member(const char *name, const char *text, FILE *out)
{
    fprintf(out, ",\"%s\":", name);
    json_write_text(out, text);
}

static void print_params(const char *member, const struct param *params, FILE *out)
{
    fprintf(out, ",\"%s\":[", member);
    for (const struct param *param = params; param && param->name; param++) {
        fputs(param == params ? "{\"name\":" : ",{\"name\":", out);
        json_write_text(out, param->name);
        print_member("type", type_names[param->type], out);
        print_member("default", param->standard, out);
        print_member("help", param->help, out);
        if (param->choices) {
            print_member("choices", param->choices, out);
        }
        fputc('}', out);
    }
    fputc(']', out);
}

static void print_strategy(const struct strategy *strategy, FILE *out)
{
    fputs("{\"name\":", out);
    json_write_text(out, strategy->name);
    print_member("summary", strategy->summary, out);
    fprintf(out,
            ",\"processes\":%s,\"kept\":%s,\"shares_memory\":%s,\"isolates\":%s,\"stops_tasks\":%s"
            ",\"caller\":%s",
            strategy->traits & TRAIT_PROCESSES ? "true" : "false",
            strategy->traits & TRAIT_KEPT ? "true" : "false",
            strategy->traits & TRAIT_SHARES_MEMORY ? "true" : "false",
            strategy->traits & TRAIT_ISOLATES ? "true" : "false",
            strategy->traits & TRAIT_STOPS_TASKS ? "true" : "false",
            strategy->traits & TRAIT_CALLER ? "true" : "false");
    print_params("options", strategy->options, out);
    fputc('}', out);
}

static void print_workload(const char *name, FILE *out)
{
    char why[MODULE_WHY_SIZE];
    struct module module;

    fputs("{\"name\":", out);
    json_write_text(out, name);
    if (module_load(name, &module, why) < 0) {
        print_member("broken", why, out);
    } else {
        print_member("summary", module.workload->summary, out);
        fprintf(out, ",\"tasks\":%u,\"waits\":%s,\"starts_programs\":%s", module.workload->tasks,
                module.workload->waits ? "true" : "false",
                module.workload->starts_programs ? "true" : "false");
        print_params("params", module.workload->params, out);
        module_unload(&module);
    }
    fputc('}', out);
}

int list_print(FILE *out)
{
    char **names = module_names();

    if (!names) {
        return -ENOMEM;
    }
    fputs("{\"strategies\":[", out);
    for (size_t i = 0; strategies[i]; i++) {
        fputs(i ? "," : "", out);
        print_strategy(strategies[i], out);
    }
    fputs("],\"workloads\":[", out);
    for (char **name = names; *name; name++) {
        fputs(name == names ? "" : ",", out);
        print_workload(*name, out);
    }
    module_names_free(names);
    fputs("]}\n", out);
    return 0;
}
