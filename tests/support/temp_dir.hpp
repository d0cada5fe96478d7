// A directory that lasts as long as the test.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::test {

class TempDir {
public:
    TempDir();
    /// Removes it with all that is in it; a test that failed leaves it and prints where it is.
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string path(std::string_view relative) const { return path_ + "/" + std::string(relative); }

    /// Writes a file, and the folders on its way.
    void write(std::string_view relative, std::string_view text) const;
    [[nodiscard]] std::string read(std::string_view relative) const;

private:
    std::string path_;
};

[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace tocsin::test
