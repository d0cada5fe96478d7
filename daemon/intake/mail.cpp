// GMime reads the message: MIME, character sets and encoded words have too many odd corners for code of our own.
#include "daemon/intake/mail.hpp"

#include <gmime/gmime.h>

#include <map>
#include <memory>
#include <vector>

#include "core/base/text.hpp"
#include "core/model/usual_words.hpp"
#include "daemon/intake/html_text.hpp"
#include "daemon/intake/json_fields.hpp"
#include "daemon/intake/json_write.hpp"

namespace tocsin::intake {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

/// A text of GMime's that is ours to free.
std::string taken(char* text) {
    if (text == nullptr) return {};
    std::string copy = valid_utf8(text);
    g_free(text);
    return copy;
}

std::string copied(const char* text) { return text == nullptr ? std::string() : valid_utf8(text); }

std::string addresses(InternetAddressList* list) {
    return list == nullptr ? std::string() : taken(internet_address_list_to_string(list, nullptr, FALSE));
}

Owned<GMimeMessage> parsed_message(const std::string& bytes) {
    static const bool kIsReady = [] {
        g_mime_init();
        return true;
    }();
    (void)kIsReady;  // Once in a process, before anything else of GMime.
    const Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    return Owned<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

std::string text_of_message(GMimeMessage* message) {
    auto* body = g_mime_message_get_body(message);
    if (body == nullptr || !GMIME_IS_TEXT_PART(body)) return {};
    auto text = taken(g_mime_text_part_get_text(GMIME_TEXT_PART(body)));
    auto* type = g_mime_object_get_content_type(body);
    return type != nullptr && g_mime_content_type_is_type(type, "text", "html") != 0 ? html_as_text(text) : text;
}

void note_attachment(GMimeObject* /*parent*/, GMimeObject* part, void* names) {
    if (!GMIME_IS_PART(part) || g_mime_part_is_attachment(GMIME_PART(part)) == 0) return;
    static_cast<std::vector<std::string>*>(names)->push_back(copied(g_mime_part_get_filename(GMIME_PART(part))));
}

std::string json_list(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const auto& text : texts) {
        if (out.size() > 1) out += ',';
        out += json_quoted(text);
    }
    return out + ']';
}

std::string headers_json(GMimeMessage* message) {
    std::map<std::string, std::vector<std::string>> by_name;
    auto* list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    for (int i = 0; i < g_mime_header_list_get_count(list); ++i) {
        auto* header = g_mime_header_list_get_header_at(list, i);
        by_name[lower_ascii(copied(g_mime_header_get_name(header)))].push_back(copied(g_mime_header_get_value(header)));
    }
    std::string out = "{";
    for (const auto& [name, values] : by_name) {
        if (out.size() > 1) out += ',';
        out += json_quoted(name) + ':' + json_list(values);
    }
    return out + '}';
}

/// The address of "Name <address>".
std::string_view bare_address(std::string_view from) {
    const auto begin = from.rfind('<');
    const auto end = from.rfind('>');
    return begin == std::string_view::npos || end == std::string_view::npos || end < begin
               ? from
               : from.substr(begin + 1, end - begin - 1);
}

std::string header_of(JsonView body, std::string_view name) { return joined_text(body.find("headers").find(name), ", "); }

}  // namespace

std::string mail_as_json(std::string body) {
    if (const auto begin = body.find_first_not_of(" \t\r\n"); begin != std::string::npos && body[begin] == '{') return body;
    const auto message = parsed_message(body);
    if (!message) return "{\"text\":" + json_quoted(valid_utf8(body)) + '}';
    std::vector<std::string> attachments;
    g_mime_message_foreach(message.get(), note_attachment, &attachments);
    std::string out = "{";
    const auto add = [&out](std::string_view name, const std::string& text) {
        if (!text.empty()) out += json_quoted(name) + ':' + json_quoted(text) + ',';
    };
    add("subject", copied(g_mime_message_get_subject(message.get())));
    add("from", addresses(g_mime_message_get_from(message.get())));
    add("to", addresses(g_mime_message_get_to(message.get())));
    add("date", copied(g_mime_object_get_header(GMIME_OBJECT(message.get()), "Date")));
    add("message_id", copied(g_mime_message_get_message_id(message.get())));
    add("text", text_of_message(message.get()));
    return out + "\"headers\":" + headers_json(message.get()) + ",\"attachments\":" + json_list(attachments) + '}';
}

Alert mail_alert(JsonView body) {
    const auto parts = subject_parts(body.find("subject").text());
    const auto from = body.find("from").text();
    Alert alert;
    alert.action_name = header_of(body, "x-tocsin-status");
    if (alert.action_name.empty()) alert.action_name = parts.status;
    alert.action = action_meant(alert.action_name);
    alert.key = header_of(body, "x-tocsin-key");
    if (alert.key.empty()) alert.key = std::string(bare_address(from)) + "/" + parts.about;
    alert.is_followed_up = true;
    alert.title = parts.about.empty() ? "e-mail" : parts.about;
    alert.text = std::string(body.find("text").text());
    alert.priority = header_of(body, "x-tocsin-severity");
    if (alert.priority.empty() && alert.action == AlertAction::Fire) alert.priority = parts.status;
    add_label(alert, "from", std::string(bare_address(from)));
    add_label(alert, "to", std::string(body.find("to").text()));
    if (alert.action != AlertAction::Fire) alert.actor = std::string(bare_address(from));
    return alert;
}

}  // namespace tocsin::intake
