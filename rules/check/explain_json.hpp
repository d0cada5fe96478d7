// What explain and the rulebook tests share of their JSON. Included by .cpp files only: it names Boost.JSON.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "rules/check/explain.hpp"
#include "rules/check/explain_page.hpp"

namespace tocsin::check {

/// [{"offset": "+5m", "at", "local", "person", "via", "channel", "urgency", "reason", "why"}]
[[nodiscard]] boost::json::array json_of_pages(const std::vector<ExplainedPage>& pages);
/// What to_json() writes.
[[nodiscard]] boost::json::object json_of(const Explanation& explanation);

}  // namespace tocsin::check
