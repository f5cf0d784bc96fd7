/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/fingerprint.h"

#include <stdio.h>
#include <string.h>

/* In the order in which differences are told: the weightiest first. */
/* clang-format off */
const struct fingerprint_key fingerprint_keys[] = {
    {"arch", "machine.cpu.arch"},
    {"cpu", "machine.cpu.model"},
    {"cores", "machine.cpu.cores"},
    {"threads", "machine.cpu.threads"},
    {"cpus-allowed", "environment.cpus_allowed"},
    {"quota", "environment.cgroup_cpu_quota_milli"},
    {"virtualisation", "machine.virtualisation"},
    {"container", "machine.container"},
    {"kernel", "environment.kernel"},
    {"governor", "environment.governor"},
    {"turbo", "environment.turbo"},
    {"smt", "environment.smt"},
    {"clock", "environment.clock.source"},
    {"aslr", "environment.aslr"},
    {"thp", "environment.thp"},
    {"malloc-perturb", "environment.malloc_perturb"},
    {"libc", "environment.libc"},
    {"compiler", "tool.build.compiler"},
    {"options", "tool.build.options"},
    {"buildtype", "tool.build.buildtype"},
    {"sanitizers", "tool.build.sanitizers"},
    {"version", "tool.version"},
    {"pin", "config.pin"},
    {"stamps", "config.stamps"},
    {"warmup-blocks", "config.warmup_blocks"},
    {"blocks", "config.blocks"},
    {NULL, NULL},
};
/* clang-format on */

uint32_t fingerprint_bit(const char *name)
{
    for (uint32_t i = 0; fingerprint_keys[i].name; i++) {
        if (strcmp(fingerprint_keys[i].name, name) == 0) {
            return (uint32_t)1 << i;
        }
    }
    return 0;
}

static const json_t *head_value(const struct record *record, const char *path)
{
    const json_t *node = record->head;

    while (node && *path) {
        size_t length = strcspn(path, ".");
        char step[40];

        snprintf(step, sizeof(step), "%.*s", (int)length, path);
        node = json_object_get(node, step);
        path += length + (path[length] == '.');
    }
    return node;
}

uint32_t fingerprint_difference(const struct record *a, const struct record *b)
{
    uint32_t bits = 0;

    for (uint32_t i = 0; fingerprint_keys[i].name; i++) {
        const json_t *left = head_value(a, fingerprint_keys[i].path);
        const json_t *right = head_value(b, fingerprint_keys[i].path);

        if (left || right) {
            bits |= (uint32_t)!json_equal(left, right) << i;
        }
    }
    return bits;
}

static void array_text(const json_t *array, char text[FINGERPRINT_TEXT_SIZE])
{
    size_t used = (size_t)snprintf(text, FINGERPRINT_TEXT_SIZE, "%s",
                                   json_array_size(array) > 0 ? "" : "none");
    const json_t *value;
    size_t i;

    json_array_foreach(array, i, value)
    {
        const char *word = json_string_value(value);

        if (word && used + strlen(word) + 2 < FINGERPRINT_TEXT_SIZE) {
            used += (size_t)snprintf(text + used, FINGERPRINT_TEXT_SIZE - used, "%s%s",
                                     i > 0 ? "," : "", word);
        }
    }
}

char *fingerprint_text(const struct record *record, const struct fingerprint_key *key,
                       char text[FINGERPRINT_TEXT_SIZE])
{
    static const char linux_word[] = "Linux ";
    const json_t *value = head_value(record, key->path);
    const char *string = json_string_value(value);

    if (string) {
        bool kernel = strncmp(string, linux_word, sizeof(linux_word) - 1) == 0;

        snprintf(text, FINGERPRINT_TEXT_SIZE, "%s", string + (kernel ? sizeof(linux_word) - 1 : 0));
    } else if (json_is_integer(value) && strstr(key->path, "_milli")) {
        snprintf(text, FINGERPRINT_TEXT_SIZE, "%.3g", (double)json_integer_value(value) / 1000);
    } else if (json_is_integer(value)) {
        snprintf(text, FINGERPRINT_TEXT_SIZE, "%lld", (long long)json_integer_value(value));
    } else if (json_is_array(value)) {
        array_text(value, text);
    } else {
        snprintf(text, FINGERPRINT_TEXT_SIZE, "%s",
                 json_is_true(value)    ? "on"
                 : json_is_false(value) ? "off"
                 : json_is_null(value)  ? "none"
                                        : "unknown");
    }
    return text;
}
