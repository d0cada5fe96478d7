// E-mail: a message as it was sent (RFC 5322, MIME) -> JSON, and what its subject and headers say.
#pragma once

#include <string>
#include <string_view>

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// {subject, from, to, date, message_id, headers: {name: [value]}, text, attachments: [name]}, all of it decoded to UTF-8; the
/// names of headers in small letters. A body that is such an object already stays as it is. Of an HTML message the text is its
/// text. What is no message has no subject, and itself as its text: nothing is refused.
[[nodiscard]] std::string mail_as_json(std::string body);

/// What one message says. Its first word may say that it is over ("[RESOLVED] disk full", "RECOVERY: disk full"); without that
/// word the subject, with the sender's address, is the key. Headers say it better: X-Tocsin-Status, X-Tocsin-Key and
/// X-Tocsin-Severity. `source` and `kind` are left to the caller.
[[nodiscard]] Alert mail_alert(JsonView body);

/// A subject without what may change from one message about an alert to the next, and what the first such word said.
struct SubjectParts {
    std::string status;  ///< "resolved"; empty if no word says it.
    std::string about;
};
[[nodiscard]] SubjectParts subject_parts(std::string_view subject);

}  // namespace tocsin::intake
