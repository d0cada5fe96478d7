#include "rules/match/wildcard.hpp"

namespace tocsin::match {
namespace {

constexpr std::size_t kBytesOfCodePointMax = 4;

bool goes_on_a_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The bytes of the first code point, in one number; taken off the front.
std::uint32_t take_code_point(std::string_view& text) {
    std::uint32_t bytes = static_cast<unsigned char>(text.front());
    std::size_t size = 1;
    while (size < text.size() && size < kBytesOfCodePointMax && goes_on_a_code_point(text[size])) {
        bytes = (bytes << 8U) | static_cast<unsigned char>(text[size++]);
    }
    text.remove_prefix(size);
    return bytes;
}

std::uint32_t lower(std::uint32_t bytes) {
    return bytes < 0x80 ? static_cast<unsigned char>(folded(static_cast<char>(bytes))) : bytes;
}

bool has_case(std::uint32_t bytes) { return lower(bytes) >= 'a' && lower(bytes) <= 'z'; }

void append(std::string& text, std::uint32_t bytes) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        const auto byte = (bytes >> static_cast<unsigned>(shift)) & 0xFFU;
        if (byte != 0 || (shift == 0 && bytes == 0)) text += static_cast<char>(byte);
    }
}

}  // namespace

Wildcard Wildcard::text(std::string_view text, Letters letters, Ends ends) {
    Wildcard made;
    if (ends == Ends::OpenLeft || ends == Ends::Open) made.add_run();
    made.add(text, letters);
    if (ends == Ends::OpenRight || ends == Ends::Open) made.add_run();
    return made;
}

Wildcard Wildcard::glob(std::string_view pattern, Letters letters) {
    Wildcard made;
    while (!pattern.empty()) {
        const auto plain = pattern.substr(0, pattern.find_first_of("*?"));
        made.add(plain, letters);
        pattern.remove_prefix(plain.size());
        if (pattern.empty()) break;
        if (pattern.front() == '*') made.add_run();
        if (pattern.front() == '?') made.tokens_.push_back({kOne, false});
        pattern.remove_prefix(1);
    }
    return made;
}

void Wildcard::add(std::string_view text, Letters letters) {
    while (!text.empty()) {
        const auto bytes = take_code_point(text);
        const bool is_folded = letters == Letters::Folded && has_case(bytes);
        tokens_.push_back({is_folded ? lower(bytes) : bytes, is_folded});
    }
}

void Wildcard::add_run() {
    if (tokens_.empty() || tokens_.back().bytes != kRun) tokens_.push_back({kRun, false});
}

bool Wildcard::takes(const Token& wide, const Token& narrow) {
    if (narrow.bytes == kRun) return false;
    if (wide.bytes == kOne) return true;
    if (!is_letterly(narrow)) return false;
    if (wide.is_folded) return lower(narrow.bytes) == wide.bytes;
    return !narrow.is_folded && narrow.bytes == wide.bytes;
}

bool Wildcard::can_meet(const Token& a, const Token& b) {
    if (!is_letterly(a) || !is_letterly(b)) return true;
    return a.is_folded || b.is_folded ? lower(a.bytes) == lower(b.bytes) : a.bytes == b.bytes;
}

// Both are tables over "what is left of one, what is left of the other", filled from the ends, a row at a time.

bool Wildcard::covers(const Wildcard& wide, const Wildcard& narrow) {
    const auto& w = wide.tokens_;
    const auto& n = narrow.tokens_;
    std::vector<char> below(n.size() + 1, 0);
    below[n.size()] = 1;  // Nothing is left of `wide`: nothing may be left of `narrow`.
    for (auto i = w.size(); i-- > 0;) {
        std::vector<char> row(n.size() + 1, 0);
        const bool is_run = w[i].bytes == kRun;
        row[n.size()] = is_run ? below[n.size()] : 0;
        for (auto j = n.size(); j-- > 0;) {
            row[j] = is_run ? (below[j] != 0 || row[j + 1] != 0) : (takes(w[i], n[j]) && below[j + 1] != 0);
        }
        below = std::move(row);
    }
    return below[0] != 0;
}

bool Wildcard::are_apart(const Wildcard& a, const Wildcard& b) {
    const auto& x = a.tokens_;
    const auto& y = b.tokens_;
    std::vector<char> below(y.size() + 1, 0);
    for (auto i = x.size() + 1; i-- > 0;) {
        std::vector<char> row(y.size() + 1, 0);
        for (auto j = y.size() + 1; j-- > 0;) {
            const bool x_ends = i == x.size();
            const bool y_ends = j == y.size();
            const bool x_runs = !x_ends && x[i].bytes == kRun;
            const bool y_runs = !y_ends && y[j].bytes == kRun;
            bool meet = x_ends && y_ends;
            if (x_runs || y_runs) {
                meet = (!x_ends && (x_runs || y_runs) && below[j] != 0) || (!y_ends && row[j + 1] != 0);
            } else if (!x_ends && !y_ends) {
                meet = can_meet(x[i], y[j]) && below[j + 1] != 0;
            }
            row[j] = static_cast<char>(meet);
        }
        below = std::move(row);
    }
    return below[0] == 0;
}

std::vector<std::string> Wildcard::runs() const {
    std::vector<std::string> found;
    bool is_within = false;
    for (const auto& token : tokens_) {
        if (is_letterly(token) && !is_within) found.emplace_back();
        is_within = is_letterly(token);
        if (is_within) append(found.back(), lower(token.bytes));
    }
    return found;
}

std::optional<std::string> Wildcard::only_text() const {
    std::string text;
    for (const auto& token : tokens_) {
        if (!is_letterly(token) || token.is_folded) return {};
        append(text, token.bytes);
    }
    return text;
}

bool Wildcard::is_everything() const { return tokens_.size() == 1 && tokens_.front().bytes == kRun; }

}  // namespace tocsin::match
