/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the article claims, what was measured of it, and what would measure it. */
#ifndef TVP_CLAIMS_TEXT_H
#define TVP_CLAIMS_TEXT_H

#include "analysis/claims.h"
#include "output/style.h"

#include <stdio.h>

struct claim_words {
    const char *claim;   /* as the article says it */
    const char *command; /* that measures it */
};
extern const struct claim_words claim_words[CLAIM_COUNT];

/* "holds", "does not hold in C", "cannot tell", ... */
const char *claim_state_word(enum claim_state state);
/* One line for every piece of evidence, or the command if there is none; unclean text for a
 * paragraph. groups are those that the claims were made of. */
void claim_evidence_write(FILE *out, const struct groups *groups, const struct claims *claims,
                          enum claim_name name);

/* All of them for a terminal. 0, -ENOMEM or -EIO. */
int claims_write(FILE *out, const struct groups *cold, const struct style *style);

#endif
