/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output/export.h"

#include <string.h>

/* Alphabetical. */
const struct export_format *const export_formats[] = {
    &export_chrome_trace, &export_csv,         &export_google_benchmark, &export_hyperfine,
    &export_markdown,     &export_openmetrics, &export_pyperf,           NULL,
};

const struct export_format *export_find(const char *name)
{
    for (size_t i = 0; export_formats[i]; i++) {
        if (strcmp(export_formats[i]->name, name) == 0) {
            return export_formats[i];
        }
    }
    return NULL;
}
