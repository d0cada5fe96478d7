#include "rules/match/fold.hpp"

#include <algorithm>

namespace tocsin::match {
namespace {

bool same_when_folded(char value, char operand) { return folded(value) == operand; }

}  // namespace

bool is_less(std::string_view a, std::string_view b, Letters letters) {
    if (letters == Letters::AsWritten) return a < b;
    // By unsigned bytes, as std::string orders them: the operands are sorted that way.
    const auto byte = [](char c) { return static_cast<unsigned char>(folded(c)); };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [&](char x, char y) { return byte(x) < byte(y); });
}

bool is_equal(std::string_view value, std::string_view operand, Letters letters) {
    if (letters == Letters::AsWritten) return value == operand;
    return std::equal(value.begin(), value.end(), operand.begin(), operand.end(), same_when_folded);
}

bool has_prefix(std::string_view value, std::string_view operand, Letters letters) {
    return value.size() >= operand.size() && is_equal(value.substr(0, operand.size()), operand, letters);
}

bool has_suffix(std::string_view value, std::string_view operand, Letters letters) {
    return value.size() >= operand.size() && is_equal(value.substr(value.size() - operand.size()), operand, letters);
}

bool has_within(std::string_view value, std::string_view operand, Letters letters) {
    if (letters == Letters::AsWritten) return value.find(operand) != std::string_view::npos;
    return operand.empty() ||
           std::search(value.begin(), value.end(), operand.begin(), operand.end(), same_when_folded) != value.end();
}

}  // namespace tocsin::match
