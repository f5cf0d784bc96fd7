/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that several charts use. */
#include "base/units.h"
#include "output/charts.h"

#include <inttypes.h>
#include <math.h>

char *duration_short(double ns, char text[TIME_TEXT_SIZE])
{
    static const struct {
        double from, factor;
        const char *name;
    } units[] = {{995e6, 1e9, "s"}, {995e3, 1e6, "ms"}, {995, 1e3, "µs"}, {-INFINITY, 1, "ns"}};
    size_t unit = 0;

    while (!(ns >= units[unit].from)) {
        unit++;
    }
    double value = ns / units[unit].factor;
    snprintf(text, TIME_TEXT_SIZE, "%.*f\u00a0%s",
             value < 0.0995  ? 3
             : value < 0.995 ? 2
             : value < 9.95  ? 1
                             : 0,
             value, units[unit].name);
    return text;
}

char *size_short(double bytes, char *text)
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    size_t unit = 0;

    while (bytes >= 999.5 && unit < 4) {
        bytes /= 1024;
        unit++;
    }
    snprintf(text, UNITS_SIZE, "%.*f\u00a0%s", bytes < 9.95 && unit > 0 ? 1 : 0, bytes,
             units[unit]);
    return text;
}

void method_epochs(size_t epochs, bool intervals, char *text, size_t size)
{
    label_add(text, size, DOT "mark: median of %zu\u00a0epoch%s, %sfaint: each epoch", epochs,
              epochs == 1 ? "" : "s", intervals ? "bar: its 95\u00a0% interval, " : "");
}

void strategy_name(const char *strategy, uint64_t workers, char name[ROW_NAME_SIZE])
{
    label_clean(strategy, name, ROW_NAME_SIZE);
    label_cut(name, 24);
    if (workers > 0) {
        label_add(name, ROW_NAME_SIZE, " (%" PRIu64 ")", workers);
    }
}
