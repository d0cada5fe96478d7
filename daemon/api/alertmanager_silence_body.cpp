#include "daemon/api/alertmanager_silence_body.hpp"

#include <boost/json.hpp>

#include <utility>
#include <vector>

#include "daemon/api/alertmanager_matchers.hpp"

namespace tocsin::api {
namespace json = boost::json;
namespace {

bool flag_in(const json::object& object, std::string_view key, bool otherwise) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_bool() ? value->get_bool() : otherwise;
}

Result<std::vector<AmMatcher>> matchers_in(const json::object& silence) {
    const auto* list = silence.if_contains("matchers");
    if (list == nullptr || !list->is_array() || list->get_array().empty()) {
        return Error{Errc::Invalid, "a silence needs at least one matcher"};
    }
    std::vector<AmMatcher> matchers;
    for (const auto& one : list->get_array()) {
        if (!one.is_object()) return Error{Errc::Invalid, "a matcher is an object with name, value, isRegex and isEqual"};
        const auto& object = one.get_object();
        AmMatcher matcher{text_in(object, "name"), text_in(object, "value"), flag_in(object, "isRegex", false),
                          flag_in(object, "isEqual", true)};
        if (matcher.name.empty()) return Error{Errc::Invalid, "a matcher needs a name"};
        matchers.push_back(std::move(matcher));
    }
    return matchers;
}

}  // namespace

Result<std::string> silence_asked_by(const json::object& silence) {
    const auto matchers = matchers_in(silence);
    if (!matchers) return matchers.error();
    const auto comment = text_in(silence, "comment");
    json::object asked{{"match", conditions_of(*matchers)},
                       {"until", text_in(silence, "endsAt")},
                       {"reason", comment},
                       {"by", text_in(silence, "createdBy")},
                       {"open", true}};
    if (auto starts = text_in(silence, "startsAt"); !starts.empty()) asked["from"] = std::move(starts);
    return json::serialize(asked);
}

std::string text_in(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace tocsin::api
