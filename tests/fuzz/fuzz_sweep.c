/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --sweep takes: a line each, one after the other into the same sweep. */
#include "harness/sweep.h"
#include "target.h"

#include <errno.h>

static void require_lists(const struct sweep *sweep)
{
    for (size_t axis = 0; axis < SWEEP_AXES; axis++) {
        const struct sweep_list *list = &sweep->axes[axis];

        REQUIRE(list->count <= SWEEP_VALUES_MAX);
        for (size_t i = 0; i < list->count; i++) {
            for (size_t j = 0; j < i; j++) {
                REQUIRE(list->values[i].number != list->values[j].number ||
                        list->values[i].huge != list->values[j].huge);
            }
            REQUIRE(axis == SWEEP_PARENT || axis == SWEEP_PAYLOAD || axis == SWEEP_STACK ||
                    list->values[i].number > 0);
            REQUIRE(axis == SWEEP_PARENT || !list->values[i].huge);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = target_text(data, size), *rest = text, *line;
    struct sweep sweep = {0};

    while ((line = strsep(&rest, "\n"))) {
        struct sweep before = sweep;
        char why[SWEEP_WHY_SIZE] = "";
        int r = sweep_add(&sweep, line, 1 + (unsigned)size % 256, why);

        REQUIRE(r == 0 || r == -EINVAL);
        if (r < 0) {
            REQUIRE(strlen(why) > 10);
            REQUIRE(memcmp(&before, &sweep, sizeof(sweep)) == 0);
        } else {
            REQUIRE(sweep_any(&sweep));
        }
        require_lists(&sweep);
    }
    free(text);
    return 0;
}
