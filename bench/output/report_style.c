/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the page looks. Colours are those of the pictures: text has 4.5 : 1 or more on what it
 * stands on, in both themes, and nothing is told by colour alone. The policy of the page names
 * the sheet by its hash, so text of a result file cannot add to it. */
#include "base/base64.h"
#include "base/stream.h"
#include "output/report_parts.h"
#include "output/svg_theme.h"

#include <errno.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

static const char sheet[] =
    ":root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--muted:#57606a;--line:#d5d9de;"
    "--band:#f1f3f5;--serial:#57606a;--pthread:#00508f;--thread-pool:#1b6eb3;--fork:#a43d00;"
    "--process-pool:#955200;--link:#00508f;--warn:#8a4600;--warn-band:#fff4e0}"
    "@media screen and "
    "(prefers-color-scheme:dark){:root{--page:#14171c;--text:#e6e9ee;--muted:#a3abb5;"
    "--line:#363d47;--band:#20252c;--serial:#a3abb5;--pthread:#6db4f0;--thread-pool:#aedaff;"
    "--fork:#ff8a52;--process-pool:#ffd490;--link:#8cc8ff;--warn:#ffd490;--warn-band:#2e281c}}"
    "*{box-sizing:border-box}"
    "html{-webkit-text-size-adjust:100%;text-size-adjust:100%}"
    "body{margin:0;background:var(--page);color:var(--text);overflow-wrap:anywhere;"
    "font:1rem/1.55 system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\",\"DejaVu Sans\",sans-serif}"
    "main,footer{max-width:64rem;margin:0 auto;padding:1.5rem 1.25rem}"
    "article+article{margin-top:3rem;border-top:2px solid var(--line);padding-top:2rem}"
    "h1,h2,h3,h4,h5{line-height:1.25;margin:0 0 .6rem;text-wrap:balance}"
    "h1{font-size:1.55rem;font-weight:650;letter-spacing:-.01em}"
    "h2{font-size:1.3rem;margin-top:2.6rem}h3{font-size:1.05rem;margin-top:1.8rem}"
    "h4{font-size:1rem;margin-top:1.4rem}p,ul,dl{margin:0 0 .8rem}"
    "a{color:var(--link)}"
    ".run,.question,.below,figcaption,footer,.sum,caption,.measure{color:var(--muted)}"
    ".run,.below,figcaption,footer,caption,.measure{font-size:.9rem}"
    ".run{margin-bottom:1.2rem}.question{margin:0 0 .2rem;font-weight:600}"
    "nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;"
    "font-size:.95rem;margin-top:1rem}"
    ".skip{position:absolute;left:-100vw}.skip:focus{left:1rem;top:1rem;background:var(--page);"
    "padding:.5rem .8rem;z-index:1}"
    ":focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}"
    ".hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);"
    "white-space:nowrap}"
    ".plain{list-style:none;padding:0}.plain li{margin-bottom:.45rem}"
    ".cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:.9rem;"
    "list-style:none;padding:0}"
    ".card{background:var(--band);border-radius:.5rem;padding:.9rem 1rem;"
    "border-left:.3rem solid var(--muted)}"
    ".card h3,.card h4{margin:0;font-size:.95rem;font-weight:600;color:var(--muted)}"
    ".card p{margin:.15rem 0 0;font-size:.88rem;line-height:1.45}"
    ".card .word{font-size:1.3rem;font-weight:650;margin:.05rem 0 .35rem;line-height:1.2}"
    ".threads{border-color:var(--pthread)}.threads .word{color:var(--pthread)}"
    ".processes{border-color:var(--fork)}.processes .word{color:var(--fork)}"
    ".trust ul{border-left:.3rem solid var(--warn);background:var(--warn-band);padding:.9rem 1rem;"
    "border-radius:.5rem}.trust li:last-child{margin:0}.warning>strong{color:var(--warn)}"
    "figure{margin:0 0 2rem}.picture,.wide{position:relative;overflow-x:auto;max-width:100%}"
    ".picture svg{display:block;width:100%;min-width:44rem;height:auto}"
    ".picture text,.picture tspan{font-family:system-ui,-apple-system,\"Segoe UI\",\"Noto Sans\","
    "\"DejaVu Sans\",sans-serif}"
    "figcaption{margin:.3rem 0 .4rem;max-width:48rem}"
    "details{margin:.4rem 0}summary{cursor:pointer;color:var(--link);width:fit-content;"
    "max-width:100%}"
    "table{border-collapse:collapse;font-size:.9rem;font-variant-numeric:tabular-nums;"
    "margin:.9rem 0 .3rem}"
    ".times{width:100%;min-width:40rem}"
    "caption{text-align:left;padding:.2rem 0 .35rem}caption strong{color:var(--text);"
    "font-size:1rem;margin-right:.4rem}"
    "th,td{padding:.22rem .6rem;text-align:right;border-bottom:1px solid var(--line);"
    "white-space:nowrap}"
    "th:first-child,td:first-child,.name{text-align:left;padding-left:0}"
    "thead th{font-weight:600;color:var(--muted);font-size:.82rem}"
    "tbody th{font-weight:600}.fastest td{font-weight:650}.fastest th{font-weight:750}"
    "th.serial{color:var(--serial)}th.pthread{color:var(--pthread)}"
    "th.thread-pool{color:var(--thread-pool)}th.fork{color:var(--fork)}"
    "th.process-pool{color:var(--process-pool)}"
    "td.bar{width:32%;min-width:8rem;padding:.22rem .6rem}td.bar svg{display:block;width:100%;"
    "height:.75rem}rect.serial{fill:var(--serial)}rect.pthread{fill:var(--pthread)}"
    "rect.thread-pool{fill:var(--thread-pool)}rect.fork{fill:var(--fork)}"
    "rect.process-pool{fill:var(--process-pool)}rect.other{fill:var(--muted)}"
    ".claims td,.claims th{white-space:normal;vertical-align:top;text-align:left;"
    "padding:.5rem .7rem .5rem 0}.claims{width:100%}.claims th:first-child{width:27%}"
    ".claims td:nth-child(2){width:11rem;font-weight:650}.claims p{margin:0 0 .2rem}"
    "dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.25rem 1.2rem;"
    "font-size:.92rem}dt{color:var(--muted)}dd{margin:0}"
    "code,pre{font-family:ui-monospace,\"DejaVu Sans Mono\",monospace;font-size:.88em}"
    ".glossary dl{grid-template-columns:minmax(6rem,auto) 1fr;max-width:48rem}"
    "@media(max-width:40rem){main,footer{padding:1rem .9rem}h1{font-size:1.35rem}"
    ".claims thead{display:none}.claims tr,.claims td,.claims th{display:block;width:auto}"
    ".claims td,.claims th:first-child,.claims td:nth-child(2){border:0;padding:.15rem 0;"
    "width:auto}.claims tr{border-bottom:1px solid var(--line);padding:.5rem 0}"
    "dl,.glossary dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}"
    "@media print{body{font-size:10pt}main,footer{max-width:none;padding:0}nav,.skip{display:none}"
    ".card,figure,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}"
    ".picture svg,.times{min-width:0}.picture,.wide{overflow:visible}"
    "th,td{padding:.15rem .35rem}}";

/* The rules by which svg_theme() makes one picture fit for both themes, for all of them. */
static void put_picture_rules(FILE *out)
{
    static const char *const attributes[] = {"fill", "stroke", "color", NULL};

    fputs("@media screen and (prefers-color-scheme:dark){", out);
    for (const char *const *attribute = attributes; *attribute; attribute++) {
        for (const struct svg_colour *colour = svg_colours; colour->light; colour++) {
            fprintf(out, ".picture [%s=\"%s\"]{%s:%s}", *attribute, colour->light, *attribute,
                    colour->dark);
        }
        fprintf(out, ".picture [%s=\"black\"]{%s:%s}", *attribute, *attribute, svg_colours[1].dark);
    }
    fputc('}', out);
}

int report_style_make(char **ret_style)
{
    char *style = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&style, &size);

    if (!out) {
        return -ENOMEM;
    }
    fputs(sheet, out);
    put_picture_rules(out);
    if (stream_end(out, &style) < 0) {
        return -ENOMEM;
    }
    *ret_style = style;
    return 0;
}

int report_style_hash(const char *style, char hash[STYLE_HASH_SIZE])
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA2_CTX context;
    FILE *out = fmemopen(hash, STYLE_HASH_SIZE, "w");

    if (!out) {
        return -ENOMEM;
    }
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)style, strlen(style));
    SHA256Final(digest, &context);
    struct base64_encoder encoder = {.out = out};
    fputs("sha256-", out);
    base64_encode(&encoder, digest, sizeof(digest));
    base64_end(&encoder);
    return fclose(out) == 0 ? 0 : -ENOMEM;
}
