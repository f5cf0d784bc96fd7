/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded by test_saving.py: while the file $TVP_DISK_FAULT exists, a disk that fails where it
 * hurts most, when what was written is to be made safe. */
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int fsync(int fd)
{
    const char *path = getenv("TVP_DISK_FAULT");

    if (path && access(path, F_OK) == 0) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, fd);
}
