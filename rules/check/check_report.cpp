#include "rules/check/check_report.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

namespace tocsin::check {
namespace json = boost::json;
namespace {

using yaml::Diagnostic;
using yaml::Level;

json::object diagnostic_json(const Diagnostic& diagnostic) {
    json::array hints;
    for (const auto& hint : diagnostic.hints) hints.emplace_back(hint);
    return {{"level", to_string(diagnostic.level)},
            {"code", diagnostic.code.empty() ? json::value(nullptr) : json::value(diagnostic.code)},
            {"file", diagnostic.place.file},
            {"line", diagnostic.place.line},
            {"column", diagnostic.place.column},
            {"message", diagnostic.message},
            {"hints", std::move(hints)}};
}

/// A workflow command is one line, and the runner takes these escapes back.
std::string escaped_data(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '%': escaped += "%25"; break;
            case '\r': escaped += "%0D"; break;
            case '\n': escaped += "%0A"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

/// Within a property, a colon or a comma would end it.
std::string escaped_property(std::string_view text) {
    std::string escaped;
    for (const char c : escaped_data(text)) {
        switch (c) {
            case ':': escaped += "%3A"; break;
            case ',': escaped += "%2C"; break;
            default: escaped += c;
        }
    }
    return escaped;
}

std::string_view github_word(Level level) {
    switch (level) {
        case Level::Error: return "error";
        case Level::Warning: return "warning";
        case Level::Waived: return "notice";
    }
    return "error";
}

std::string workflow_command(const Diagnostic& diagnostic) {
    const auto& place = diagnostic.place;
    auto properties = fmt::format("file={},line={},col={},endColumn={}", escaped_property(place.file), place.line, place.column,
                                  place.column + place.length);
    if (!diagnostic.code.empty()) properties += fmt::format(",title={}", escaped_property(diagnostic.code));
    auto message = diagnostic.message;
    for (const auto& hint : diagnostic.hints) message += "\n" + hint;
    return fmt::format("::{} {}::{}\n", github_word(diagnostic.level), properties, escaped_data(message));
}

/// "no errors, no warnings: 9 people, 3 schedules, ... (rulebook 0123456789abcdef)"
std::string summary(const CompiledRulebook& compiled) {
    const auto& diagnostics = compiled.diagnostics;
    if (!compiled.rulebook) return diagnostics.summary() + "\n";
    const bool is_clean = diagnostics.errors() == 0 && diagnostics.warnings() == 0;
    const auto waived = diagnostics.waived() == 0 ? std::string() : fmt::format(", {} waived", diagnostics.waived());
    const auto& roster = compiled.rulebook->roster();
    return fmt::format("{}: {} people, {} schedules, {} escalations, {} services, {} rules, {} tests (rulebook {})\n",
                       is_clean ? "no errors, no warnings" + waived : diagnostics.summary(), roster.people.size(),
                       roster.schedules.size(), roster.escalations.size(), roster.services.size(),
                       compiled.rulebook->rules().rules().size(), compiled.rulebook->tests().size(), compiled.rulebook->hash());
}

}  // namespace

std::string check_to_text(const CompiledRulebook& compiled, WaivedWarnings waived) {
    const auto& diagnostics = compiled.diagnostics;
    return (waived == WaivedWarnings::Shown ? diagnostics.render_with_waived() : diagnostics.render()) + summary(compiled);
}

std::string check_to_json(const CompiledRulebook& compiled) {
    const auto& diagnostics = compiled.diagnostics;
    json::array all;
    for (const auto& diagnostic : diagnostics.all()) all.push_back(diagnostic_json(diagnostic));
    return json::serialize(
               json::object{{"errors", diagnostics.errors()},
                            {"warnings", diagnostics.warnings()},
                            {"waived", diagnostics.waived()},
                            {"rulebook", compiled.rulebook ? json::value(compiled.rulebook->hash()) : json::value(nullptr)},
                            {"diagnostics", std::move(all)}}) +
           "\n";
}

std::string check_to_github(const CompiledRulebook& compiled, WaivedWarnings waived) {
    std::string text;
    for (const auto& diagnostic : compiled.diagnostics.all()) {
        if (diagnostic.level == Level::Waived && waived == WaivedWarnings::Hidden) continue;
        text += workflow_command(diagnostic);
    }
    return text + summary(compiled);
}

}  // namespace tocsin::check
