#include "rules/match/glob.hpp"

#include "core/base/text.hpp"

namespace tocsin::match {
namespace {

constexpr auto kNowhere = std::string_view::npos;

bool goes_on_a_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::size_t after_code_point(std::string_view value, std::size_t at) {
    ++at;
    while (at < value.size() && goes_on_a_code_point(value[at])) ++at;
    return at;
}

bool is_same(char value, char piece, Letters letters) { return (letters == Letters::Folded ? folded(value) : value) == piece; }

/// Where the piece ends if it stands in the value at `at`.
std::size_t end_of_piece(std::string_view value, std::size_t at, std::string_view piece, Letters letters) {
    for (const char c : piece) {
        if (at >= value.size()) return kNowhere;
        if (c == '?') {
            at = after_code_point(value, at);
        } else if (is_same(value[at], c, letters)) {
            ++at;
        } else {
            return kNowhere;
        }
    }
    return at;
}

/// Where the piece begins if the value ends with it; never before `from`.
std::size_t begin_of_last(std::string_view value, std::size_t from, std::string_view piece, Letters letters) {
    auto at = value.size();
    for (auto left = piece.size(); left > 0; --left) {
        if (at <= from) return kNowhere;
        --at;
        if (piece[left - 1] == '?') {
            while (at > from && goes_on_a_code_point(value[at])) --at;
        } else if (!is_same(value[at], piece[left - 1], letters)) {
            return kNowhere;
        }
    }
    return at;
}

/// The end of the first occurrence of the piece at or after `at`.
std::size_t end_of_first(std::string_view value, std::size_t at, std::string_view piece, Letters letters) {
    while (true) {
        const auto end = end_of_piece(value, at, piece, letters);
        if (end != kNowhere || at >= value.size()) return end;
        at = after_code_point(value, at);
    }
}

}  // namespace

Glob::Glob(std::string_view pattern, Letters letters) : letters_(letters) {
    const auto written = letters == Letters::Folded ? lower_ascii(pattern) : std::string(pattern);
    for (const auto piece : split(written, '*')) {
        // Stars side by side are one: an empty piece between two others asks for nothing.
        const bool is_between = !pieces_.empty() && piece.data() + piece.size() != written.data() + written.size();
        if (!piece.empty() || !is_between) pieces_.emplace_back(piece);
    }
}

bool Glob::matches(std::string_view value) const {
    auto at = end_of_piece(value, 0, pieces_.front(), letters_);
    if (at == kNowhere) return false;
    if (pieces_.size() == 1) return at == value.size();
    // The first place that fits is the best for each piece between two stars: it leaves the most for those after it.
    for (std::size_t i = 1; i + 1 < pieces_.size(); ++i) {
        at = end_of_first(value, at, pieces_[i], letters_);
        if (at == kNowhere) return false;
    }
    return begin_of_last(value, at, pieces_.back(), letters_) != kNowhere;
}

}  // namespace tocsin::match
