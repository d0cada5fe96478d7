#include "rules/match/gram_index.hpp"

#include <algorithm>
#include <bit>
#include <boost/container/small_vector.hpp>

namespace tocsin::match {
namespace {

using Buffer = boost::container::small_vector<char, 1024>;

/// Two letters that Unicode, and with it RE2, folds to ASCII ones.
constexpr std::string_view kLongS = "\xC5\xBF";
constexpr std::string_view kKelvin = "\xE2\x84\xAA";

constexpr std::size_t kBitsPerKey = 16;
constexpr std::size_t kBitsMin = 4'096;

std::uint64_t gram_at(const char* at, std::size_t size) {
    std::uint64_t gram = 0;
    std::memcpy(&gram, at, size);
    return gram;
}

void lower_into(Buffer& buffer, std::string_view text) {
    buffer.resize(text.size(), boost::container::default_init);
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        const auto word = lower_bytes(load<std::uint64_t>(text.data() + i));
        std::memcpy(buffer.data() + i, &word, sizeof word);
    }
    for (; i < text.size(); ++i) buffer[i] = folded(text[i]);
}

/// With the two letters as the ASCII ones that they fold to; empty if there is none of them.
std::string with_ascii_twins(std::string_view lower) {
    if (lower.find(kLongS) == std::string_view::npos && lower.find(kKelvin) == std::string_view::npos) return {};
    std::string twin;
    for (std::size_t i = 0; i < lower.size();) {
        const auto rest = lower.substr(i);
        const bool is_long_s = rest.starts_with(kLongS);
        const bool is_kelvin = rest.starts_with(kKelvin);
        twin += is_long_s ? 's' : is_kelvin ? 'k' : rest.front();
        i += is_long_s ? kLongS.size() : is_kelvin ? kKelvin.size() : 1;
    }
    return twin;
}

}  // namespace

void GramIndex::seal(Postings& postings) {
    if (wanted_.empty()) return;
    const auto size_of = [](std::string_view text) {
        return *std::find_if(kSizes.begin(), kSizes.end(), [&](std::size_t size) { return size <= text.size(); });
    };
    boost::unordered_flat_map<Key, std::uint32_t, AsItIs> uses;
    const auto each_gram = [&](std::string_view text, auto visit) {
        const auto size = size_of(text);
        for (std::size_t i = 0; i + size <= text.size(); ++i) visit(key(gram_at(text.data() + i, size), size));
    };
    for (const auto& wanted : wanted_) each_gram(wanted.text, [&](Key gram) { ++uses[gram]; });

    const auto bits = std::bit_ceil(std::max(kBitsMin, wanted_.size() * kBitsPerKey));
    bits_.assign(bits / 64, 0);
    shift_ = static_cast<std::uint32_t>(64 - std::countr_zero(bits));
    for (const auto& wanted : wanted_) {
        Key rarest = 0;
        auto fewest = UINT32_MAX;
        each_gram(wanted.text, [&](Key gram) {
            const auto count = uses.find(gram)->second;
            if (count >= fewest) return;
            fewest = count;
            rarest = gram;
        });
        postings.add(rarest, wanted.clause);
        bits_[(rarest >> shift_) / 64] |= std::uint64_t{1} << ((rarest >> shift_) % 64);
        const auto* size = std::find(kSizes.begin(), kSizes.end(), size_of(wanted.text));
        is_used_[static_cast<std::size_t>(size - kSizes.begin())] = true;
    }
    wanted_ = {};
}

template <class Word>
void GramIndex::find_grams(std::string_view lower, const Postings& postings, Candidates& candidates) const {
    for (std::size_t i = 0; i + sizeof(Word) <= lower.size(); ++i) {
        const auto gram = key(load<Word>(lower.data() + i), sizeof(Word));
        if (may_have(gram)) candidates.add(postings.find(gram));
    }
}

void GramIndex::find_in(std::string_view lower, const Postings& postings, Candidates& candidates) const {
    if (is_used_[0]) find_grams<std::uint64_t>(lower, postings, candidates);
    if (is_used_[1]) find_grams<std::uint32_t>(lower, postings, candidates);
    if (is_used_[2]) find_grams<std::uint16_t>(lower, postings, candidates);
    if (is_used_[3]) find_grams<std::uint8_t>(lower, postings, candidates);
}

void GramIndex::find(std::string_view value, const Postings& postings, Candidates& candidates) const {
    Buffer buffer;
    lower_into(buffer, value);
    const std::string_view lower(buffer.data(), buffer.size());
    find_in(lower, postings, candidates);
    if (const auto twin = with_ascii_twins(lower); !twin.empty()) find_in(twin, postings, candidates);
}

}  // namespace tocsin::match
