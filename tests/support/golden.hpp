// Text that must come out byte for byte as a file of tests/golden has it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/places.hpp"

namespace tocsin::test {

/// A file by its path below tests/golden; TOCSIN_UPDATE_GOLDEN=1 rewrites it.
inline void expect_golden_file(const std::string& name, const std::string& got) {
    const auto path = source_path("tests/golden/" + name);
    if (std::getenv("TOCSIN_UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << got;
    std::ifstream file(path, std::ios::binary);
    EXPECT_EQ(got, std::string(std::istreambuf_iterator<char>(file), {})) << path;
}

/// One of tests/golden/reports.
inline void expect_golden(const std::string& name, const std::string& got) { expect_golden_file("reports/" + name, got); }

}  // namespace tocsin::test
