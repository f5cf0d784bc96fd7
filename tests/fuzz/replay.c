/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a fuzz target on files and folders of files, without libFuzzer: what was once found stays
 * found. */
#include "target.h"

#include <errno.h>
#include <ftw.h>
#include <sys/stat.h>

static unsigned count;

static int replay_file(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)walk;
    if (type != FTW_F) {
        return 0;
    }
    size_t size = (size_t)status->st_size;
    uint8_t *data = malloc(size + 1);
    FILE *file = fopen(path, "re");

    if (!data || !file || fread(data, 1, size, file) != size) {
        fprintf(stderr, "%s cannot be read\n", path);
        return 1;
    }
    fclose(file);
    fprintf(stderr, "%s\n", path); /* the last one is that which crashed */
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    count++;
    return 0;
}

int main(int argc, char **argv)
{
    int r = 0;

    for (int i = 1; i < argc && r == 0; i++) {
        r = nftw(argv[i], replay_file, 8, FTW_PHYS);
    }
    printf("%u inputs\n", count);
    return r == 0 && count > 0 ? 0 : 1;
}
