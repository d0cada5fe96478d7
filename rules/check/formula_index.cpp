#include "rules/check/formula_index.hpp"

#include <algorithm>

namespace tocsin::check {
namespace {

using match::Formula;
using match::Literal;

/// Of a longer stretch of letters, only the front is looked through.
constexpr std::size_t kRunBytesMax = 128;

std::string_view root_of(std::string_view path) { return path.substr(0, path.find('.')); }

std::string longest_run(const match::ValueRange& range) {
    std::string longest;
    for (auto& run : range.runs()) {
        if (run.size() > longest.size()) longest = std::move(run);
    }
    longest.resize(std::min(longest.size(), kRunBytesMax / 2));
    return longest;
}

void append(std::vector<std::int32_t>& to, const std::vector<std::int32_t>& from) {
    const auto room = FormulaIndex::kCandidatesMax;
    to.insert(to.end(), from.begin(), from.begin() + static_cast<std::ptrdiff_t>(std::min(from.size(), room)));
}

}  // namespace

void FormulaIndex::add(std::int32_t number, const Formula& formula) {
    for (auto* file : files_of(formula.root())) {
        if (file->empty() || file->back() != number) file->push_back(number);
    }
}

FormulaIndex::Files FormulaIndex::files_of(const Formula::Node& node) {
    if (node.kind == Formula::Node::Kind::Literal) return files_of(*node.literal);
    Files files;
    if (node.kind == Formula::Node::Kind::Any) {
        for (const auto& child : node.children) {
            for (auto* file : files_of(child)) files.push_back(file);
        }
        return files;
    }
    if (node.children.empty()) return {&always_};
    std::size_t least = SIZE_MAX;
    for (const auto& child : node.children) {
        auto of_child = files_of(child);
        std::size_t size = 0;
        for (const auto* file : of_child) size += file->size() + 1;
        if (size >= least) continue;
        least = size;
        files = std::move(of_child);
    }
    return files;
}

FormulaIndex::Files FormulaIndex::files_of(const Literal& literal) {
    if (!literal.is_positive) return {&negated_[std::string(root_of(literal.path))]};
    auto& field = fields_[literal.path];
    if (!literal.is_about_values) return {&field.presence};
    Files files;
    for (const auto& range : literal.ranges) {
        auto run = longest_run(range);
        if (run.empty()) return {&field.others};
        const auto size = run.size();
        const auto [file, is_new] = field.by_run.try_emplace(std::move(run));
        if (is_new) ++field.lengths[size];
        files.push_back(&file->second);
    }
    return files;
}

void FormulaIndex::add_by_run(const Field& field, const match::ValueRange& range, Numbers& found) const {
    for (const auto& whole : range.runs()) {
        const auto run = std::string_view(whole).substr(0, kRunBytesMax);
        for (const auto& [length, count] : field.lengths) {
            for (std::size_t from = 0; from + length <= run.size(); ++from) {
                const auto file = field.by_run.find(run.substr(from, length));
                if (file != field.by_run.end()) append(found, file->second);
            }
        }
    }
}

std::vector<std::int32_t> FormulaIndex::candidates(const match::Case& given) const {
    Numbers found;
    append(found, always_);
    for (const auto& claim : given.claims()) {
        const auto& literal = *claim.literal;
        if (const auto file = negated_.find(root_of(literal.path)); file != negated_.end()) append(found, file->second);
        if (!literal.is_positive) continue;
        for (auto path = std::string_view(literal.path);; path = path.substr(0, path.rfind('.'))) {
            if (const auto field = fields_.find(path); field != fields_.end()) append(found, field->second.presence);
            if (path.find('.') == std::string_view::npos) break;
        }
        const auto field = fields_.find(literal.path);
        if (field == fields_.end() || claim.left.empty()) continue;
        append(found, field->second.others);
        // All of what is left must be covered, so the first of it says as much as any.
        add_by_run(field->second, *claim.left.front(), found);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.size() > kCandidatesMax) found.resize(kCandidatesMax);
    return found;
}

}  // namespace tocsin::check
