#include "daemon/intake/own_alert.hpp"

#include <fmt/format.h>

namespace tocsin::intake {
namespace {

std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    return out + "\"";
}

}  // namespace

std::string own_payload(const OwnAlert& alert) {
    return fmt::format(R"({{"about":{},"what":{},"state":{},"title":{},"text":{}}})", json_text(alert.about),
                       json_text(alert.what), json_text(alert.state), json_text(alert.title), json_text(alert.text));
}

std::string own_key(std::string_view about, std::string_view what) {
    return what.empty() ? std::string(about) : fmt::format("{} {}", about, what);
}

Alert own_alert(JsonView body) {
    const auto text = [&](std::string_view name) { return std::string(body.find(name).text()); };
    Alert alert;
    alert.action = body.find("state").text() == "ok" ? AlertAction::Resolve : AlertAction::Fire;
    alert.key = own_key(text("about"), text("what"));
    if (alert.key.empty()) alert.key = kOwnSource;
    alert.is_followed_up = true;
    alert.title = text("title");
    alert.text = text("text");
    for (const auto* name : {"about", "what", "state"}) {
        if (const auto value = text(name); !value.empty()) alert.labels.emplace_back(name, value);
    }
    return alert;
}

}  // namespace tocsin::intake
