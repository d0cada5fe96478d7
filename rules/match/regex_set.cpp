#include "rules/match/regex_set.hpp"

#include <re2/set.h>

#include "core/base/assert.hpp"
#include "rules/match/regex_options.hpp"

namespace tocsin::match {
namespace {

// RE2::Set short of memory is hundreds of times slower, or gives up. What is not needed is not taken.
constexpr std::int64_t kBytesBase = std::int64_t{8} << 20;
constexpr std::int64_t kBytesPerPattern = std::int64_t{64} << 10;
constexpr std::int64_t kBytesMax = std::int64_t{256} << 20;

}  // namespace

struct RegexSet::Automaton {
    Automaton(const RE2::Options& options) : set(options, RE2::UNANCHORED) {}
    RE2::Set set;
};

RegexSet::RegexSet(Letters letters) : letters_(letters) {}
RegexSet::~RegexSet() = default;
RegexSet::RegexSet(RegexSet&&) noexcept = default;
RegexSet& RegexSet::operator=(RegexSet&&) noexcept = default;

void RegexSet::add(std::string_view pattern, std::uint32_t clause) {
    patterns_.push_back(pattern);
    clauses_.push_back(clause);
}

void RegexSet::seal(Postings& postings) {
    auto options = regex_options<RE2::Options>(letters_);
    const auto count = static_cast<std::int64_t>(patterns_.size());
    options.set_max_mem(std::min(kBytesMax, kBytesBase + kBytesPerPattern * count));
    automaton_ = std::make_unique<Automaton>(options);
    for (const auto pattern : patterns_) {
        std::string error;
        const auto number = automaton_->set.Add({pattern.data(), pattern.size()}, &error);
        TOCSIN_ASSERT(number >= 0, "regexes are checked when the rulebook is read");
    }
    if (!automaton_->set.Compile()) automaton_.reset();
    all_ = postings.new_list();
    for (const auto clause : clauses_) {
        postings.add(all_, clause);
        lists_.push_back(postings.new_list());
        postings.add(lists_.back(), clause);
    }
    patterns_ = {};
    clauses_ = {};
}

void RegexSet::find(std::string_view value, const Postings& postings, Candidates& candidates) const {
    if (!automaton_) return candidates.add(postings[all_]);
    std::vector<int> found;
    RE2::Set::ErrorInfo error{};
    if (automaton_->set.Match({value.data(), value.size()}, &found, &error)) {
        for (const auto pattern : found) candidates.add(postings[lists_[static_cast<std::size_t>(pattern)]]);
    } else if (error.kind != RE2::Set::kNoError) {
        candidates.add(postings[all_]);
    }
}

}  // namespace tocsin::match
