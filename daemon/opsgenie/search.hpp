// The query language of Opsgenie's alert list: `status: open AND (tag: db* OR message: "disk full") AND NOT priority: P5`. Pure.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace tocsin::opsgenie {

/// What a query can see of an alert; a name may stand there several times.
struct Fact {
    std::string name;  ///< In small letters: "status", "tag", "details.key".
    std::string value;
};
using Facts = std::vector<Fact>;

/// A query that was read.
class Search {
public:
    /// Invalid, with the place, for what cannot be read; an empty text finds everything. Fields are known or start with
    /// "details."; names and values compare without regard to case. Terms that stand side by side must all hold.
    [[nodiscard]] static Result<Search> read(std::string_view text);

    [[nodiscard]] bool matches(const Facts& facts) const;

    struct Node;

private:
    std::shared_ptr<const Node> root_;  ///< Null: everything.
};

}  // namespace tocsin::opsgenie
