#include "rules/match/affix_index.hpp"

#include <algorithm>

namespace tocsin::match {
namespace {

/// A look-up for each length and value. With more, values pay for what few rules ask; with fewer, operands share their keys.
constexpr std::size_t kLengthsMax = 8;
/// What tells operands apart stands in their first bytes, or they are few.
constexpr std::uint32_t kLengthMax = 64;

std::uint32_t usable_length(std::string_view operand) {
    return static_cast<std::uint32_t>(std::min<std::size_t>(operand.size(), kLengthMax));
}

std::string_view part_of(std::string_view text, Side side, std::uint32_t length) {
    return side == Side::Begin ? text.substr(0, length) : text.substr(text.size() - length);
}

/// Lengths such that about as many operands fall on each; the shortest is always among them.
std::vector<std::uint32_t> quantiles(std::vector<std::uint32_t> lengths) {
    std::sort(lengths.begin(), lengths.end());
    auto distinct = lengths;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() <= kLengthsMax) return distinct;
    std::vector<std::uint32_t> chosen;
    for (std::size_t i = 0; i < kLengthsMax; ++i) chosen.push_back(lengths[i * lengths.size() / kLengthsMax]);
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    return chosen;
}

}  // namespace

void AffixIndex::add(Side side, std::string operand, std::uint32_t clause) {
    of(side).wanted.push_back({std::move(operand), clause});
}

void AffixIndex::seal(Postings& postings) {
    seal(Side::Begin, postings);
    seal(Side::End, postings);
}

void AffixIndex::seal(Side side, Postings& postings) {
    auto& one = of(side);
    if (one.wanted.empty()) return;
    std::vector<std::uint32_t> lengths;
    for (const auto& wanted : one.wanted) lengths.push_back(usable_length(wanted.operand));
    one.lengths = quantiles(std::move(lengths));
    for (const auto& wanted : one.wanted) {
        const auto longest = std::prev(
            std::upper_bound(one.lengths.begin(), one.lengths.end(), static_cast<std::uint32_t>(wanted.operand.size())));
        postings.add(key(side, part_of(wanted.operand, side, *longest)), wanted.clause);
    }
    one.wanted = {};
}

Key AffixIndex::key(Side side, std::string_view part) const {
    const auto kind = side == Side::Begin ? KeyKind::Prefix : KeyKind::Suffix;
    return key_of(kind, path_, static_cast<std::uint32_t>(part.size()), hash_of<Letters::Folded>(part));
}

void AffixIndex::find(std::string_view value, const Postings& postings, Candidates& candidates) const {
    for (const auto side : {Side::Begin, Side::End}) {
        for (const auto length : sides_[static_cast<std::size_t>(side)].lengths) {
            if (length > value.size()) break;
            candidates.add(postings.find(key(side, part_of(value, side, length))));
        }
    }
}

}  // namespace tocsin::match
