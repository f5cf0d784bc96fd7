/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tvp: threads or processes, and how many? */
#include "build_config.h"
#include "cli/command.h"
#include "cli/terminal.h"

#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

#define COMMANDS_MAX 32u

static int unknown_command(const char *name)
{
    const char *names[COMMANDS_MAX + 1] = {NULL};

    for (size_t i = 0; i < COMMANDS_MAX && commands[i]; i++) {
        names[i] = commands[i]->name;
    }
    const char *nearest = nearest_name(name, names);
    fprintf(stderr, "tvp: unknown command '%s'%s%s%s\n", name, nearest ? "; did you mean '" : "",
            nearest ? nearest : "; see tvp --help", nearest ? "'?" : "");
    return STATUS_USAGE;
}

/* Whoever closed a standard stream must not get his words into a result file that happens to be
 * opened in its place. Read-only: writing fails, and that is reported. */
static void fill_streams(void)
{
    int fd;

    do {
        fd = open("/dev/null", O_RDONLY);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0) {
        close(fd);
    }
}

/* A success that nobody could read is none. */
static int finish(const char *name, int status)
{
    if ((fflush(stdout) != 0 || ferror(stdout)) && !terminal_reader_left()) {
        fprintf(stderr, "tvp%s%s: cannot write the output\n", *name ? " " : "", name);
        return status > STATUS_FAILED ? status : STATUS_FAILED;
    }
    return status;
}

int main(int argc, char **argv)
{
    fill_streams();
    /* It starts programs and loads modules that whoever calls it names. */
    if (getauxval(AT_SECURE)) {
        fputs("tvp: does not run with more rights than whoever calls it has\n", stderr);
        return STATUS_FAILED;
    }
    /* GSL ends the program where it is out of memory or asked for what does not exist; what it
     * returns then is looked at. */
    (void)gsl_set_error_handler_off();
    /* A trial that dies, or a reader that has seen enough, must not kill us with what we hold. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of write() */
    signal(SIGCHLD, SIG_DFL); /* whoever started us may ignore it, and we would learn of no end */
    if (argc < 2) {
        command_overview(stderr);
        return STATUS_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        command_overview(stdout);
        return finish("", STATUS_DONE);
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("tvp " TVP_VERSION);
        return finish("", STATUS_DONE);
    }
    for (size_t i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, argv[1]) == 0) {
            return finish(argv[1], commands[i]->run(commands[i], argv + 2));
        }
    }
    return unknown_command(argv[1]);
}
