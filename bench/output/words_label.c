/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a group is called where several of one workload stand together: a sweep has many. */
#include "output/words.h"

#include <string.h>

static bool has_word(const char *text, const char *word, size_t length)
{
    for (const char *p = text; *p; p += strcspn(p, " ")) {
        p += strspn(p, " ");
        if (strcspn(p, " ") == length && strncmp(p, word, length) == 0) {
            return true;
        }
    }
    return false;
}

enum difference { DIFFERENT_WORD, DIFFERENT_PARENT, DIFFERENT_TASKS };

/* Whether another group of the workload lacks the word, the parent or the tasks of this one. */
static bool tells_apart(const struct groups *groups, const struct group *group,
                        enum difference what, const char *word, size_t length)
{
    for (size_t i = 0; i < groups->count; i++) {
        const struct group *other = &groups->items[i];

        if (other != group && strcmp(other->workload, group->workload) == 0 &&
            (what == DIFFERENT_WORD
                 ? !has_word(other->arguments ? other->arguments : "", word, length)
             : what == DIFFERENT_PARENT ? !parent_same(&other->parent, &group->parent)
                                        : other->tasks != group->tasks)) {
            return true;
        }
    }
    return false;
}

/* Arguments are "name=value" words, so those that differ are the words that another lacks. */
void write_label(FILE *out, const struct groups *groups, const struct group *group)
{
    const char *mine = group->arguments ? group->arguments : "";
    char parent[PARENT_TEXT_SIZE];

    fputs(group->workload, out);
    for (const char *p = mine + strspn(mine, " "); *p;) {
        size_t length = strcspn(p, " ");

        if (tells_apart(groups, group, DIFFERENT_WORD, p, length)) {
            fprintf(out, " %.*s", (int)length, p);
        }
        p += length;
        p += strspn(p, " ");
    }
    if (tells_apart(groups, group, DIFFERENT_PARENT, NULL, 0)) {
        fprintf(out, " %s", parent_text(&group->parent, parent));
    }
    if (tells_apart(groups, group, DIFFERENT_TASKS, NULL, 0)) {
        fputc(' ', out);
        write_count(out, group->tasks, "task");
    }
    if (group->variant) {
        fprintf(out, " (%s)", group->variant);
    }
}

char *label_text(const struct groups *groups, const struct group *group, const struct style *style)
{
    struct paragraph paragraph;

    if (paragraph_begin(&paragraph) < 0) {
        return NULL;
    }
    write_label(paragraph.file, groups, group);
    return paragraph_take(&paragraph, style);
}
