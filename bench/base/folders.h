/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TVP_FOLDERS_H
#define TVP_FOLDERS_H

/* mkdir -p: the folder and all above it, 0777 under the umask; those that are there are left
 * alone. Links in the path are followed: it is the user's own. 0 or a negative errno. */
int folders_make(const char *path);

#endif
