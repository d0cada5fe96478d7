#include "rules/match/checks.hpp"

#include <algorithm>

namespace tocsin::match {
namespace {

bool is_in(std::span<const std::uint32_t> numbers, std::uint32_t number) {
    constexpr std::size_t kFewMax = 8;
    if (numbers.size() <= kFewMax) return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
    return std::binary_search(numbers.begin(), numbers.end(), number);
}

}  // namespace

Check Checks::numbers(std::uint32_t path, Letters letters, std::span<const std::uint32_t> numbers) {
    const bool is_folded = letters == Letters::Folded;
    if (numbers.size() == 1) {
        return {.kind = is_folded ? Check::Kind::Folded : Check::Kind::Number, .path = path, .what = numbers.front()};
    }
    Check check{.kind = is_folded ? Check::Kind::FoldedIn : Check::Kind::NumberIn, .path = path};
    if (numbers.size() > 0 && numbers.size() <= UINT16_MAX) {
        check.count = static_cast<std::uint16_t>(numbers.size());
    } else {
        numbers_.push_back(static_cast<std::uint32_t>(numbers.size()));
    }
    check.what = static_cast<std::uint32_t>(numbers_.size());
    numbers_.insert(numbers_.end(), numbers.begin(), numbers.end());
    return check;
}

Check Checks::range(std::uint32_t path, NumberRange range) {
    ranges_.push_back(range);
    return {.kind = Check::Kind::Quantity, .path = path, .what = static_cast<std::uint32_t>(ranges_.size() - 1)};
}

std::uint32_t Checks::add(std::vector<Check> checks) {
    std::stable_sort(checks.begin(), checks.end(), [](const Check& a, const Check& b) { return a.kind < b.kind; });
    const auto begin = static_cast<std::uint32_t>(checks_.size());
    checks_.insert(checks_.end(), checks.begin(), checks.end());
    return begin;
}

std::span<const std::uint32_t> Checks::numbers_of(const Check& check) const {
    const auto count = check.count != 0 ? check.count : numbers_[check.what - 1];
    return {numbers_.data() + check.what, count};
}

bool Checks::holds(const Check& check, const AlertView& alert, Presence& presence) const {
    switch (check.kind) {
        case Check::Kind::Number: return alert.any_seen(check.path, [&](const SeenValue& v) { return v.number == check.what; });
        case Check::Kind::Folded:
            return alert.any_seen(check.path, [&](const SeenValue& v) { return v.folded_number == check.what; });
        case Check::Kind::NumberIn:
            return alert.any_seen(check.path, [&](const SeenValue& v) { return is_in(numbers_of(check), v.number); });
        case Check::Kind::FoldedIn:
            return alert.any_seen(check.path, [&](const SeenValue& v) { return is_in(numbers_of(check), v.folded_number); });
        case Check::Kind::Quantity:
            return alert.any_seen(check.path, [&](const SeenValue& v) { return ranges_[check.what].holds(v.quantity); });
        case Check::Kind::Presence: return presence.has(check.what);
        case Check::Kind::Condition: return program_.holds(check.what, alert);
        case Check::Kind::Expression: return program_.matches(check.what, alert);
    }
    return false;
}

bool Checks::all_pass(std::uint32_t begin, std::uint32_t end, const AlertView& alert, Presence& presence) const {
    for (auto i = begin; i < end; ++i) {
        const auto& check = checks_[i];
        if (holds(check, alert, presence) != (check.sign == Sign::Holds)) return false;
    }
    return true;
}

std::size_t Checks::bytes() const {
    return checks_.capacity() * sizeof(Check) + numbers_.capacity() * sizeof(std::uint32_t) +
           ranges_.capacity() * sizeof(NumberRange);
}

}  // namespace tocsin::match
