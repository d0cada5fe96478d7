// How an alert was read by a mapping of the rulebook: what stands in it as the mapping says, and what as usual.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tocsin {

struct Reading {
    /// One thing that the mapping says how to read.
    struct Part {
        std::string what;  ///< "key", "labels.host"
        std::string note;  ///< Why the usual stands there, or what a word was taken to mean; empty: there is nothing to say.
        bool is_mapped = false;
    };

    std::string mapping;  ///< Its name; empty: none of those of the source is for this alert, so all of it was read as usual.
    std::string place;    ///< "senders.yaml:12"
    std::vector<Part> parts;
    std::uint32_t missed = 0;  ///< How many of the parts stand as usual because a field that they need was not there.
};

}  // namespace tocsin
