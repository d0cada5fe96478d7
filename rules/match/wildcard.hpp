// Sets of texts as patterns: letters, "any one code point" and "any run"; whether one set lies within another, or apart from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/match/fold.hpp"

namespace tocsin::match {

class Wildcard {
public:
    /// Open ends stand for any run, the empty one too.
    enum class Ends : std::uint8_t { Closed, OpenRight, OpenLeft, Open };

    /// `text` as it is written, `*` and `?` in it being themselves.
    [[nodiscard]] static Wildcard text(std::string_view text, Letters letters, Ends ends);
    [[nodiscard]] static Wildcard glob(std::string_view pattern, Letters letters);

    /// Whether every text of `narrow` is one of `wide`. Never true where it is not so; false also where it could not be seen.
    [[nodiscard]] static bool covers(const Wildcard& wide, const Wildcard& narrow);
    /// Whether no text is in both.
    [[nodiscard]] static bool are_apart(const Wildcard& a, const Wildcard& b);

    /// The stretches of letters that every one of its texts has, in lower case, in order.
    [[nodiscard]] std::vector<std::string> runs() const;
    /// Its only text, if there is only one.
    [[nodiscard]] std::optional<std::string> only_text() const;
    /// Every text at all.
    [[nodiscard]] bool is_everything() const;

private:
    /// One code point's bytes, or one of the two below. A letter that may be in either case is kept in lower case.
    struct Token {
        std::uint32_t bytes = 0;
        bool is_folded = false;
        friend bool operator==(const Token&, const Token&) = default;
    };
    static constexpr std::uint32_t kOne = UINT32_MAX;
    static constexpr std::uint32_t kRun = UINT32_MAX - 1;

    [[nodiscard]] static bool is_letterly(const Token& token) { return token.bytes < kRun; }
    [[nodiscard]] static bool takes(const Token& wide, const Token& narrow);
    [[nodiscard]] static bool can_meet(const Token& a, const Token& b);
    void add(std::string_view text, Letters letters);
    void add_run();

    std::vector<Token> tokens_;
};

}  // namespace tocsin::match
