/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Wrapping. GLUE is still in the text here, so that "1.78 ×" stays on one line. */
#include "base/stream.h"
#include "output/text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int paragraph_begin(struct paragraph *paragraph)
{
    paragraph->bytes = NULL;
    paragraph->size = 0;
    paragraph->file = open_memstream(&paragraph->bytes, &paragraph->size);
    return paragraph->file ? 0 : -ENOMEM;
}

static char *paragraph_close(struct paragraph *paragraph)
{
    (void)stream_end(paragraph->file, &paragraph->bytes);
    paragraph->file = NULL;
    return paragraph->bytes;
}

char *paragraph_take(struct paragraph *paragraph, const struct style *style)
{
    char *text = paragraph_close(paragraph);

    return text ? text_clean(text, style) : NULL;
}

struct wrapper {
    FILE *out;
    unsigned width, rest, column;
    bool begun; /* something beside the indent stands in this line */
};

static void wrapper_break(struct wrapper *wrapper)
{
    fprintf(wrapper->out, "\n%*s", (int)wrapper->rest, "");
    wrapper->column = wrapper->rest;
    wrapper->begun = false;
}

static void wrapper_add(struct wrapper *wrapper, const char *word)
{
    unsigned width = text_width(word);
    size_t length = strlen(word);

    if (wrapper->begun && wrapper->column + 1 + width > wrapper->width) {
        wrapper_break(wrapper);
    } else if (wrapper->begun) {
        fputc(' ', wrapper->out);
        wrapper->column++;
    }
    while (wrapper->column + width > wrapper->width) {
        size_t head = text_fit(word, length, wrapper->width - wrapper->column);

        fwrite(word, 1, head, wrapper->out);
        word += head;
        length -= head;
        width = text_width(word);
        wrapper_break(wrapper);
    }
    fwrite(word, 1, length, wrapper->out);
    wrapper->column += width;
    wrapper->begun = true;
}

int paragraph_end(struct paragraph *paragraph, FILE *out, const struct style *style, unsigned first,
                  unsigned rest)
{
    char *text = paragraph_close(paragraph);
    struct wrapper wrapper = {.out = out, .width = style_width(style), .rest = rest};

    if (!text) {
        return -ENOMEM;
    }
    char *state = NULL, *word = strtok_r(text, " ", &state);
    if (word) {
        fprintf(out, "%*s", (int)first, "");
        wrapper.column = first;
        for (; word; word = strtok_r(NULL, " ", &state)) {
            wrapper_add(&wrapper, text_clean(word, style));
        }
        fputc('\n', out);
    }
    free(text);
    return text_done(out);
}
