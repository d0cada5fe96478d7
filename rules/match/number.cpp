// The number that a text stands for, for the numeric operators.
#include <charconv>
#include <system_error>

#include "core/base/text.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match {

std::optional<double> to_number(std::string_view text) {
    text = trimmed(text);
    const bool has_plus = text.starts_with('+');
    if (has_plus) text.remove_prefix(1);
    const auto digits = text.starts_with('-') && !has_plus ? text.substr(1) : text;
    // from_chars would take "inf" and "nan" too; a number begins with a digit or a point.
    if (digits.empty() || !((digits[0] >= '0' && digits[0] <= '9') || digits[0] == '.')) return {};
    double number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return {};
    return number;
}

}  // namespace tocsin::match
