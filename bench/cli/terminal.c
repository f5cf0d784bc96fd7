/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/terminal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_MIN 60u
#define WIDTH_USUAL 80u /* where it is not known: a file, a pipe */
#define WIDTH_MAX 120u

static bool color_wanted(FILE *out)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(fileno(out)) && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

/* The locale is only asked for its character set: numbers keep their points everywhere. */
static bool has_utf8(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool utf8 = locale && strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;

    if (locale) {
        freelocale(locale);
    }
    return utf8;
}

int terminal_style(FILE *out, const char *color, bool ascii, struct style *ret_style)
{
    struct style style = {.ascii = ascii || !has_utf8(), .width = WIDTH_USUAL};
    struct winsize size;

    if (strcmp(color, "auto") == 0) {
        style.color = color_wanted(out);
    } else if (strcmp(color, "always") == 0 || strcmp(color, "never") == 0) {
        style.color = color[0] == 'a';
    } else {
        return -EINVAL;
    }
    if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        style.width = size.ws_col < WIDTH_MIN   ? WIDTH_MIN
                      : size.ws_col < WIDTH_MAX ? size.ws_col
                                                : WIDTH_MAX;
    }
    *ret_style = style;
    return 0;
}

bool terminal_reader_left(void)
{
    struct pollfd stream = {.fd = STDOUT_FILENO, .events = POLLOUT};

    return poll(&stream, 1, 0) == 1 && (stream.revents & POLLERR);
}
