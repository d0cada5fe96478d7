// HTTP responses to bytes.
#pragma once

#include <cstdint>
#include <string>

#include "daemon/http/request_reader.hpp"
#include "daemon/http/server.hpp"

namespace tocsin::http {

/// What the answer says about the connection after it.
enum class Afterwards : std::uint8_t {
    Keep,       ///< Kept, as HTTP/1.1 has it without a word.
    KeepAsked,  ///< Kept, said aloud for an HTTP/1.0 peer that asked for it.
    Close,
};

struct ResponseForm {
    Afterwards afterwards = Afterwards::Keep;
    bool leaves_out_body = false;  ///< The answer to HEAD: says how long the body would be.
};

/// Appends status line, header and body. Line breaks in header values become spaces. 204 and 304 have neither length nor body.
void append_response(std::string& out, const Response& response, const ResponseForm& form);

/// {"error": "...", "limit_bytes": N}, the second only where a limit was broken.
[[nodiscard]] Response to_response(const Refusal& refusal);

}  // namespace tocsin::http
