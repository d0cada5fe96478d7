// 64-bit keys under which the index files rules: a hash of a text or of numbers, mixed with what it is a key of.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "rules/match/fold.hpp"

namespace tocsin::match {

/// Two keys that differ may collide: a key finds candidates, it proves nothing.
using Key = std::uint64_t;

enum class KeyKind : std::uint8_t { Prefix, Suffix, Gram, Cidr, Tuple };

/// Both halves of the product of two words: every bit of the result depends on every bit of both.
[[nodiscard]] inline std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const auto product = static_cast<Wide>(a ^ 0xA0761D6478BD642FU) * (b ^ 0xE7037ED1A0B428DBU);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
}

[[nodiscard]] inline Key key_of(KeyKind kind, std::uint32_t path, std::uint32_t length, std::uint64_t hash) {
    const auto what = (static_cast<std::uint64_t>(path) << 24U) ^ (static_cast<std::uint64_t>(length) << 4U);
    return mixed(hash, what ^ static_cast<std::uint64_t>(kind));
}

/// Eight bytes at once; lower_ascii() of each.
[[nodiscard]] constexpr std::uint64_t lower_bytes(std::uint64_t bytes) {
    constexpr std::uint64_t kOnes = 0x0101010101010101U;
    const auto low_bits = bytes & (kOnes * 0x7F);
    const auto from_a = low_bits + kOnes * (0x80 - 'A');
    const auto beyond_z = low_bits + kOnes * (0x7F - 'Z');
    const auto is_upper = (from_a ^ beyond_z) & ~bytes & (kOnes * 0x80);
    return bytes | (is_upper >> 2U);
}

template <class Word>
[[nodiscard]] inline std::uint64_t load(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// At most eight bytes, as one word; texts of different sizes may give the same.
[[nodiscard]] inline std::uint64_t short_word(const char* at, std::size_t size) {
    if (size >= 4) return load<std::uint32_t>(at) | (load<std::uint32_t>(at + size - 4) << 32U);
    if (size == 0) return 0;
    return load<std::uint8_t>(at) | (load<std::uint8_t>(at + size / 2) << 8U) | (load<std::uint8_t>(at + size - 1) << 16U);
}

/// The same for a text and its operand if they are equal under `letters`, where the operand is in lower case if that folds.
template <Letters letters>
[[nodiscard]] inline std::uint64_t hash_of(std::string_view text) {
    const auto word = [](std::uint64_t bytes) { return letters == Letters::Folded ? lower_bytes(bytes) : bytes; };
    const auto* at = text.data();
    auto left = text.size();
    std::uint64_t hash = text.size();
    for (; left > 8; left -= 8, at += 8) hash = mixed(hash, word(load<std::uint64_t>(at)));
    if (text.size() >= 8) return mixed(hash, word(load<std::uint64_t>(text.data() + text.size() - 8)));
    return mixed(hash, word(short_word(at, left)));
}

/// For hash tables whose keys are hashes already.
struct AsItIs {
    using is_avalanching = void;
    [[nodiscard]] std::size_t operator()(Key key) const { return key; }
};

}  // namespace tocsin::match
