/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small files of /proc and /sys. A file that is not there is a fact that is not known. */
#include "record/probe.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int line_clean(char *line)
{
    size_t i;

    line[strcspn(line, "\n")] = '\0';
    for (i = 0; line[i]; i++) {
        if (line[i] < ' ' || line[i] > '~') {
            line[i] = '?';
        }
    }
    return i ? 0 : -ENODATA;
}

__attribute__((format(printf, 3, 0))) static int line_read(char *line, size_t size,
                                                           const char *format, va_list list)
{
    char path[PATH_MAX];
    ssize_t n;
    int fd, length;

    length = vsnprintf(path, sizeof(path), format, list);
    if (length < 0 || (size_t)length >= sizeof(path)) {
        return -ENAMETOOLONG;
    }
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        return -errno;
    }
    n = read(fd, line, size - 1);
    if (n < 0) {
        n = -errno;
        (void)close(fd);
        return (int)n;
    }
    (void)close(fd);
    line[n] = '\0';
    return line_clean(line);
}

int first_line_read(char *line, size_t size, const char *format, ...)
{
    va_list list;
    int r;

    va_start(list, format);
    r = line_read(line, size, format, list);
    va_end(list);
    return r;
}

int first_number_read(uint64_t *ret_value, const char *format, ...)
{
    char line[32] = "", *end;
    va_list list;
    uint64_t value;
    int r;

    va_start(list, format);
    r = line_read(line, sizeof(line), format, list);
    va_end(list);
    if (r) {
        return r;
    }
    errno = 0;
    value = strtoull(line, &end, 10);
    if (!isdigit((unsigned char)line[0]) || *end || errno) {
        return -EINVAL;
    }
    *ret_value = value;
    return 0;
}

char *bracketed_word(char *line)
{
    char *word = strchr(line, '[');
    char *end = word ? strchr(word, ']') : NULL;

    if (!end) {
        return NULL;
    }
    *end = '\0';
    return word + 1;
}

int member_add_text(json_t *object, const char *name, const char *text)
{
    return text && *text ? json_object_set_new(object, name, json_string(text)) : 0;
}

int member_add_count(json_t *object, const char *name, uint64_t value)
{
    return value ? json_object_set_new(object, name, json_integer((json_int_t)value)) : 0;
}
