/* meter OUT COMMAND ARGS… : runs COMMAND and writes to OUT, in one line of JSON, its wall seconds, the processor
   seconds of it and of all that it started (on Linux also of what outlived it, which is waited for; elsewhere of what it
   waited for), and the peak memory in KiB of the largest of these processes. A small parent, so that the memory is never
   its own. Its exit status is that of COMMAND. */
#include <stdio.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static double seconds(struct timeval t) { return t.tv_sec + t.tv_usec / 1e6; }

int main(int argc, char **argv) {
  if (argc < 3) return 2;
#ifdef __linux__
  prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
  double from = now();
  pid_t child = fork();
  if (child < 0) return 2;
  if (child == 0) {
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child) return 2;
  double wall = now() - from;
#ifdef __linux__
  while (wait(NULL) > 0) {
  }
#endif
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  FILE *out = fopen(argv[1], "w");
  if (out == NULL) return 2;
  fprintf(out, "{\"wall\":%.6f,\"cpu\":%.6f,\"rss\":%ld}\n", wall,
          seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
  fclose(out);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
