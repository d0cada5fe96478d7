// flock(2): the kernel gives it back when the process ends, however it ends. The owner's process id is in the file for people.
#include "daemon/store/file_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace tocsin::store {
namespace {

std::string reason_of(int error_number) { return std::generic_category().message(error_number); }

std::string owner_of(int descriptor) {
    char text[24] = {};
    const auto size = ::pread(descriptor, text, sizeof text, 0);
    if (size <= 0) return "another process";
    std::string owner(text, static_cast<std::size_t>(size));
    owner.resize(std::min(owner.size(), owner.find('\n')));
    return "process " + owner;
}

}  // namespace

Result<FileLock> FileLock::take(const std::string& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        const auto reason = reason_of(errno);
        return Error{Errc::Unavailable,
                     fmt::format("opening the lock file {}: {}; see that its directory exists and that this user may write in it",
                                 file, reason),
                     Retry::after(std::chrono::seconds{1})};
    }
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return Error{Errc::Unavailable, fmt::format("locking {}: {}", file, reason_of(errno))};
        return Error{
            Errc::Refused,
            fmt::format("{} holds the lock file {}: stop that tocsin first, or give this one a data directory of its own",
                        owner_of(descriptor), file)};
    }
    // Only people read it, and the lock is held without it: a full disk is no reason to stop here.
    const auto owner = fmt::format("{}\n", ::getpid());
    if (::ftruncate(descriptor, 0) == 0) (void)!::pwrite(descriptor, owner.data(), owner.size(), 0);
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace tocsin::store
