/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SVG for light and dark pages, made from what gnuplot draws. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>

#include "output/svg_theme.h"
#include "tests/unit/plot_fixture.h"

#define ROOT "<?xml version=\"1.0\"?>\n<svg \n viewBox=\"0 0 400 300\"\n xmlns=\"x\"\n>\n"

static const struct svg_words words = {"fig", "Title", "Words"};

/* Themes body inside a root element and compares what comes out behind the style sheet. */
static void theme_gives(const char *body, const char *expected)
{
    char source[1024], *themed;

    snprintf(source, sizeof(source), ROOT "%s</svg>\n", body);
    assert_int_equal(svg_theme(source, &words, &themed), 0);
    char *start = strstr(themed, "</style>\n\n"), *end = strstr(themed, "</svg>");
    assert_non_null(start);
    assert_non_null(end);
    *end = '\0';
    assert_string_equal(start + strlen("</style>\n\n"), expected);
    free(themed);
}

static void colours_get_one_spelling(void **state)
{
    (void)state;
    theme_gives("<path stroke='rgb(  0,  80, 143)' d='M 1,2'/>",
                "<path stroke=\"#00508f\" d=\"M 1,2\"/>");
    theme_gives("<g fill = \"#FFFFFF\" color=\"black\">", "<g fill=\"#ffffff\" color=\"black\">");
}

static void ids_and_references_get_the_prefix(void **state)
{
    (void)state;
    theme_gives("<use xlink:href='#gpPt5' id='gpPt6'/>",
                "<use xlink:href=\"#fig-gpPt5\" id=\"fig-gpPt6\"/>");
    theme_gives("<rect fill = 'url(#gpPat1)' filter='url(#textbox)'/>",
                "<rect fill=\"url(#fig-gpPat1)\" filter=\"url(#fig-textbox)\"/>");
}

static void bold_fonts_are_said_in_the_words_of_svg(void **state)
{
    (void)state;
    theme_gives("<g font-family=\"Sans:Bold\" font-size=\"20\">",
                "<g font-family=\"Sans\" font-weight=\"bold\" font-size=\"20\">");
}

static void text_between_tags_is_left_alone(void **state)
{
    static const char text[] = "<text>rgb( 1, 2, 3) id='x' url(#y) &lt;b&gt; #FFFFFF</text>";

    (void)state;
    theme_gives(text, text);
}

static void titles_of_gnuplot_are_replaced_by_ours(void **state)
{
    static const struct svg_words hostile = {"fig", "</title><script>alert(1)</script>",
                                             "a & \"b\""};
    char *themed;

    (void)state;
    assert_int_equal(svg_theme(ROOT "<title>plot</title><desc>gnuplot</desc>"
                                    "<g><title>/home/me/data.tsv</title></g></svg>",
                               &hostile, &themed),
                     0);
    assert_non_null(strstr(themed, "<title id=\"fig-title\">&lt;/title&gt;&lt;script&gt;"));
    assert_non_null(strstr(themed, "<desc id=\"fig-desc\">a &amp; &quot;b&quot;</desc>"));
    assert_non_null(strstr(themed, "role=\"img\" aria-labelledby=\"fig-title fig-desc\""));
    assert_non_null(strstr(themed, "viewBox=\"0 0 400 300\" width=\"400\" height=\"300\""));
    assert_null(strstr(themed, "<script"));
    assert_null(strstr(themed, "data.tsv"));
    assert_null(strstr(themed, ">plot<"));
    free(themed);
}

static void every_light_colour_has_a_dark_one(void **state)
{
    char *themed;

    (void)state;
    assert_int_equal(svg_theme(ROOT "</svg>", &words, &themed), 0);
    assert_non_null(strstr(themed, "@media (prefers-color-scheme:dark)"));
    for (const struct svg_colour *colour = svg_colours; colour->light; colour++) {
        char rule[80];

        snprintf(rule, sizeof(rule), "#fig [fill=\"%s\"]{fill:%s}", colour->light, colour->dark);
        assert_non_null(strstr(themed, rule));
    }
    free(themed);
}

static void what_is_no_svg_is_refused(void **state)
{
    static const char *const table[] = {
        "",
        "plain text",
        "<svg>",                                      /* no view box */
        ROOT "<title>never closed",                   /* an end of the file inside an element */
        ROOT "<svg viewBox=\"0 0 1 1\"></svg></svg>", /* a second root */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
        char *themed = NULL;

        assert_int_equal(svg_theme(table[i], &words, &themed), -EBADMSG);
        assert_null(themed);
    }
}

/* The value of `NAME = dark ? "#..." : "#..."` in style.gp. */
static int style_pair(const char *line, char dark[8], char light[8])
{
    char name[16];

    return sscanf(line, "%15[A-Z_] = dark ? \"%7[#0-9a-f]\" : \"%7[#0-9a-f]\"", name, dark,
                  light) == 3;
}

static void the_palette_is_that_of_the_scripts(void **state)
{
    char path[600], line[256], dark[8], light[8];
    size_t pairs = 0, colours = 0;

    (void)state;
    snprintf(path, sizeof(path), "%s/style.gp", fixture_scripts());
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof(line), file)) {
        const struct svg_colour *colour = svg_colours;

        if (style_pair(line, dark, light)) {
            while (colour->light && strcmp(colour->light, light) != 0) {
                colour++;
            }
            assert_non_null(colour->light);
            assert_string_equal(colour->dark, dark);
            pairs++;
        }
    }
    fclose(file);
    for (const struct svg_colour *colour = svg_colours; colour->light; colour++) {
        colours++;
    }
    assert_int_equal(pairs, colours);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_get_one_spelling),
        cmocka_unit_test(ids_and_references_get_the_prefix),
        cmocka_unit_test(bold_fonts_are_said_in_the_words_of_svg),
        cmocka_unit_test(text_between_tags_is_left_alone),
        cmocka_unit_test(titles_of_gnuplot_are_replaced_by_ours),
        cmocka_unit_test(every_light_colour_has_a_dark_one),
        cmocka_unit_test(what_is_no_svg_is_refused),
        cmocka_unit_test(the_palette_is_that_of_the_scripts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
