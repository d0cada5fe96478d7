// One process owns a database: an advisory lock on a file beside it, held as long as the process lives.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace tocsin::store {

class FileLock {
public:
    /// Refused, with the name of the file and what to do, while another process (or another FileLock of this one) holds it. The
    /// file is made if needed and stays.
    [[nodiscard]] static Result<FileLock> take(const std::string& file);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace tocsin::store
