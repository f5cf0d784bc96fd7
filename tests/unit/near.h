/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmocka before 1.1.6 compares floats, not doubles. */
#ifndef TVP_TEST_NEAR_H
#define TVP_TEST_NEAR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

static inline void check_near(double a, double b, double tolerance, const char *file, int line)
{
    if (!(fabs(a - b) <= tolerance)) {
        print_error("%.17g is not %.17g within %g\n", a, b, tolerance);
        _fail(file, line);
    }
}
#define assert_near(a, b, tolerance) check_near(a, b, tolerance, __FILE__, __LINE__)

#endif
