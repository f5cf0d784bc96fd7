/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture of plot_draw(), put into a page. Its own style sheet goes: the page's policy would not
 * let it work, and the page has the same rules once for all pictures. */
#include "output/picture_file.h"
#include "output/report_parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ID "tvp-"

/* A tag; what is "tvp-..." in it names an id, and gets the number of the file. */
static void put_tag(FILE *out, const char *tag, const char *end, size_t number)
{
    while (tag < end) {
        const char *id = memmem(tag, (size_t)(end - tag), ID, strlen(ID));

        if (!id) {
            break;
        }
        fwrite(tag, 1, (size_t)(id - tag), out);
        fprintf(out, ID "%zu-", number);
        tag = id + strlen(ID);
    }
    fwrite(tag, 1, (size_t)(end - tag), out);
}

int report_svg_write(FILE *out, const char *path, size_t number)
{
    char *text = NULL;
    int r = picture_read(path, &text);
    const char *p = r == 0 ? strstr(text, "<svg") : NULL;

    if (!p) {
        free(text);
        return r < 0 ? r : -EBADMSG;
    }
    while (*p) {
        const char *end = *p == '<' ? strchr(p, '>') : NULL;
        const char *style = end && strncmp(p, "<style", 6) == 0 ? strstr(end, "</style>") : NULL;

        if (style) {
            p = style + strlen("</style>");
        } else if (end && p[1] != '!' && p[1] != '?') {
            put_tag(out, p, end + 1, number);
            p = end + 1;
        } else if (end) {
            p = end + 1;
        } else {
            fputc(*p++, out); /* text between tags, which is escaped already */
        }
    }
    free(text);
    return 0;
}
