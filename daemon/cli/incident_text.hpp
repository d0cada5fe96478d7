// An incident for the terminal, as `tocsin incidents ID` and the commands that change one show it.
#pragma once

#include <string>
#include <string_view>

namespace boost::json {
class object;
}

namespace tocsin::cli {

/// From the API's answer; members, timeline and pages where it has them.
[[nodiscard]] std::string incident_text(const std::string& body);

/// "triggered, silenced": by itself the state would say that somebody is being paged.
[[nodiscard]] std::string state_of(const boost::json::object& incident);
/// A value as text; empty if it is null or not there.
[[nodiscard]] std::string text_at(const boost::json::object& object, std::string_view key);

}  // namespace tocsin::cli
