// The internet prefixes that rules want of one path, found by an address with one look-up for each length of prefix in use.
#pragma once

#include <cstdint>
#include <vector>

#include "rules/match/candidates.hpp"
#include "rules/match/cidr.hpp"
#include "rules/match/postings.hpp"

namespace tocsin::match {

class CidrIndex {
public:
    explicit CidrIndex(std::uint32_t path) : path_(path) {}

    void add(const Prefix& prefix, std::uint32_t clause, Postings& postings);

    void find(const Address& address, const Postings& postings, Candidates& candidates) const;

private:
    std::uint32_t path_;
    std::vector<std::uint32_t> lengths_;
};

}  // namespace tocsin::match
