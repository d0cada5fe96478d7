// One GET, waited for: for threads that have time.
#pragma once

#include <cstddef>
#include <string>

#include "core/base/result.hpp"
#include "core/ports/clock.hpp"
#include "daemon/http/client.hpp"

namespace tocsin::app {

struct FetchOptions {
    std::string ca_file;
    std::size_t bytes_max = 0;
};

/// The body of a 200. Blocks for limits::kSendTimeout at most. The error shows no path and no query; TooLarge above `bytes_max`.
[[nodiscard]] Result<std::string> fetch(const http::Url& url, const FetchOptions& options, const Clock& clock);

}  // namespace tocsin::app
