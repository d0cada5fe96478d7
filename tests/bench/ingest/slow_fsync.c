// For LD_PRELOAD: every fsync and fdatasync takes SLOWSYNC_US microseconds longer, as on an ordinary disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_a_while(void) {
    const char* text = getenv("SLOWSYNC_US");
    const long us = text == NULL ? 0 : atol(text);
    const struct timespec time = {us / 1000000, (us % 1000000) * 1000};
    if (us > 0) nanosleep(&time, NULL);
}

int fsync(int fd) {
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_a_while();
    return next(fd);
}

int fdatasync(int fd) {
    int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_a_while();
    return next(fd);
}
