#define _GNU_SOURCE
/* floor COUNT JOBS JOURNAL : starts COUNT shells, JOBS at a time, and appends a record of 1 KiB to JOURNAL, durably,
   before each start and after each end: the least that a durable run can cost. */
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef __linux__
#define fdatasync fsync
#endif

extern char **environ;

static int journal;
static char record[1024];

static void commit(void) {
  if (write(journal, record, sizeof record) != sizeof record || fdatasync(journal) != 0) exit(1);
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int count = atoi(argv[1]), jobs = atoi(argv[2]), started = 0, running = 0;
  char *shell[] = {"sh", "-ec", ": noop", NULL};
  memset(record, 'x', sizeof record);
  journal = open(argv[3], O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
  if (journal < 0) return 1;
  while (started < count || running > 0) {
    while (running < jobs && started < count) {
      pid_t child;
      commit();
      if (posix_spawn(&child, "/bin/sh", NULL, NULL, shell, environ) != 0) return 1;
      started++;
      running++;
    }
    int status;
    if (wait(&status) < 0 || status != 0) return 1;
    running--;
    commit();
  }
  return 0;
}
