#include "rules/match/selectivity.hpp"

#include <algorithm>
#include <cmath>

#include "rules/match/cidr.hpp"

namespace tocsin::match {
namespace {

/// Operands that nobody wrote: among few rules a share says little.
constexpr double kUnseenOperands = 50;
/// Guesses for what is not counted.
constexpr double kPresent = 0.6;
constexpr double kAbsent = 0.8;
constexpr double kAnyValue = 0.7;
constexpr double kOpenRange = 0.5;
/// Halved for each byte of a literal text, down to this; a text that may stand anywhere is found with more work.
constexpr int kBytesThatCount = 10;
constexpr double kAnywhere = 3;

double of_length(std::size_t bytes) { return std::exp2(-static_cast<double>(std::min<std::size_t>(bytes, kBytesThatCount))); }

Key key_of(std::uint32_t path, const Anchor& anchor) {
    return mixed(hash_of<Letters::AsWritten>(anchor.text), path * 4 + static_cast<std::uint32_t>(anchor.where));
}

double of_prefixes(const Condition& condition) {
    double sum = 0;
    for (const auto& operand : condition.operands) {
        const auto prefix = Prefix::parse(operand);
        const auto bits = prefix ? prefix->bits() : 0;
        const bool is_ipv4 = prefix && prefix->base().is_ipv4;
        sum += of_length((is_ipv4 ? bits - 96 : bits) / 3);
    }
    return sum;
}

}  // namespace

Selectivity::PathCounts& Selectivity::of(std::uint32_t path) {
    if (path >= paths_.size()) paths_.resize(path + 1);
    return paths_[path];
}

void Selectivity::count(AtomLiteral literal) {
    if (literal.sign == Sign::Fails) return;
    const auto& atom = atoms_[literal.atom];
    if (atom.kind == AtomKind::Number) return count_ends(*atom.written, of(atom.path));
    if (atom.kind != AtomKind::Equality) return;
    of(atom.path).operands += atom.count;
    for (const auto number : atoms_.numbers(atom)) {
        if (number >= by_number_.size()) by_number_.resize(std::max<std::size_t>(number + 1, by_number_.size() * 2));
        ++by_number_[number];
    }
}

void Selectivity::count_ends(const Condition& condition, PathCounts& counts) {
    const auto range = range_of(condition);
    for (const auto end : {range.low, range.high}) {
        if (!std::isfinite(end)) continue;
        counts.low = counts.has_range ? std::min(counts.low, end) : end;
        counts.high = counts.has_range ? std::max(counts.high, end) : end;
        counts.has_range = true;
    }
}

double Selectivity::of_equality(const Atom& atom) const {
    double sum = 0;
    for (const auto number : atoms_.numbers(atom)) sum += by_number_[number];
    return std::min(1.0, sum / (paths_[atom.path].operands + kUnseenOperands));
}

double Selectivity::of_range(const Atom& atom) const {
    const auto range = range_of(*atom.written);
    if (!std::isfinite(range.low) || !std::isfinite(range.high)) return kOpenRange;
    const auto& all = paths_[atom.path];
    const auto width = (range.high - range.low) / (all.high - all.low);
    return std::isfinite(width) ? std::clamp(width, 0.001, kOpenRange) : kOpenRange;
}

void Selectivity::count_anchors(std::uint32_t atom) {
    const auto [at, is_new] = anchors_.try_emplace(atom);
    if (!is_new) return;
    at->second = anchors_of(*atoms_[atom].written);
    const auto path = atoms_[atom].path;
    for (const auto& operand : at->second) {
        for (const auto& choice : operand) {
            for (const auto& anchor : choice) ++by_anchor_[key_of(path, anchor)];
        }
        ++of(path).anchors;
    }
}

double Selectivity::of_choice(std::uint32_t path, const AnchorChoice& choice) const {
    double sum = 0;
    for (const auto& anchor : choice) {
        const auto share = by_anchor_.find(key_of(path, anchor))->second / (paths_[path].anchors + kUnseenOperands);
        const auto guess = of_length(anchor.text.size()) * (anchor.where == Anchor::Where::Anywhere ? kAnywhere : 1);
        sum += std::max(share, guess);
    }
    return sum;
}

double Selectivity::of_pattern(std::uint32_t atom) const {
    const auto path = atoms_[atom].path;
    const auto all = anchors(atom);
    return all.empty() ? kAnyValue : std::min(of_choice(path, all), kAnyValue);
}

double Selectivity::probability(AtomLiteral literal) const {
    const auto& atom = atoms_[literal.atom];
    if (atom.kind == AtomKind::Presence) {
        const bool is_present = (atom.written->op == Operator::Present) == (literal.sign == Sign::Holds);
        return is_present ? kPresent : kAbsent;
    }
    if (literal.sign == Sign::Fails) return kOfNoUse;
    switch (atom.kind) {
        case AtomKind::Equality: return of_equality(atom);
        case AtomKind::Number: return of_range(atom);
        case AtomKind::Cidr: return std::min(of_prefixes(*atom.written), kAnyValue);
        case AtomKind::Pattern: return of_pattern(literal.atom);
        case AtomKind::Presence: break;
    }
    return kOfNoUse;
}

std::vector<Anchor> Selectivity::anchors(std::uint32_t atom) const {
    const auto known = anchors_.find(atom);
    if (known == anchors_.end()) return {};
    const auto path = atoms_[atom].path;
    std::vector<Anchor> all;
    for (const auto& operand : known->second) {
        const auto rarest = std::min_element(operand.begin(), operand.end(), [&](const auto& a, const auto& b) {
            return of_choice(path, a) < of_choice(path, b);
        });
        if (rarest == operand.end()) return {};
        all.insert(all.end(), rarest->begin(), rarest->end());
    }
    return all;
}

}  // namespace tocsin::match
