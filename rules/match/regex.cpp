#include "rules/match/regex.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "rules/match/regex_options.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match {
namespace {

Error refusal(const RE2& regex, std::string_view pattern) {
    if (regex.error_code() == RE2::ErrorPatternTooLarge) {
        return {Errc::TooLarge, fmt::format("the pattern needs more than {} MiB when compiled: make its repetitions smaller",
                                            kRegexBytesMax >> 20)};
    }
    const auto& part = regex.error_arg();
    const auto at = part.empty() ? std::string_view::npos : pattern.find(part);
    // RE2 names the part that it refuses and not where it is; the first occurrence is a guess only if it occurs twice.
    const auto where = at == std::string_view::npos ? std::string() : fmt::format(" (from byte {})", at + 1);
    return {Errc::Invalid, fmt::format("no valid regular expression (RE2): {}{}", regex.error(), where)};
}

}  // namespace

struct Regex::Compiled {
    Compiled(std::string_view pattern, Letters letters)
        : re2({pattern.data(), pattern.size()}, regex_options<RE2::Options>(letters)) {}
    RE2 re2;
};

Regex::Regex(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Regex::~Regex() = default;
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;

Result<Regex> Regex::compile(std::string_view pattern, Letters letters) {
    auto compiled = std::make_unique<Compiled>(pattern, letters);
    if (!compiled->re2.ok()) return refusal(compiled->re2, pattern);
    return Regex(std::move(compiled));
}

bool Regex::matches(std::string_view value) const {
    return compiled_->re2.Match({value.data(), value.size()}, 0, value.size(), RE2::UNANCHORED, nullptr, 0);
}

std::size_t Regex::bytes() const {
    constexpr std::size_t kBytesPerInstruction = 16;
    const auto instructions = compiled_->re2.ProgramSize() + std::max(0, compiled_->re2.ReverseProgramSize());
    return static_cast<std::size_t>(instructions) * kBytesPerInstruction;
}

Result<void> check_regex(std::string_view pattern, bool ignore_case) {
    const auto regex = Regex::compile(pattern, ignore_case ? Letters::Folded : Letters::AsWritten);
    if (!regex) return regex.error();
    return {};
}

}  // namespace tocsin::match
