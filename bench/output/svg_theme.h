/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes an SVG of gnuplot fit for pages: light and dark in one file, ids that do not collide when
 * several are put into one page, and a title and description for those who cannot see it. */
#ifndef TVP_SVG_THEME_H
#define TVP_SVG_THEME_H

#include <stddef.h>

struct svg_words {
    const char *id;          /* prefix of all ids: letters, digits and "-" */
    const char *title;       /* plain text, escaped here */
    const char *description; /* plain text, escaped here */
};

/* Every colour of style.gp, in both themes. Ends with light NULL. */
struct svg_colour {
    const char *light, *dark; /* "#rrggbb" */
};
extern const struct svg_colour svg_colours[];

/* svg: what gnuplot drew in the light theme. *ret_svg is the caller's to free. -EBADMSG: not an
 * SVG as gnuplot writes it; -ENOMEM. Only tags are changed, never the text between them. */
int svg_theme(const char *svg, const struct svg_words *words, char **ret_svg);

#endif
