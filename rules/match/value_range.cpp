#include "rules/match/value_range.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/base/assert.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match {
namespace {

constexpr std::uint32_t kMappedBits = 96;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Wildcard::Ends ends_of(Operator op) {
    switch (op) {
        case Operator::Prefix: return Wildcard::Ends::OpenRight;
        case Operator::Suffix: return Wildcard::Ends::OpenLeft;
        case Operator::Contains: return Wildcard::Ends::Open;
        default: return Wildcard::Ends::Closed;
    }
}

/// A pattern that is nothing but text, maybe anchored: "^LMS 5xx", "timed out", "[.]" is none.
std::optional<Wildcard> literal(std::string_view pattern, Letters letters) {
    const bool is_at_begin = pattern.starts_with('^');
    if (is_at_begin) pattern.remove_prefix(1);
    const bool is_at_end = pattern.ends_with('$') && !pattern.ends_with("\\$");
    if (is_at_end) pattern.remove_suffix(1);
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        const bool is_escape = c == '\\' && i + 1 < pattern.size();
        if (is_escape && std::string_view(".\\+*?()[]{}|^$-/").find(pattern[i + 1]) == std::string_view::npos) return {};
        if (!is_escape && std::string_view(".\\+*?()[]{}|^$").find(c) != std::string_view::npos) return {};
        text += is_escape ? pattern[++i] : c;
    }
    const auto ends = is_at_begin ? (is_at_end ? Wildcard::Ends::Closed : Wildcard::Ends::OpenRight)
                                  : (is_at_end ? Wildcard::Ends::OpenLeft : Wildcard::Ends::Open);
    return Wildcard::text(text, letters, ends);
}

/// Matches at any place of any value: it takes the empty text and looks at nothing around it.
bool is_always_true(std::string_view pattern, Letters letters) {
    if (pattern.starts_with('^')) {
        pattern.remove_prefix(1);
    } else if (pattern.ends_with('$')) {
        pattern.remove_suffix(1);
    }
    if (pattern.find_first_of("^$\\") != std::string_view::npos) return false;
    const auto regex = Regex::compile(pattern, letters);
    return regex && regex->matches("");
}

bool could_be_always_true(std::string_view pattern) {
    return pattern.find_first_of("*?|{") != std::string_view::npos || pattern.size() < 2;
}

bool shares_bits(const Address& a, const Address& b, std::uint32_t bits) {
    const auto whole = bits / 8;
    if (!std::equal(a.bytes.begin(), a.bytes.begin() + whole, b.bytes.begin())) return false;
    const auto rest = bits % 8;
    return rest == 0 || ((a.bytes.at(whole) ^ b.bytes.at(whole)) >> (8 - rest)) == 0;
}

}  // namespace

std::vector<ValueRange> ValueRange::all_of(const Condition& condition) {
    std::vector<ValueRange> all;
    switch (condition.op) {
        case Operator::Above:
        case Operator::AtLeast:
        case Operator::Below:
        case Operator::AtMost:
        case Operator::Between: all.push_back(numbers(condition)); return all;
        default: break;
    }
    for (const auto& operand : condition.operands) {
        if (condition.op == Operator::Regex) {
            all.push_back(regex(condition, operand));
        } else if (condition.op == Operator::Cidr) {
            all.push_back(addresses(operand));
        } else {
            all.push_back(text(condition, operand));
        }
    }
    return all;
}

ValueRange ValueRange::text(const Condition& condition, const std::string& operand) {
    const auto letters = condition.ignore_case ? Letters::Folded : Letters::AsWritten;
    ValueRange made;
    made.outer_ = condition.op == Operator::Glob ? Wildcard::glob(operand, letters)
                                                 : Wildcard::text(operand, letters, ends_of(condition.op));
    made.inner_ = made.outer_;
    made.only_ = made.outer_->only_text();
    return made;
}

ValueRange ValueRange::regex(const Condition& condition, const std::string& operand) {
    constexpr std::string_view kFold = "(?i)";
    ValueRange made;
    made.kind_ = Kind::Regex;
    made.pattern_ = operand;
    made.letters_ = condition.ignore_case ? Letters::Folded : Letters::AsWritten;
    const bool is_folded = condition.ignore_case || operand.starts_with(kFold);
    const auto written = std::string_view(operand).substr(operand.starts_with(kFold) ? kFold.size() : 0);
    // RE2 folds more letters than ASCII ones: what it takes is more than the folded text.
    made.inner_ = literal(written, is_folded ? Letters::Folded : Letters::AsWritten);
    if (!is_folded) made.outer_ = made.inner_;
    made.is_always_true_ = could_be_always_true(operand) && match::is_always_true(operand, made.letters_);
    return made;
}

ValueRange ValueRange::addresses(const std::string& operand) {
    ValueRange made;
    made.kind_ = Kind::Addresses;
    const auto slash = operand.find('/');
    const auto address = parse_address(std::string_view(operand).substr(0, slash));
    TOCSIN_ASSERT(address.has_value(), "prefixes are checked when the rulebook is read");
    made.base_ = *address;
    made.bits_ = 128;
    if (slash == std::string::npos) return made;
    std::uint32_t bits = 0;
    (void)std::from_chars(operand.data() + slash + 1, operand.data() + operand.size(), bits);  // It was checked, too.
    made.bits_ = bits + (address->is_ipv4 ? kMappedBits : 0);
    return made;
}

ValueRange ValueRange::numbers(const Condition& condition) {
    ValueRange made;
    made.kind_ = Kind::Numbers;
    const bool has_low = condition.op != Operator::Below && condition.op != Operator::AtMost;
    const bool has_high = condition.op != Operator::Above && condition.op != Operator::AtLeast;
    made.low_ = {has_low ? condition.low : -kInfinity, condition.op != Operator::Above};
    made.high_ = {has_high ? condition.high : kInfinity, condition.op != Operator::Below};
    return made;
}

bool ValueRange::has_number(double number) const {
    const bool is_above = number > low_.number || (low_.is_included && number == low_.number);
    return is_above && (number < high_.number || (high_.is_included && number == high_.number));
}

bool ValueRange::has_address(const Address& address) const {
    // As Prefix::holds(): a short IPv6 prefix holds no address that is written with dots.
    return !(address.is_ipv4 && bits_ < kMappedBits) && shares_bits(address, base_, bits_);
}

bool ValueRange::has(const std::string& value) const {
    switch (kind_) {
        case Kind::Text: return Wildcard::covers(*inner_, Wildcard::text(value, Letters::AsWritten, Wildcard::Ends::Closed));
        case Kind::Regex: {
            if (compiled_ == nullptr) {
                auto regex = Regex::compile(pattern_, letters_);
                TOCSIN_ASSERT(regex.has_value(), "regexes are checked when the rulebook is read");
                compiled_ = std::make_shared<const match::Regex>(std::move(*regex));
            }
            return compiled_->matches(value);
        }
        case Kind::Numbers: {
            const auto number = to_number(value);
            return number && has_number(*number);
        }
        case Kind::Addresses: {
            const auto address = parse_address(value);
            return address && has_address(*address);
        }
    }
    return false;
}

bool ValueRange::is_everything() const { return is_always_true_ || (inner_ && inner_->is_everything()); }

std::vector<std::string> ValueRange::runs() const { return outer_ ? outer_->runs() : std::vector<std::string>(); }

bool ValueRange::covers(const ValueRange& wide, const ValueRange& narrow) {
    if (wide.is_everything()) return true;
    if (wide.only_ && narrow.only_) return *wide.only_ == *narrow.only_;
    if (wide.inner_ && narrow.outer_ && Wildcard::covers(*wide.inner_, *narrow.outer_)) return true;
    if (narrow.only_) return wide.has(*narrow.only_);
    if (wide.kind_ != narrow.kind_) return false;
    switch (wide.kind_) {
        case Kind::Text: return false;
        case Kind::Regex: return wide.pattern_ == narrow.pattern_ && wide.letters_ == narrow.letters_;
        case Kind::Numbers: {
            const auto& [low, with_low] = narrow.low_;
            const auto& [high, with_high] = narrow.high_;
            const bool low_fits = low > wide.low_.number || (low == wide.low_.number && (wide.low_.is_included || !with_low));
            const bool high_fits =
                high < wide.high_.number || (high == wide.high_.number && (wide.high_.is_included || !with_high));
            return low_fits && high_fits;
        }
        case Kind::Addresses: {
            const bool loses_dotted = narrow.bits_ >= kMappedBits && wide.bits_ < kMappedBits;
            return narrow.bits_ >= wide.bits_ && !loses_dotted && shares_bits(narrow.base_, wide.base_, wide.bits_);
        }
    }
    return false;
}

bool ValueRange::are_apart(const ValueRange& a, const ValueRange& b) {
    if (a.only_) return !b.has(*a.only_);
    if (b.only_) return !a.has(*b.only_);
    if (a.outer_ && b.outer_) return Wildcard::are_apart(*a.outer_, *b.outer_);
    if (a.kind_ != b.kind_) return false;
    if (a.kind_ == Kind::Addresses) return !shares_bits(a.base_, b.base_, std::min(a.bits_, b.bits_));
    if (a.kind_ != Kind::Numbers) return false;
    const auto is_below = [](const Limit& high, const Limit& low) {
        return high.number < low.number || (high.number == low.number && !(high.is_included && low.is_included));
    };
    return is_below(a.high_, b.low_) || is_below(b.high_, a.low_);
}

bool covers(const std::vector<ValueRange>& wide, const std::vector<const ValueRange*>& narrow) {
    return std::all_of(narrow.begin(), narrow.end(), [&](const ValueRange* one) {
        return std::any_of(wide.begin(), wide.end(), [&](const ValueRange& other) { return ValueRange::covers(other, *one); });
    });
}

}  // namespace tocsin::match
