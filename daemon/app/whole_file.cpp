#include "daemon/app/whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace tocsin::app {
namespace {

Error failed_with_file(const std::string& what, const std::string& file) {
    return Error{Errc::Unavailable, fmt::format("{} {}: {}", what, file, std::strerror(errno))};
}

Result<void> write_all(int descriptor, std::string_view bytes, const std::string& file) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed_with_file("writing", file);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor) != 0) return failed_with_file("syncing", file);
    return {};
}

}  // namespace

Result<void> write_whole(const std::string& file, std::string_view bytes) {
    const auto beside = file + ".new";
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed_with_file("creating", beside);
    auto written = write_all(descriptor, bytes, beside);
    ::close(descriptor);
    if (!written) return written;
    if (::rename(beside.c_str(), file.c_str()) != 0) return failed_with_file("replacing", file);
    return {};
}

}  // namespace tocsin::app
