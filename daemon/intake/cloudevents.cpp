#include "daemon/intake/cloudevents.hpp"

#include <fmt/format.h>

#include <array>

#include "core/base/text.hpp"
#include "core/model/usual_words.hpp"
#include "daemon/intake/generic.hpp"
#include "daemon/intake/json_error.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/json_write.hpp"

namespace tocsin::intake {
namespace {

/// Of a type such as "com.example.disk.resolved" the last word may say that it is over.
AlertAction action_of_event_type(std::string_view type) {
    const auto dot = type.rfind('.');
    return action_meant(dot == std::string_view::npos ? type : type.substr(dot + 1));
}

}  // namespace

Alert cloudevents_alert(JsonView event) {
    const auto data = event.find("data");
    const auto type = event.find("type").text();
    auto alert = generic_alert(data);
    if (alert.action_name.empty()) {
        alert.action_name = std::string(type);
        alert.action = action_of_event_type(type);
    }
    if (alert.key == kUnnamedKey) {
        // The id is another one for each event, so it cannot say what is over.
        alert.key = fmt::format("{}/{}", event.find("source").text(), event.find("subject").text());
        alert.title = first_text({event.find("subject"), event.find("type"), event.find("source")});
        if (alert.title.empty()) alert.title = "event";
    }
    if (data.exists() && !data.is_object() && alert.text.empty()) alert.text = std::string(data.text());
    for (const std::string_view label : {"source", "type", "subject"}) {
        add_label(alert, label, std::string(event.find(label).text()));
    }
    return alert;
}

std::string structured_event(const std::string& body, const std::function<std::string_view(std::string_view name)>& header) {
    std::string event = "{";
    for (const std::string_view name : {"specversion", "id", "source", "type", "subject", "time", "dataschema"}) {
        const auto value = header(fmt::format("ce-{}", name));
        if (!value.empty()) event += fmt::format("{}:{},", json_quoted(name), json_quoted(valid_utf8(value)));
    }
    if (const auto type = header("Content-Type"); !type.empty()) {
        event += fmt::format("\"datacontenttype\":{},", json_quoted(valid_utf8(type)));
    }
    const bool is_json = !json_error(body, JsonRoot::ObjectOrArray);
    return fmt::format("{}\"data\":{}}}", event, is_json ? body : json_quoted(valid_utf8(body)));
}

}  // namespace tocsin::intake
