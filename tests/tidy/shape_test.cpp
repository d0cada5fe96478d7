// How files look: their size, the size of their functions, their first line, their own header, their format.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "tests/support/places.hpp"
#include "tests/tidy/functions.hpp"
#include "tests/tidy/source_tree.hpp"

namespace tocsin::tidy::shape_test {
namespace {

constexpr std::size_t kFileLinesMax = 400;
constexpr std::size_t kFunctionLinesMax = 60;
constexpr std::size_t kColumnsMax = 130;

std::size_t columns(std::string_view line) {
    return static_cast<std::size_t>(
        std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string header_of(std::string_view source_path) {
    auto path = std::string(source_path);
    if (path.ends_with(".cpp")) path.replace(path.size() - 4, 4, ".hpp");
    return path;
}

bool has_own_header(const SourceFile& source) {
    return !source.is_header() && std::filesystem::exists(test::source_path(header_of(source.path)));
}

TEST(Tidy, FilesAreShort) {
    for (const auto& source : sources()) {
        if (source.lines.size() <= kFileLinesMax) continue;
        ADD_FAILURE() << place(source.path, source.lines.size()) << ": " << source.lines.size() << " lines, more than "
                      << kFileLinesMax << "; split the file by what it decides";
    }
}

TEST(Tidy, FunctionsAreShort) {
    for (const auto& source : sources()) {
        for (const auto& function : functions_of(source.split.code)) {
            if (function.lines <= kFunctionLinesMax || function.is_mainly_a_table) continue;
            ADD_FAILURE() << place(source.path, function.line) << ": a function of " << function.lines << " lines, more than "
                          << kFunctionLinesMax << "; keep the branching in the parent and give its straight parts names";
        }
    }
}

TEST(Tidy, LinesFitOnAScreen) {
    for (const auto& source : sources()) {
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            // A raw literal holds somebody else's text as it is.
            if (columns(source.lines[i]) <= kColumnsMax || columns(source.split.literals[i]) > kColumnsMax - 30) continue;
            ADD_FAILURE() << place(source.path, i + 1) << ": " << columns(source.lines[i]) << " columns, more than "
                          << kColumnsMax;
        }
    }
}

TEST(Tidy, HeadersAreIncludedOnce) {
    for (const auto& source : sources()) {
        if (!source.is_header()) continue;
        const auto& code = source.split.code;
        if (std::find(code.begin(), code.end(), "#pragma once") != code.end()) continue;
        ADD_FAILURE() << place(source.path, 2) << ": a header without #pragma once";
    }
}

/// A .cpp whose header says it need not say it again.
TEST(Tidy, TheFirstLineSaysWhatTheFileIsFor) {
    for (const auto& source : sources()) {
        if (has_own_header(source)) continue;
        const bool says = !source.lines.empty() && source.lines.front().starts_with("// ") && source.lines.front().size() > 12;
        if (says) continue;
        ADD_FAILURE() << place(source.path, 1) << ": the first line is not a comment that says what the file is for";
    }
}

TEST(Tidy, TheOwnHeaderComesFirst) {
    for (const auto& source : sources()) {
        if (!has_own_header(source)) continue;
        if (!source.includes.empty() && source.includes.front().name == header_of(source.path)) continue;
        ADD_FAILURE() << place(source.path, 1) << ": its first include is not \"" << header_of(source.path)
                      << "\"; so nobody sees whether that header stands alone";
    }
}

TEST(Tidy, NamesOfFilesAreSnakeCase) {
    for (const auto& source : sources()) {
        const auto is_fine = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || std::string("_./").find(c) != std::string::npos;
        };
        if (std::all_of(source.path.begin(), source.path.end(), is_fine)) continue;
        ADD_FAILURE() << source.path << ": files are snake_case.hpp and snake_case.cpp";
    }
}

TEST(Tidy, ClangFormatHasNothingToChange) {
    if (std::system("command -v clang-format > /dev/null") != 0) GTEST_SKIP() << "clang-format is not installed";
    std::string command = "cd '" + test::source_path() + "' && clang-format --dry-run -Werror --ferror-limit=1";
    for (const auto& source : sources()) command += " '" + source.path + "'";
    auto* pipe = ::popen((command + " 2>&1").c_str(), "r");
    ASSERT_NE(pipe, nullptr);
    std::string said;
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) said.append(buffer.data(), n);
    ::pclose(pipe);
    for (const auto& line : lines_of(said)) {
        if (line.find("error: ") == std::string::npos) continue;
        ADD_FAILURE() << line << "; run clang-format -i on it";
    }
}

}  // namespace
}  // namespace tocsin::tidy::shape_test
