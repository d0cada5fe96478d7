// The texts that rules compare fields with, each with a number, so that a value is hashed once and then compared as a number.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "rules/match/key.hpp"

namespace tocsin::match {

/// Numbers (path, letters, text). Texts as written are not copied: they must outlive the table.
class ValueTable {
public:
    static constexpr std::uint32_t kUnknown = UINT32_MAX;

    /// The number that the text has, else `number`.
    std::uint32_t add(std::uint32_t path, Letters letters, std::string_view operand, std::uint32_t number);
    [[nodiscard]] std::uint32_t find(std::uint32_t path, std::string_view value) const;
    /// Under folded letters.
    [[nodiscard]] std::uint32_t find_folded(std::uint32_t path, std::string_view value) const;

    [[nodiscard]] std::size_t bytes() const;

private:
    template <Letters letters>
    struct Text {
        std::string_view text;
        std::uint32_t path;
    };
    struct Hash {
        using is_transparent = void;
        using is_avalanching = void;
        template <Letters letters>
        [[nodiscard]] std::size_t operator()(Text<letters> text) const {
            return mixed(hash_of<letters>(text.text), text.path);
        }
    };
    struct Equal {
        using is_transparent = void;
        template <Letters letters>
        [[nodiscard]] bool operator()(Text<letters> value, Text<Letters::AsWritten> operand) const {
            return value.path == operand.path && is_equal(value.text, operand.text, letters);
        }
        template <Letters letters>
        [[nodiscard]] bool operator()(Text<Letters::AsWritten> operand, Text<letters> value) const
            requires(letters == Letters::Folded) {
            return (*this)(value, operand);
        }
    };
    using Table = boost::unordered_flat_map<Text<Letters::AsWritten>, std::uint32_t, Hash, Equal>;

    Table as_written_;
    Table folded_;
    std::deque<std::string> lower_;  ///< What folded_ points to.
};

}  // namespace tocsin::match
