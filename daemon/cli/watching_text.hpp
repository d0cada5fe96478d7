// What the API answers about triage, heartbeats, drills and reports, for the terminal.
#pragma once

#include <boost/json/object.hpp>
#include <string>

namespace tocsin::cli {

[[nodiscard]] std::string queue_text(const std::string& body);
/// Of an incident: its five answers.
[[nodiscard]] std::string answers_text(const std::string& body);
[[nodiscard]] std::string triage_text(const boost::json::object& incident);
[[nodiscard]] std::string heartbeats_text(const std::string& body);
[[nodiscard]] std::string begun_text(const std::string& body);
[[nodiscard]] std::string drills_text(const std::string& body);
[[nodiscard]] std::string report_text(const std::string& body);
[[nodiscard]] std::string recurring_text(const std::string& body);

}  // namespace tocsin::cli
