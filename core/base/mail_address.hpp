// What a mail address looks like: the plain form that people write, without quotes, comments or a name.
#pragma once

#include <string_view>

namespace tocsin {

/// "lahore-a@example.org": ASCII, no spaces and no control characters, so that it can stand in a header and in an SMTP command.
[[nodiscard]] bool is_mail_address(std::string_view text);

/// What stands behind the @ of a mail address.
[[nodiscard]] std::string_view mail_domain(std::string_view address);

}  // namespace tocsin
