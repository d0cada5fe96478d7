#include "tests/support/temp_dir.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tocsin::test {

namespace fs = std::filesystem;

TempDir::TempDir() : path_((fs::temp_directory_path() / "tocsin-test-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "cannot make the directory " << path_;
}

TempDir::~TempDir() {
    if (testing::Test::HasFailure()) {
        std::fprintf(stderr, "left for a look: %s\n", path_.c_str());
        return;
    }
    std::error_code ignored;  // What cannot be removed now is the system's to clean up.
    fs::remove_all(path_, ignored);
}

void TempDir::write(std::string_view relative, std::string_view text) const {
    const fs::path file = path(relative);
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

std::string TempDir::read(std::string_view relative) const { return read_file(path(relative)); }

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) ADD_FAILURE() << "cannot read " << path;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace tocsin::test
