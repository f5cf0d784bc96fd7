/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TVP_PINNING_H
#define TVP_PINNING_H

/* One CPU of each core that we may use, as tvp-trial --cpus takes them: "0,2". The caller frees
 * *ret_cpus. -EOPNOTSUPP if this machine does not tell its cores, with a sentence in why
 * (HARNESS_WHY_SIZE bytes); -ENOMEM. */
int pinning_cpus(char **ret_cpus, char *why);

#endif
