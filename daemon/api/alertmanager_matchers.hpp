// Alertmanager's matchers: read, asked of labels, and as conditions of the rulebook's language and back.
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace tocsin::api {

struct AmMatcher {
    std::string name;
    std::string value;
    bool is_regex = false;
    bool is_equal = true;
    friend bool operator==(const AmMatcher&, const AmMatcher&) = default;
};

/// `alertname="Disk"`, `job=~api|web`, `env!=dev`, as `filter` in a query has it.
[[nodiscard]] Result<AmMatcher> parse_am_matcher(std::string_view text);

/// The value of a label; an empty one where there is none.
using LabelOf = std::function<std::string_view(std::string_view name)>;
/// As Alertmanager judges: a label that is absent is an empty one; an expression must match the whole value.
[[nodiscard]] bool holds(const AmMatcher& matcher, const LabelOf& label_of);

/// What a silence of these covers, as JSON in the rulebook's language. Matchers of labels that only we add ask
/// for what they were made of.
[[nodiscard]] boost::json::object conditions_of(const std::vector<AmMatcher>& matchers);
/// The matchers that such conditions were made of; nothing for conditions that were written otherwise.
[[nodiscard]] std::optional<std::vector<AmMatcher>> matchers_of(const boost::json::value& conditions);

[[nodiscard]] boost::json::object to_json(const AmMatcher& matcher);

}  // namespace tocsin::api
