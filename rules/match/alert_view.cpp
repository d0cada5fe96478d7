#include "rules/match/alert_view.hpp"

#include <algorithm>
#include <cstring>

namespace tocsin::match {
namespace {

/// The last eight bytes, or as many as there are.
std::uint64_t last_bytes(std::string_view text) {
    std::uint64_t word = 0;
    const auto size = std::min(text.size(), sizeof word);
    if (size == sizeof word) {
        std::memcpy(&word, text.data() + text.size() - sizeof word, sizeof word);
    } else if (size > 0) {
        std::memcpy(&word, text.data(), size);
    }
    return word;
}

}  // namespace

std::size_t PathHash::operator()(std::string_view path) const {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;
    const auto before = path.substr(0, path.size() - std::min<std::size_t>(path.size(), 8));
    const auto mixed = (last_bytes(path) * kOdd + path.size()) ^ (last_bytes(before) * 0xC2B2AE3D27D4EB4FU);
    return mixed ^ (mixed >> 32U);
}

PathTable::PathTable() {
    add("service");
    add("severity");
}

std::uint32_t PathTable::add(std::string_view path) {
    return numbers_.try_emplace(std::string(path), static_cast<std::uint32_t>(numbers_.size())).first->second;
}

std::uint32_t PathTable::find(std::string_view path) const {
    const auto found = numbers_.find(path);
    return found == numbers_.end() ? kNone : found->second;
}

AlertView::AlertView(const PathTable& paths, const Fields& fields) : fields_(fields), first_(paths.size(), kEnd) {
    // From the last to the first, so that the values of a path stand in the order in which they were sent.
    for (auto at = fields.size(); at-- > 0;) {
        const auto field = fields[at];
        const auto path = paths.find(field.path);
        if (path == PathTable::kNone) continue;
        seen_.push_back({.text = field.value, .path = path, .next = first_[path]});
        first_[path] = static_cast<std::uint32_t>(seen_.size() - 1);
    }
    own_first_[PathTable::kService] = first_[PathTable::kService];
    own_first_[PathTable::kSeverity] = first_[PathTable::kSeverity];
}

SeenValue* AlertView::give(std::uint32_t path, std::string_view value) {
    first_[path] = own_first_[path];
    if (value.empty()) return nullptr;
    first_[path] = static_cast<std::uint32_t>(seen_.size());
    return &seen_.emplace_back(SeenValue{.text = value, .path = path});
}

bool AlertView::has_below(std::string_view path) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const auto other = fields_[i].path;
        if (other.size() > path.size() && other[path.size()] == '.' && other.starts_with(path)) return true;
    }
    return false;
}

}  // namespace tocsin::match
