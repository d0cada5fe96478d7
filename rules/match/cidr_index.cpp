#include "rules/match/cidr_index.hpp"

#include <algorithm>

namespace tocsin::match {
namespace {

Key key(std::uint32_t path, const Address& address, std::uint32_t bits) {
    std::array<char, 16> masked{};
    std::copy_n(address.bytes.begin(), (bits + 7) / 8, masked.begin());
    if (bits % 8 != 0) masked[bits / 8] = static_cast<char>(address.bytes[bits / 8] & (0xFFU << (8 - bits % 8)));
    const auto hash = mixed(load<std::uint64_t>(masked.data()), load<std::uint64_t>(masked.data() + 8));
    return key_of(KeyKind::Cidr, path, bits, hash);
}

}  // namespace

void CidrIndex::add(const Prefix& prefix, std::uint32_t clause, Postings& postings) {
    if (std::find(lengths_.begin(), lengths_.end(), prefix.bits()) == lengths_.end()) lengths_.push_back(prefix.bits());
    postings.add(key(path_, prefix.base(), prefix.bits()), clause);
}

void CidrIndex::find(const Address& address, const Postings& postings, Candidates& candidates) const {
    for (const auto bits : lengths_) candidates.add(postings.find(key(path_, address, bits)));
}

}  // namespace tocsin::match
