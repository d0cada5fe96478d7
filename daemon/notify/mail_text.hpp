// How texts are written into a message of mail: headers that hold nothing but themselves, bodies that any server carries.
#pragma once

#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace tocsin::notify {

/// The value of a header: one line of ASCII, as it is; anything else as encoded words of UTF-8 (RFC 2047), folded. No text can
/// end the header: control characters are replaced.
[[nodiscard]] std::string header_text(std::string_view text);

/// Quoted-printable (RFC 2045), with CRLF at every end of a line and at the end.
[[nodiscard]] std::string quoted_printable(std::string_view text);

/// "Tue, 24 Nov 2026 12:45:02 +0000".
[[nodiscard]] std::string mail_date(TimePoint t);

/// "<name@domain>" for Message-ID and References; what such a name cannot hold is written as "=2F".
[[nodiscard]] std::string message_id(std::string_view name, std::string_view domain);

}  // namespace tocsin::notify
