// Generated alerts: bodies of about 1 KiB as Splunk sends them, whose results name a hundred thousand services.
#pragma once

#include <string>
#include <vector>

namespace tocsin::bench {

/// The same for the same count, on every machine.
[[nodiscard]] std::vector<std::string> alert_bodies(std::size_t count);

}  // namespace tocsin::bench
