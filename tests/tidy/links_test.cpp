// Every link between files of the tree leads somewhere.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/places.hpp"
#include "tests/tidy/source_tree.hpp"

namespace tocsin::tidy::links_test {
namespace {

namespace fs = std::filesystem;

void expect_target(const TextFile& file, std::size_t line, std::string target) {
    target = target.substr(0, target.find('#'));
    target = target.substr(0, target.find(' '));
    if (target.empty() || target.find("://") != std::string::npos || target.starts_with("mailto:")) return;
    const auto from = fs::path(test::source_path()) / fs::path(file.path).parent_path();
    if (target.starts_with('/') || !fs::exists(from / target)) {
        ADD_FAILURE() << place(file.path, line) << ": the link leads to " << target << ", which is not there";
    }
}

/// Inside of ``` there are no links, nor between single backticks.
TEST(Tidy, LinksOfDocumentsLeadSomewhere) {
    for (const auto& file : text_files()) {
        if (!file.path.ends_with(".md")) continue;
        bool is_code = false;
        for (std::size_t i = 0; i < file.lines.size(); ++i) {
            const auto& line = file.lines[i];
            if (line.starts_with("```")) is_code = !is_code;
            if (is_code) continue;
            for (auto at = line.find("]("); at != std::string::npos; at = line.find("](", at + 1)) {
                expect_target(file, i + 1, line.substr(at + 2, line.find(')', at) - at - 2));
            }
        }
    }
}

TEST(Tidy, TheMapOfCoreNamesEveryHeaderAndNoOther) {
    std::string map;
    for (const auto& file : text_files()) {
        if (file.path != "core/README.md") continue;
        for (const auto& line : file.lines) map += line.starts_with("| `") || line.starts_with("**") ? line + "\n" : "";
    }
    std::size_t headers = 0;
    for (const auto& source : sources()) {
        if (!source.path.starts_with("core/") || !source.is_header()) continue;
        ++headers;
        const auto name = fs::path(source.path).filename().string();
        if (map.find("`" + name + "`") == std::string::npos)
            ADD_FAILURE() << source.path << ": the map in core/README.md lacks it";
    }
    std::size_t named = 0;
    for (auto at = map.find("| `"); at != std::string::npos; at = map.find("| `", at + 1)) ++named;
    EXPECT_EQ(named, headers) << "the map in core/README.md names a header that is not there";
}

}  // namespace
}  // namespace tocsin::tidy::links_test
