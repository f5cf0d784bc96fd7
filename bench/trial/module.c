/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/module.h"

#include "base/options.h"
#include "base/program.h"
#include "build_config.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX ".so"

void module_folder(char folder[PATH_MAX])
{
    char own[PATH_MAX], beside[PATH_MAX];

    if (program_folder(own) == 0 &&
        snprintf(beside, sizeof(beside), "%s/../workloads", own) < (int)sizeof(beside) &&
        realpath(beside, folder)) {
        return;
    }
    snprintf(folder, PATH_MAX, "%s", TVP_MODULE_DIR);
}

static int ends_with_suffix(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > strlen(SUFFIX) && strcmp(entry->d_name + length - strlen(SUFFIX), SUFFIX) == 0;
}

char **module_names(void)
{
    char folder[PATH_MAX];
    struct dirent **entries = NULL;

    module_folder(folder);
    int count = scandir(folder, &entries, ends_with_suffix, alphasort);
    bool complete = count >= 0 || errno == ENOENT;
    count = count < 0 ? 0 : count;
    char **names = calloc((size_t)count + 1, sizeof(*names));
    for (int i = 0; i < count; i++) {
        if (names) {
            names[i] = strndup(entries[i]->d_name, strlen(entries[i]->d_name) - strlen(SUFFIX));
            complete = complete && names[i];
        }
        free(entries[i]);
    }
    free(entries);
    if (!complete) {
        module_names_free(names);
        return NULL;
    }
    return names;
}

void module_names_free(char **names)
{
    for (char **name = names; name && *name; name++) {
        free(*name);
    }
    free(names);
}

static int unknown_module(const char *name, char *why)
{
    char **names = module_names();
    const char *nearest = names ? nearest_name(name, (const char *const *)names) : NULL;

    snprintf(why, MODULE_WHY_SIZE, "unknown workload '%.60s'%s%s%s", name,
             nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    module_names_free(names);
    return -ENOENT;
}

/* Where the module lies: in our folder, or where the user says. */
static int module_path(const char *name, char path[PATH_MAX], char *why)
{
    char folder[PATH_MAX];

    if (strchr(name, '/')) {
        if (!realpath(name, path)) {
            snprintf(why, MODULE_WHY_SIZE, "%.200s: %s", name, strerror(errno));
            return -ENOENT;
        }
        return 0;
    }
    module_folder(folder);
    if (snprintf(path, PATH_MAX, "%s/%s" SUFFIX, folder, name) >= PATH_MAX ||
        access(path, F_OK) < 0) {
        return unknown_module(name, why);
    }
    return 0;
}

int module_load(const char *name, struct module *ret_module, char *why)
{
    struct module module;
    char path[PATH_MAX];
    int r = module_path(name, path, why);

    if (r < 0) {
        return r;
    }
    /* The loader would wait for ever at a pipe that nobody writes to. */
    struct stat status;
    if (stat(path, &status) < 0 || !S_ISREG(status.st_mode)) {
        snprintf(why, MODULE_WHY_SIZE, "%.200s is no regular file", name);
        return -ENOEXEC;
    }
    errno = 0;
    module.handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!module.handle) {
        /* Not documented, but left by whatever failed inside: no fault of the module. */
        bool scarce = errno == ENOMEM || errno == EMFILE || errno == ENFILE;
        r = scarce ? -errno : -ENOEXEC;
        const char *error = dlerror();

        snprintf(why, MODULE_WHY_SIZE, "%s: %.200s",
                 scarce ? "module cannot be loaded" : "no workload module",
                 error ? error : strerror(-r));
        return r;
    }
    module.workload = dlsym(module.handle, "tvp_workload");
    if (!module.workload) {
        snprintf(why, MODULE_WHY_SIZE, "%.200s is no workload module: it has no tvp_workload",
                 path);
        dlclose(module.handle);
        return -ENOEXEC;
    }
    if (module.workload->contract != WORKLOAD_CONTRACT) {
        snprintf(why, MODULE_WHY_SIZE, "%.200s was made for contract %u, this program has %u", path,
                 module.workload->contract, WORKLOAD_CONTRACT);
        dlclose(module.handle);
        return -EPROTO;
    }
    if (!module.workload->name || !module.workload->run) {
        snprintf(why, MODULE_WHY_SIZE, "%.200s has no %s", path,
                 module.workload->name ? "run()" : "name");
        dlclose(module.handle);
        return -ENOEXEC;
    }
    *strrchr(path, '/') = '\0';
    memcpy(module.folder, path, sizeof(path));
    *ret_module = module;
    return 0;
}

void module_unload(struct module *module)
{
    if (module->handle) {
        dlclose(module->handle);
        module->handle = NULL;
    }
}
