#include "rules/match/regex_literals.hpp"

#include <re2/filtered_re2.h>

#include <algorithm>
#include <numeric>

#include "rules/match/regex_options.hpp"

namespace tocsin::match {
namespace {

/// Shorter texts occur in too many values to be worth a look-up.
constexpr int kLiteralBytesMin = 3;
constexpr std::size_t kUsableBytesMin = 2;
/// Beyond that the pattern has so many alternatives that finding the fewest of them takes long.
constexpr std::size_t kAtomsMax = 64;

/// The longest run of ASCII: other letters would have to be folded as RE2 folds them.
std::string_view longest_ascii(std::string_view text) {
    std::string_view best;
    for (std::size_t begin = 0; begin < text.size();) {
        auto end = begin;
        while (end < text.size() && static_cast<unsigned char>(text[end]) < 0x80) ++end;
        if (end - begin > best.size()) best = text.substr(begin, end - begin);
        begin = end + 1;
    }
    return best;
}

/// RE2 says which texts ("atoms") decide whether a pattern can match, and whether it can for a given set of them.
class LiteralAtoms {
public:
    LiteralAtoms(std::string_view pattern, Letters letters) : filter_(kLiteralBytesMin) {
        int id = 0;
        if (filter_.Add({pattern.data(), pattern.size()}, regex_options<RE2::Options>(letters), &id) != RE2::NoError) return;
        filter_.Compile(&atoms_);
        is_left_out_.assign(atoms_.size(), false);
    }

    [[nodiscard]] const std::vector<std::string>& all() const { return atoms_; }
    /// Whether a match needs one of the atoms that are not left out.
    [[nodiscard]] bool is_one_needed() const {
        std::vector<int> seen;
        for (std::size_t i = 0; i < atoms_.size(); ++i) {
            if (is_left_out_[i]) seen.push_back(static_cast<int>(i));
        }
        return !can_match_with(seen);
    }
    /// Whether there is no match without this one, whatever else there is.
    [[nodiscard]] bool is_needed(std::size_t i) const {
        std::vector<int> others;
        for (std::size_t other = 0; other < atoms_.size(); ++other) {
            if (other != i) others.push_back(static_cast<int>(other));
        }
        return !can_match_with(others);
    }
    void leave_out(std::size_t i) { is_left_out_[i] = true; }
    void take_back(std::size_t i) { is_left_out_[i] = false; }
    [[nodiscard]] bool is_left_out(std::size_t i) const { return is_left_out_[i]; }

private:
    [[nodiscard]] bool can_match_with(const std::vector<int>& seen) const {
        std::vector<int> possible;
        filter_.AllPotentials(seen, &possible);
        return !possible.empty();
    }

    re2::FilteredRE2 filter_;
    std::vector<std::string> atoms_;
    std::vector<bool> is_left_out_;
};

/// Leaves out as many as it can, the shortest first; empty if one that stays is too short.
std::vector<std::string> fewest_alternatives(LiteralAtoms& atoms) {
    const auto& all = atoms.all();
    std::vector<std::size_t> shortest_first(all.size());
    std::iota(shortest_first.begin(), shortest_first.end(), std::size_t{0});
    std::sort(shortest_first.begin(), shortest_first.end(),
              [&](std::size_t a, std::size_t b) { return longest_ascii(all[a]).size() < longest_ascii(all[b]).size(); });
    for (const auto i : shortest_first) {
        atoms.leave_out(i);
        if (!atoms.is_one_needed()) atoms.take_back(i);
    }
    std::vector<std::string> literals;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (atoms.is_left_out(i)) continue;
        const auto literal = longest_ascii(all[i]);
        if (literal.size() < kUsableBytesMin) return {};
        literals.emplace_back(literal);
    }
    std::sort(literals.begin(), literals.end());
    return literals;
}

}  // namespace

std::vector<std::vector<std::string>> regex_literals(std::string_view pattern, Letters letters) {
    LiteralAtoms atoms(pattern, letters);
    const auto& all = atoms.all();
    if (all.empty() || all.size() > kAtomsMax || !atoms.is_one_needed()) return {};
    std::vector<std::vector<std::string>> lists;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto literal = longest_ascii(all[i]);
        if (literal.size() >= kUsableBytesMin && atoms.is_needed(i)) lists.push_back({std::string(literal)});
    }
    if (lists.empty()) lists.push_back(fewest_alternatives(atoms));
    if (lists.back().empty()) lists.pop_back();
    return lists;
}

}  // namespace tocsin::match
