/* A disk that keeps only what was synced. Preloaded into a process, it copies every file below
 * WASL_DATA_DIR to SYNCED_TO at the moment it is synced, and makes renames and removals lasting at the
 * moment their folder is synced. After a kill, SYNCED_TO is what a power cut would have left. It never
 * changes what the process itself sees. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PENDING_MAX 4096

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static const char *from, *to;

/* A name that is gone (new_path empty) or moved, until its folder is synced. */
static struct pending { char old_path[PATH_MAX], new_path[PATH_MAX]; } *pending;
static int pendings;

__attribute__((constructor)) static void begin(void) {
    from = getenv("WASL_DATA_DIR");
    to = getenv("SYNCED_TO");
    pending = calloc(PENDING_MAX, sizeof *pending);
}

/* The part of an absolute path below WASL_DATA_DIR ("" for the folder itself), or NULL. */
static const char *below(const char *path) {
    size_t length;
    if (!from || !to || !pending) return NULL;
    length = strlen(from);
    if (strncmp(path, from, length) != 0) return NULL;
    if (path[length] == '/') return path + length + 1;
    return path[length] == 0 ? path + length : NULL;
}

static int path_of(int fd, char *path) {
    char link[64];
    ssize_t length;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return -1;
    path[length] = 0;
    return 0;
}

static int absolute(const char *path, char *out) {
    char folder[PATH_MAX], *slash;
    const char *name;
    if (snprintf(folder, sizeof folder, "%s", path) >= (int)sizeof folder) return -1;
    slash = strrchr(folder, '/');
    name = slash ? slash + 1 : path;
    if (slash) *slash = 0;
    {
        char real[PATH_MAX];
        if (!realpath(slash ? (*folder ? folder : "/") : ".", real)) return -1;
        return snprintf(out, PATH_MAX, "%s/%s", real, name) >= PATH_MAX ? -1 : 0;
    }
}

/* The file itself was synced under this name: whatever happened to the name before is overtaken. */
static void overtake(const char *path) {
    int at, kept = 0;
    for (at = 0; at < pendings; at++) {
        const char *judged = pending[at].new_path[0] ? pending[at].new_path : pending[at].old_path;
        if (strcmp(judged, path) != 0) pending[kept++] = pending[at];
    }
    pendings = kept;
}

static void make_folders(char *path) {
    char *at;
    for (at = path + 1; *at; at++)
        if (*at == '/') { *at = 0; mkdir(path, 0700); *at = '/'; }
}

/* The whole content at once: a kill in the middle leaves the copy of the sync before. */
static void copy(const char *path, const char *relative) {
    static char buffer[1 << 16];
    char target[PATH_MAX + 64], fresh[PATH_MAX + 128];
    struct stat stat_of;
    ssize_t count;
    int in, out;
    snprintf(target, sizeof target, "%s/%s", to, relative);
    snprintf(fresh, sizeof fresh, "%s.half", target);
    make_folders(fresh);
    in = open(path, O_RDONLY | O_CLOEXEC);
    if (in < 0) return;
    if (fstat(in, &stat_of) != 0) { close(in); return; }
    out = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, stat_of.st_mode & 0777);
    while (out >= 0 && (count = read(in, buffer, sizeof buffer)) > 0)
        if (write(out, buffer, (size_t)count) != count) abort();
    close(in);
    if (out < 0) abort();
    close(out);
    {
        int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
        if (real(fresh, target) != 0) abort();
    }
}

static void in_copy(const char *path, char *out) {
    snprintf(out, PATH_MAX + 64, "%s/%s", to, below(path));
}

static int in_folder(const char *path, const char *folder) {
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && path[length] == '/' && !strchr(path + length + 1, '/');
}

/* What happened to the names of this folder lasts from now on. */
static void settle(const char *folder) {
    int (*real_rename)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
    int (*real_unlink)(const char *) = dlsym(RTLD_NEXT, "unlink");
    int at, kept = 0;
    for (at = 0; at < pendings; at++) {
        struct pending *one = &pending[at];
        char old_copy[PATH_MAX + 64], new_copy[PATH_MAX + 64];
        const char *judged = one->new_path[0] ? one->new_path : one->old_path;
        if (!in_folder(judged, folder)) { pending[kept++] = *one; continue; }
        in_copy(one->old_path, old_copy);
        if (one->new_path[0]) {
            in_copy(one->new_path, new_copy);
            make_folders(new_copy);
            real_rename(old_copy, new_copy);
        } else {
            real_unlink(old_copy);
        }
    }
    pendings = kept;
}

static void note(const char *old_path, const char *new_path) {
    if (pendings == PENDING_MAX) abort();
    snprintf(pending[pendings].old_path, PATH_MAX, "%s", old_path);
    snprintf(pending[pendings].new_path, PATH_MAX, "%s", new_path);
    pendings++;
}

/* The real sync is spared: what lasts is decided here, and the machine itself stays up. */
static int synced(int fd) {
    char path[PATH_MAX];
    struct stat stat_of;
    int saved = errno;
    if (path_of(fd, path) == 0 && below(path) && fstat(fd, &stat_of) == 0) {
        pthread_mutex_lock(&guard);
        if (S_ISDIR(stat_of.st_mode)) settle(path);
        else if (S_ISREG(stat_of.st_mode)) { overtake(path); copy(path, below(path)); }
        pthread_mutex_unlock(&guard);
    }
    errno = saved;
    return 0;
}

int fsync(int fd) { return synced(fd); }
int fdatasync(int fd) { return synced(fd); }

int rename(const char *old_name, const char *new_name) {
    int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
    char old_path[PATH_MAX], new_path[PATH_MAX];
    int known = absolute(old_name, old_path) == 0 && absolute(new_name, new_path) == 0
        && below(old_path) && below(new_path);
    int result = real(old_name, new_name);
    if (result == 0 && known) {
        pthread_mutex_lock(&guard);
        note(old_path, new_path);
        pthread_mutex_unlock(&guard);
    }
    return result;
}

int unlink(const char *name) {
    int (*real)(const char *) = dlsym(RTLD_NEXT, "unlink");
    char path[PATH_MAX];
    int known = absolute(name, path) == 0 && below(path);
    int result = real(name);
    if (result == 0 && known) {
        pthread_mutex_lock(&guard);
        note(path, "");
        pthread_mutex_unlock(&guard);
    }
    return result;
}
