// The values that satisfy a condition, as a set of which can be said whether it lies within another, or apart from it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/match/cidr.hpp"
#include "rules/match/expression.hpp"
#include "rules/match/regex.hpp"
#include "rules/match/wildcard.hpp"

namespace tocsin::match {

/// What one operand of a condition takes.
class ValueRange {
public:
    /// One for each operand of a condition that is about values: anything but Present and Absent.
    [[nodiscard]] static std::vector<ValueRange> all_of(const Condition& condition);

    /// Whether every value of `narrow` is one of `wide`. Never true where it is not so.
    [[nodiscard]] static bool covers(const ValueRange& wide, const ValueRange& narrow);
    /// Whether no value is in both. Never true where it is not so.
    [[nodiscard]] static bool are_apart(const ValueRange& a, const ValueRange& b);

    [[nodiscard]] bool has(const std::string& value) const;
    /// Every value, whatever it is.
    [[nodiscard]] bool is_everything() const;
    /// What all of its values have in them, in lower case; nothing where that cannot be said.
    [[nodiscard]] std::vector<std::string> runs() const;

private:
    enum class Kind : std::uint8_t { Text, Regex, Numbers, Addresses };
    struct Limit {
        double number = 0;
        bool is_included = true;
    };

    [[nodiscard]] static ValueRange text(const Condition& condition, const std::string& operand);
    [[nodiscard]] static ValueRange regex(const Condition& condition, const std::string& operand);
    [[nodiscard]] static ValueRange addresses(const std::string& operand);
    [[nodiscard]] static ValueRange numbers(const Condition& condition);
    [[nodiscard]] bool has_number(double number) const;
    [[nodiscard]] bool has_address(const Address& address) const;

    Kind kind_ = Kind::Text;
    /// It lies within `outer_`, and `inner_` lies within it; absent where nothing is known.
    std::optional<Wildcard> outer_;
    std::optional<Wildcard> inner_;
    std::optional<std::string> only_;  ///< Its only value.
    std::string pattern_;
    Letters letters_ = Letters::AsWritten;
    bool is_always_true_ = false;
    Limit low_;
    Limit high_;
    Address base_;
    std::uint32_t bits_ = 0;
    mutable std::shared_ptr<const match::Regex> compiled_;  ///< Made when it is first asked.
};

/// Whether each of the narrow ones lies within one of the wide ones.
[[nodiscard]] bool covers(const std::vector<ValueRange>& wide, const std::vector<const ValueRange*>& narrow);

}  // namespace tocsin::match
