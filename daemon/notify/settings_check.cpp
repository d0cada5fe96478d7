#include "daemon/notify/settings_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace tocsin::notify {

Result<void> check_options(const ChannelSettings& settings, const std::vector<std::string>& known) {
    for (const auto& [name, value] : settings.options) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        auto message = fmt::format("a channel of kind {} has no \"{}\"", settings.kind, printable(name));
        if (const auto near = nearest(name, known)) message += fmt::format("; did you mean \"{}\"?", *near);
        return Error{Errc::Invalid, std::move(message)};
    }
    return {};
}

Result<http::Url> check_url(std::string_view url) {
    auto parsed = http::parse_url(url);
    // The client's own words never show the URL, see daemon/http/url.cpp.
    if (!parsed) return parsed.error().in("url");
    return parsed;
}

Result<void> check_header_secret(std::string_view secret) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; };
    if (std::none_of(secret.begin(), secret.end(), is_control)) return {};
    return Error{Errc::Invalid, "the secret holds a control character or a line break; write it as one line"};
}

}  // namespace tocsin::notify
