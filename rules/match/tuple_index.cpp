#include "rules/match/tuple_index.hpp"

#include <algorithm>

namespace tocsin::match {
namespace {

/// Combinations of values of one alert that are looked up; a sender may post thousands of tags.
constexpr std::size_t kCombinationsMax = 256;

constexpr std::uint64_t kStart = 1;

}  // namespace

TupleIndex::TupleIndex(std::uint32_t number, std::vector<std::uint32_t> paths, Postings& postings)
    : number_(number), paths_(std::move(paths)), all_(postings.new_list()) {}

bool TupleIndex::asks(std::uint32_t path) const { return std::find(paths_.begin(), paths_.end(), path) != paths_.end(); }

void TupleIndex::add(std::span<const std::uint32_t> numbers, std::uint32_t clause, Postings& postings) const {
    auto hash = kStart;
    for (const auto number : numbers) hash = mixed(hash, number);
    postings.add(key_of(KeyKind::Tuple, number_, 0, hash), clause);
    postings.add(all_, clause);
}

void TupleIndex::find(const AlertView& alert, const Postings& postings, Candidates& candidates) const {
    boost::container::small_vector<std::uint64_t, 16> hashes{kStart};
    boost::container::small_vector<std::uint64_t, 16> next;
    for (const auto path : paths_) {
        next.clear();
        bool is_too_many = false;
        (void)alert.any_seen(path, [&](const SeenValue& value) {
            if (value.number == SeenValue::kUnknown) return false;
            for (const auto hash : hashes) next.push_back(mixed(hash, value.number));
            is_too_many = next.size() > kCombinationsMax;
            return is_too_many;
        });
        if (is_too_many) return candidates.add(postings[all_]);
        if (next.empty()) return;
        hashes.assign(next.begin(), next.end());
    }
    for (const auto hash : hashes) candidates.add(postings.find(key_of(KeyKind::Tuple, number_, 0, hash)));
}

}  // namespace tocsin::match
