// What endpoints share that read the store for people.
#pragma once

#include <boost/json.hpp>

#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"
#include "daemon/api/answers.hpp"
#include "daemon/api/services.hpp"

namespace tocsin::api {

/// A number that is not negative; nothing for anything else.
[[nodiscard]] inline std::optional<std::int64_t> to_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0) return {};
    return value;
}

/// Reads (what `read` returns is a Result of a JSON object) on the blocking thread, answers on the io thread.
template <class Read>
void answer_with(Services& services, Read read, http::Respond respond) {
    auto response = std::make_shared<http::Response>();
    services.run_blocking(
        [response, read = std::move(read)] {
            const Result<boost::json::object> body = read();
            *response = body ? json_answer(200, *body) : refusal(body.error());
        },
        [response, respond = std::move(respond)] { respond(std::move(*response)); });
}

}  // namespace tocsin::api
