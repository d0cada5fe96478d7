// mkdtemp(3) in the system's directory for temporary files.
#include "tests/contract/directory.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

namespace tocsin::contract {

Directory::Directory() : path_(testing::TempDir() + "tocsin-store-XXXXXX") {
    if (::mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "no directory could be made from " << path_;
}

Directory::~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace tocsin::contract
