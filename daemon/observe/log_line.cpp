#include "daemon/observe/log_line.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace tocsin::log {
namespace {

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : printable(truncated(text, kValueCodePointsMax))) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\t': out += "\\t"; break;
            default: out += c;
        }
    }
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    append_escaped(out, text);
    out += '"';
}

void append_text_value(std::string& out, const Value& value) {
    if (value.number()) {
        out += fmt::to_string(*value.number());
    } else if (value.text().empty() || value.text().find_first_of(" \"\\=\n\t") != std::string_view::npos) {
        append_quoted(out, value.text());
    } else {
        append_escaped(out, value.text());
    }
}

void append_json_value(std::string& out, const Value& value) {
    if (value.number()) {
        out += fmt::to_string(*value.number());
    } else {
        append_quoted(out, value.text());
    }
}

std::string text_line(const Line& line) {
    auto out = fmt::format("event={}", to_string(line.event));
    for (const auto& [key, value] : line.fields) {
        out += fmt::format(" {}=", key);
        append_text_value(out, value);
    }
    if (!line.message.empty()) {
        out += " msg=";
        append_quoted(out, line.message);
    }
    return out;
}

std::string json_members(const Line& line) {
    auto out = fmt::format(R"("event":"{}")", to_string(line.event));
    for (const auto& [key, value] : line.fields) {
        out += fmt::format(R"(,"{}":)", key);
        append_json_value(out, value);
    }
    if (!line.message.empty()) {
        out += R"(,"msg":)";
        append_quoted(out, line.message);
    }
    return out;
}

/// The priorities of syslog, as systemd reads them at the start of a line.
int priority(Level level) {
    switch (level) {
        case Level::Debug: return 7;
        case Level::Info: return 6;
        case Level::Warning: return 4;
        case Level::Error: return 3;
        case Level::Critical: return 2;
    }
    return 6;
}

}  // namespace

std::string format_line(Format format, const Line& line) {
    switch (format) {
        case Format::Text: return text_line(line);
        case Format::Json: return json_members(line);
        case Format::Journald: return fmt::format("<{}>{}", priority(line.level), text_line(line));
    }
    return text_line(line);
}

}  // namespace tocsin::log
