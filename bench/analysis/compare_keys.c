/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys: what a series of a file is called when rows, columns and tables are made of it. */
#include "analysis/compare_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const compare_key_names[] = {
    [KEY_WORKLOAD] = "workload",
    [KEY_ARGUMENTS] = "arguments",
    [KEY_STRATEGY] = "strategy",
    [KEY_WORKERS] = "workers",
    [KEY_LABEL] = "label",
    [KEY_CREATED] = "created",
    [KEY_MACHINE] = "machine",
    [KEY_KERNEL] = "kernel",
    [KEY_CONTAINER] = "container",
    [KEY_FILE] = "file",
    [KEY_COUNT] = NULL,
};

static unsigned key_bit(const char *word, size_t length)
{
    for (unsigned i = 0; compare_key_names[i]; i++) {
        if (strlen(compare_key_names[i]) == length &&
            strncmp(compare_key_names[i], word, length) == 0) {
            return KEY_BIT(i);
        }
    }
    return 0;
}

int compare_keys_parse(const char *text, unsigned *ret_keys, const char **ret_wrong)
{
    unsigned keys = 0;

    for (const char *p = text;; p++) {
        size_t length = strcspn(p, ",");
        unsigned bit = key_bit(p, length);

        if (!bit) {
            *ret_wrong = p;
            return -EINVAL;
        }
        keys |= bit;
        p += length;
        if (!*p) {
            break;
        }
    }
    *ret_keys = keys;
    return 0;
}

/* "2025-01-15T10:42:07Z" -> "2025-01-15 10:42:07" */
static char *created_text(const struct record *record)
{
    const char *created = record_text(record, "created");
    char *text = strdup(created ? created : "undated");
    char *letter = text && created ? strchr(text, 'T') : NULL;

    if (letter) {
        *letter = ' ';
        text[strcspn(text, "Z")] = '\0';
    }
    return text;
}

static char *join_text(const char *a, const char *b, const char *c)
{
    char *text = NULL;

    return asprintf(&text, "%s%s%s", a, b, c) < 0 ? NULL : text;
}

static char *machine_text(const struct record *record)
{
    static const struct fingerprint_key cores = {"cores", "machine.cpu.cores"};
    const char *model = record_text(record, "machine.cpu.model");
    char count[FINGERPRINT_TEXT_SIZE];

    return join_text(model ? model : "unknown CPU", ", cores ",
                     fingerprint_text(record, &cores, count));
}

static char *arguments_text(const struct group *group)
{
    const char *arguments = group->arguments ? group->arguments : "";
    char tasks[40 + PARENT_TEXT_SIZE], parent[PARENT_TEXT_SIZE];

    snprintf(tasks, sizeof(tasks), "%s%stasks=%" PRIu64,
             group->parent.bytes > 0 ? parent_text(&group->parent, parent) : "",
             group->parent.bytes > 0 ? " " : "", group->tasks);
    char *work = join_text(arguments, arguments[0] ? " " : "", tasks);
    if (!work || !group->variant) {
        return work;
    }
    char *text = join_text(work, " variant=", group->variant);
    free(work);
    return text;
}

static char *workers_text(const struct series *series)
{
    char count[40];

    snprintf(count, sizeof(count), "%" PRIu64 " worker%s", series->workers,
             series->workers == 1 ? "" : "s");
    return strdup(series->workers ? count : "a worker a task");
}

char *key_text(const struct comparison *comparison, const struct unit *unit, enum compare_key key)
{
    const struct compare_file *file = &comparison->files[unit->file];
    const char *text = NULL;

    switch (key) {
    case KEY_WORKLOAD:
        text = unit->group->workload;
        break;
    case KEY_ARGUMENTS:
        return arguments_text(unit->group);
    case KEY_STRATEGY:
        text = unit->row->series->strategy;
        break;
    case KEY_WORKERS:
        return workers_text(unit->row->series);
    case KEY_LABEL:
        text = record_text(file->record, "machine.label");
        break;
    case KEY_CREATED:
        return created_text(file->record);
    case KEY_MACHINE:
        return machine_text(file->record);
    case KEY_KERNEL:
        text = record_text(file->record, "environment.kernel");
        break;
    case KEY_CONTAINER:
        text = record_text(file->record, "machine.container");
        break;
    case KEY_FILE:
        text = file->name;
        break;
    case KEY_COUNT:
        break;
    }
    return strdup(text ? text : "unknown");
}

char *keys_text(const struct comparison *comparison, const struct unit *unit, unsigned keys)
{
    char *joined = strdup("");

    for (unsigned i = 0; i < KEY_COUNT && joined; i++) {
        if (keys & KEY_BIT(i)) {
            char *next = key_text(comparison, unit, (enum compare_key)i), *longer = NULL;

            if (!next || asprintf(&longer, "%s%s%s", joined, joined[0] ? " " : "", next) < 0) {
                longer = NULL;
            }
            free(next);
            free(joined);
            joined = longer;
        }
    }
    return joined;
}

static const char *file_label(const struct compare_file *file)
{
    const char *label = record_text(file->record, "machine.label");

    return label ? label : "unknown";
}

static char *file_name(const struct compare_file *files, size_t count, size_t index)
{
    bool alone = true;

    for (size_t i = 0; i < count && alone; i++) {
        alone = i == index || strcmp(file_label(&files[i]), file_label(&files[index])) != 0;
    }
    if (alone) {
        return strdup(file_label(&files[index]));
    }
    char *created = created_text(files[index].record);
    char *name = created ? join_text(file_label(&files[index]), " ", created) : NULL;

    free(created);
    return name;
}

int files_name(struct compare_file *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t same = 1;
        char *plain = file_name(files, count, i);

        if (!plain) {
            return -ENOMEM;
        }
        for (size_t j = 0; j < i; j++) {
            size_t length = strlen(plain);

            same +=
                strncmp(files[j].name, plain, length) == 0 &&
                (files[j].name[length] == '\0' || strncmp(files[j].name + length, " (", 2) == 0);
        }
        char number[32] = "";
        if (same > 1) {
            snprintf(number, sizeof(number), " (%zu)", same);
        }
        files[i].name = join_text(plain, number, "");
        free(plain);
        if (!files[i].name) {
            return -ENOMEM;
        }
    }
    return 0;
}
