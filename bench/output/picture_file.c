/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/picture_file.h"

#include "output/plot_data.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PICTURE_BYTES_MAX (64 << 20)

int picture_read(const char *path, char **ret_text)
{
    FILE *file = fopen(path, "re");
    struct stat status;
    char *text = NULL;
    int r = file ? 0 : -errno;

    if (r == 0 && fstat(fileno(file), &status) < 0) {
        r = -errno;
    }
    if (r == 0 && (status.st_size <= 0 || status.st_size > PICTURE_BYTES_MAX)) {
        r = status.st_size <= 0 ? -EIO : -EFBIG;
    }
    if (r == 0) {
        text = malloc((size_t)status.st_size + 1);
        r = text ? 0 : -ENOMEM;
    }
    if (r == 0 && fread(text, 1, (size_t)status.st_size, file) != (size_t)status.st_size) {
        r = -EIO;
    }
    if (file) {
        fclose(file);
    }
    if (r < 0) {
        free(text);
        return r;
    }
    /* NOLINTNEXTLINE(clang-analyzer-core.*): errno is not 0 after a failure */
    text[status.st_size] = '\0';
    *ret_text = text;
    return 0;
}

int picture_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");

    if (!file) {
        return -errno;
    }
    fputs(text, file);
    return data_close(file);
}
