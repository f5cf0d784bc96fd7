/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/program.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

int program_folder(char folder[PATH_MAX])
{
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof(self));

    if (length < 0) {
        return -errno;
    }
    char *slash = memrchr(self, '/', (size_t)length);
    if (!slash || length == sizeof(self)) {
        return -ENAMETOOLONG;
    }
    memcpy(folder, self, (size_t)(slash - self));
    folder[slash - self] = '\0';
    return 0;
}
