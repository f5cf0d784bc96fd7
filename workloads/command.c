/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is gained by running a program several times at once? Each task starts it, by its argument
 * vector and never through a shell, and waits for its end. What it reads and writes is nothing. */
#include "workloads/workload.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct param command_params[] = {
    {"argv", PARAM_TEXT, "true", 0, 0, NULL,
     "program and arguments with a blank between them; \\s is a blank, \\n a new line, \\\\ a "
     "backslash and \\e nothing inside of them"},
    {.name = NULL},
};

struct command {
    char *text;  /* words, each with its NUL */
    char **argv; /* into it */
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
};

/* In place. False: a backslash before something else. */
static bool unescape(char *word)
{
    static const char from[] = "sn\\e", to[] = " \n\\";
    char *out = word;

    for (const char *p = word; *p; p++) {
        const char *found = *p == '\\' && p[1] ? strchr(from, p[1]) : NULL;

        if (*p == '\\' && !found) {
            return false;
        }
        if (!found) {
            *out++ = *p;
        } else {
            p++;
            if (*found != 'e') {
                *out++ = to[found - from];
            }
        }
    }
    *out = '\0';
    return true;
}

static int split(struct command *command, const char *line, char *text)
{
    size_t count = 0;
    char *rest, *word;

    command->text = strdup(line);
    command->argv = calloc(strlen(line) + 2, sizeof(*command->argv));
    if (!command->text || !command->argv) {
        return -ENOMEM;
    }
    for (rest = command->text; (word = strsep(&rest, " "));) {
        if (*word) {
            command->argv[count++] = word;
        }
        if (!unescape(word)) {
            snprintf(text, TASK_TEXT_SIZE, "argv: a backslash stands before s, n, e or another");
            return -EINVAL;
        }
    }
    if (count == 0 || !*command->argv[0]) {
        snprintf(text, TASK_TEXT_SIZE, "argv names no program");
        return -EINVAL;
    }
    return 0;
}

static void command_cleanup(struct env *env)
{
    struct command *command = env->state;

    if (command) {
        posix_spawn_file_actions_destroy(&command->actions);
        posix_spawnattr_destroy(&command->attributes);
        free(command->argv);
        free(command->text);
        free(command);
        env->state = NULL;
    }
}

static int command_prepare(struct env *env, char *text)
{
    struct command *command = calloc(1, sizeof(*command));
    sigset_t none, all;
    int r = 0;

    if (!command) {
        return -ENOMEM;
    }
    env->state = command;
    posix_spawn_file_actions_init(&command->actions);
    posix_spawnattr_init(&command->attributes);
    for (int fd = STDIN_FILENO; r == 0 && fd <= STDERR_FILENO; fd++) {
        r = -posix_spawn_file_actions_addopen(&command->actions, fd, "/dev/null", O_RDWR, 0);
    }
    /* A program must not find blocked or ignored what a trial has for itself. */
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&command->attributes, &none);
    posix_spawnattr_setsigdefault(&command->attributes, &all);
    posix_spawnattr_setflags(&command->attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return r < 0 ? r : split(command, env->args[0].text, text);
}

static int command_run(const struct env *env, struct task *task)
{
    const struct command *command = env->state;
    int status, r;
    pid_t pid;

    r = posix_spawnp(&pid, command->argv[0], &command->actions, &command->attributes, command->argv,
                     environ);
    if (r != 0) {
        return task_fail(task, -r, "cannot start it: %s", strerror(r));
    }
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            return task_fail(task, -errno, "cannot wait for it: %s", strerror(errno));
        }
    }
    task->value = task->number;
    if (WIFSIGNALED(status)) {
        return task_fail(task, -ECANCELED, "killed by signal %d", WTERMSIG(status));
    }
    return WEXITSTATUS(status) == 0
               ? 0
               : task_fail(task, -EIO, "exited with status %d", WEXITSTATUS(status));
}

const struct workload tvp_workload = {
    .contract = WORKLOAD_CONTRACT,
    .name = "command",
    .summary = "starts a program and waits for its end",
    .params = command_params,
    .tasks = 8,
    .starts_programs = true,
    .prepare = command_prepare,
    .run = command_run,
    .cleanup = command_cleanup,
};
