/* A disk that fails when asked to. Loaded before the C library (LD_PRELOAD), it counts the operations that alter files
   whose path contains a word, and lets one of them fail. It is told by environment variables:

   FAULT_WORD   the word; without it nothing is counted
   FAULT_AT     which operation fails, counted from 1; with 0 none does, and all are told
   FAULT_ERRNO  with which error
   FAULT_STAYS  if set, all operations after it fail too; a full disk (ENOSPC) still takes those that free space
   FAULT_TOLD   a file that each operation that failed, or could have, adds a line to: its name and the path */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* The function of that name that would have been called without us. */
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void tell(const char *operation, const char *path)
{
    const char *told = getenv("FAULT_TOLD");
    char line[PATH_MAX + 32];
    int length = snprintf(line, sizeof line, "%s %s\n", operation, path);
    int fd = told ? REAL(open64)(told, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;

    if (fd >= 0) {
        if (REAL(write)(fd, line, (size_t)length) < 0)
            abort();
        close(fd);
    }
}

/* Whether this operation is to fail; errno then says why. */
static int fails(const char *operation, const char *path, int frees_space)
{
    static long counted = 0;
    const char *word = getenv("FAULT_WORD");

    if (!word || !path || !strstr(path, word))
        return 0;
    long number = ++counted, at = atol(getenv("FAULT_AT"));
    int error = atoi(getenv("FAULT_ERRNO"));
    if (number < at || (number > at && at && !getenv("FAULT_STAYS")) || (error == ENOSPC && frees_space))
        return 0;
    tell(operation, path);
    errno = error;
    return at != 0;
}

static int fails_on(const char *operation, int fd, int frees_space)
{
    char link[32], path[PATH_MAX];

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = 0;
    return fails(operation, path, frees_space);
}

/* The same for a path that is not absolute. */
static int fails_at(const char *operation, const char *path, int frees_space)
{
    char folder[PATH_MAX], whole[2 * PATH_MAX];

    if (path[0] == '/' || !getcwd(folder, sizeof folder))
        return fails(operation, path, frees_space);
    snprintf(whole, sizeof whole, "%s/%s", folder, path);
    return fails(operation, whole, frees_space);
}

static int shrinks(int fd, off64_t length)
{
    struct stat found;

    return fstat(fd, &found) == 0 && length <= found.st_size;
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    return fails_on("write", fd, 0) ? -1 : REAL(write)(fd, bytes, length);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    return fails_on("write", fd, 0) ? -1 : REAL(pwrite)(fd, bytes, length, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    return fails_on("write", fd, 0) ? -1 : REAL(pwrite64)(fd, bytes, length, at);
}

int ftruncate(int fd, off_t length)
{
    return fails_on("truncate", fd, shrinks(fd, length)) ? -1 : REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    return fails_on("truncate", fd, shrinks(fd, length)) ? -1 : REAL(ftruncate64)(fd, length);
}

int fsync(int fd)
{
    return fails_on("sync", fd, 0) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return fails_on("sync", fd, 0) ? -1 : REAL(fdatasync)(fd);
}

int unlink(const char *path)
{
    return fails_at("unlink", path, 1) ? -1 : REAL(unlink)(path);
}

int rename(const char *from, const char *to)
{
    return fails_at("rename", to, 0) ? -1 : REAL(rename)(from, to);
}

int link(const char *from, const char *to)
{
    return fails_at("link", to, 0) ? -1 : REAL(link)(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    return fails_at("mkdir", path, 0) ? -1 : REAL(mkdir)(path, mode);
}

/* Opening a file alters the disk only where it makes one. */
static int fails_to_make(const char *path, int flags)
{
    return (flags & O_CREAT) && access(path, F_OK) != 0 && fails_at("make", path, 0);
}

static int takes_mode(int flags)
{
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;
}

#define OPEN(name)                                                              \
    int name(const char *path, int flags, ...)                                  \
    {                                                                           \
        va_list rest;                                                           \
        va_start(rest, flags);                                                  \
        mode_t mode = takes_mode(flags) ? va_arg(rest, mode_t) : 0;             \
        va_end(rest);                                                           \
        return fails_to_make(path, flags) ? -1 : REAL(name)(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)
