// The hash by which nodes tell whether they have the same rulebook.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "rules/rulebook.hpp"

namespace tocsin {
namespace {

/// FNV-1a. Each text goes in with its length, so that no two lists of files read alike.
class Hash {
public:
    void add(std::string_view text) {
        for (const char c : fmt::format("{}:", text.size())) add(c);
        for (const char c : text) add(c);
    }
    [[nodiscard]] std::string text() const { return fmt::format("{:016x}", value_); }

private:
    void add(char c) { value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001B3U; }

    std::uint64_t value_ = 0xCBF29CE484222325U;
};

}  // namespace

std::string rulebook_hash(std::span<const RulebookFile> files) {
    std::vector<const RulebookFile*> sorted;
    for (const auto& file : files) sorted.push_back(&file);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const RulebookFile* a, const RulebookFile* b) { return a->path < b->path; });
    Hash hash;
    for (const auto* file : sorted) {
        hash.add(file->path);
        hash.add(file->text);
    }
    return hash.text();
}

}  // namespace tocsin
