/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workload modules: where they lie and how one is loaded. */
#ifndef TVP_MODULE_H
#define TVP_MODULE_H

#include "workloads/workload.h"

#include <limits.h>

#define MODULE_WHY_SIZE 300u

struct module {
    const struct workload *workload;
    char folder[PATH_MAX]; /* that it was loaded from */
    void *handle;
};

/* The folder of the modules that come with this program: beside it in a build tree, else where
 * it was installed. */
void module_folder(char folder[PATH_MAX]);

/* name: of a module in that folder, or the path of a user's own (it contains a slash). -ENOENT,
 * -ENOEXEC (no module), -EPROTO (made for another version), -ENOMEM, -EMFILE or -ENFILE; why says
 * so in one sentence. */
int module_load(const char *name, struct module *ret_module, char *why);
void module_unload(struct module *module);

/* Names of all modules in the folder, sorted; ends with NULL. NULL without memory. */
char **module_names(void);
void module_names_free(char **names);

#endif
