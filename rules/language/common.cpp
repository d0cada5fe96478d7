// What the decoders of the sections share.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/text.hpp"
#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"
#include "rules/language/warnings.hpp"
#include "rules/language/window_cure.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::language {
namespace {

constexpr std::size_t kNameBytesMax = 100;

/// Names stand in links, commands and keys of incidents.
bool can_be_name(std::string_view text) {
    const auto is_plain = [](char c) {
        const bool is_letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return is_letter_or_digit || static_cast<unsigned char>(c) >= 0x80 || c == '-' || c == '_' || c == '.';
    };
    return !text.empty() && text.size() <= kNameBytesMax && std::all_of(text.begin(), text.end(), is_plain);
}

const std::vector<std::string>& field_names() {
    static const std::vector<std::string> kNames{"source", "kind",   "status", "title",   "text",     "key",    "priority",
                                                 "tags",   "labels", "url",    "service", "severity", "payload"};
    return kNames;
}

std::string_view root_of(std::string_view path) { return path.substr(0, path.find('.')); }

bool is_field(std::string_view root) {
    const auto& names = field_names();
    return std::find(names.begin(), names.end(), root) != names.end();
}

std::string_view trimmed_quotes(std::string_view key) {
    return key.size() > 2 && key.starts_with('"') && key.ends_with('"') ? key.substr(1, key.size() - 2) : key;
}

/// The path in our spelling, of `labels[env]`, `payload.result["host"]`, `$.result.host`, `payload/result/host`.
std::optional<std::string> path_meant_by(std::string_view written) {
    const bool is_json_path = written.starts_with("$.");
    std::string ours;
    for (const char c : is_json_path ? written.substr(2) : written) {
        if (c == '[' || c == '/') {
            ours += '.';
        } else if (c != ']' && c != '"' && c != '\'') {
            ours += c;
        }
    }
    if (is_json_path && !is_field(root_of(ours))) ours = "payload." + ours;
    const bool is_other = is_json_path || written.find_first_of("[/") != std::string_view::npos;
    if (!is_other || !is_field(root_of(ours)) || !match::parse_field_path(ours)) return {};
    return ours;
}

bool has_parts(std::string_view root) { return root == "payload" || root == "labels"; }

/// `[sat,sun 10:00-12:00]` is two windows for YAML, the first of them a whole day.
void warn_of_split_windows(const std::vector<yaml::Cursor>& all) {
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        if (!all[i].is_scalar() || !all[i + 1].is_scalar()) continue;
        const auto days = all[i].place();
        const auto next = all[i + 1].place();
        const bool is_split = days.line == next.line && days.column + days.length + 1 == next.column;
        const auto text = all[i].text_or_blank().value_or("");
        if (!is_split || text.find(':') != std::string::npos) continue;
        warn(all[i], Warning::SplitWindow, fmt::format("\"{}\" is a window of its own here: the whole day", text))
            .hints.emplace_back("a comma separates the items of this list; a window with a comma must stand in quotes");
    }
}

/// The number behind "byte ", which rules/match counts from 1.
std::optional<std::size_t> byte_named(std::string_view message) {
    constexpr std::string_view kByte = "byte ";
    const auto found = message.find(kByte);
    if (found == std::string_view::npos) return {};
    const auto digits = message.substr(found + kByte.size());
    std::size_t byte = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte);
    if (error != std::errc{} || byte == 0) return {};
    return byte - 1;
}

}  // namespace

std::optional<Name> name_at(const yaml::Cursor& value) {
    auto text = value.text();
    if (!text) return {};
    return Name{std::move(*text), value};
}

std::vector<yaml::Cursor> items(const yaml::Cursor& list) {
    auto all = list.list();
    if (list.is_list() && all.empty()) list.error(fmt::format("{} must not be an empty list", list.subject()));
    return all;
}

std::vector<yaml::Cursor> one_or_more(const yaml::Cursor& value) {
    if (value.is_list()) return items(value);
    return value.one_or_more();
}

std::vector<Name> names_at(const yaml::Cursor& one_or_more_names) {
    std::vector<Name> names;
    for (const auto& item : one_or_more(one_or_more_names)) {
        auto name = name_at(item);
        if (!name) continue;
        const auto first = std::find_if(names.begin(), names.end(), [&](const Name& n) { return n.text == name->text; });
        if (first != names.end()) {
            item.error(fmt::format("\"{}\" stands twice in this list", name->text));
        } else {
            names.push_back(std::move(*name));
        }
    }
    return names;
}

bool declare(const Name& name, std::string_view what, Written& written) {
    const auto [first, is_new] = written.names.try_emplace(fmt::format("{} {}", what, name.text), name.at);
    if (is_new) return true;
    const auto first_place = first->second.place();
    name.at.error(fmt::format("the {} \"{}\" is written twice", what, name.text))
        .hints.push_back(fmt::format("the first is at {}", to_string(first_place)));
    return false;
}

std::vector<yaml::Entry> declarations(const yaml::Cursor& section, std::string_view what, Written& written) {
    std::vector<yaml::Entry> fresh;
    if (section.is_list()) {
        section.wrong("a map").hints.push_back(
            fmt::format("the name of each {} is a key: write \"its-name:\", and what it has below", what));
        return fresh;
    }
    for (auto& entry : section.entries()) {
        if (!can_be_name(entry.name)) {
            entry.key.error(fmt::format("\"{}\" cannot be the name of a {}", truncated(entry.name, kNameBytesMax), what))
                .hints.push_back(
                    fmt::format("a name has letters, digits, \"-\", \"_\" and \".\", and {} bytes at most", kNameBytesMax));
        } else if (declare({entry.name, entry.key}, what, written)) {
            fresh.push_back(std::move(entry));
        }
    }
    return fresh;
}

std::optional<WeeklyWindow> windows(const yaml::Cursor& value) {
    if (!value) return {};
    WeeklyWindow all;
    const auto all_written = one_or_more(value);
    warn_of_split_windows(all_written);
    for (const auto& item : all_written) {
        const auto window = item.read_or_cure("a window such as 22:00-06:00, mon-fri 09:00-17:00 or fri 20:00-sun 20:00",
                                              window_cure, parse_weekly_window);
        if (window) all.spans.insert(all.spans.end(), window->spans.begin(), window->spans.end());
    }
    return all;
}

std::optional<TimePoint> instant(const yaml::Cursor& value, const Zone& zone) {
    constexpr std::string_view kInstant =
        "a date such as 2027-01-01, or a time such as 2027-01-01 08:00, 2027-01-01 08:00 Asia/Karachi "
        "or 2027-01-01T03:00:00Z";
    return value.read(kInstant, [&](std::string_view text) -> std::optional<TimePoint> {
        if (const auto exact = parse_instant(text)) return exact;
        const auto civil = parse_civil(text);
        const auto midnight = civil ? civil : parse_civil(fmt::format("{} 00:00", text));
        if (!midnight) return {};
        return zone.to_utc(*midnight);
    });
}

std::optional<std::string> field_path(const yaml::Cursor& value, std::string_view written, std::size_t offset) {
    const auto path = match::parse_field_path(written);
    const auto meant = path_meant_by(written);
    if (!path) {
        auto& reported = value.error(path.error().message());
        if (meant) reported.hints.push_back(fmt::format("did you mean {}?", *meant));
        return {};
    }
    const auto root = root_of(*path);
    const bool is_known = is_field(root);
    if (is_known && (path->size() == root.size() || has_parts(root))) return *path;

    auto& reported = value.error_at(value.place_of(offset, is_known ? written.size() : root.size()),
                                    is_known ? fmt::format("the field \"{}\" has no parts", root)
                                             : fmt::format("no field is called \"{}\"", trimmed_quotes(root)));
    if (meant) {
        reported.hints.push_back(fmt::format("did you mean {}?", *meant));
        return {};
    }
    const auto& names = field_names();
    if (!is_known) yaml::hint_nearest(reported, root, names);
    if (reported.hints.empty()) {
        reported.hints.push_back(fmt::format("what the sender posted stands under payload: payload.{}", *path));
        if (!is_known) reported.hints.push_back(fmt::format("the fields are {}", fmt::join(names, ", ")));
    }
    return {};
}

std::optional<Severity> severity(const yaml::Cursor& value) {
    const auto text = value.text();
    if (!text) return {};
    if (const auto known = parse_severity(*text)) return known;
    std::vector<std::string> names;
    for (const auto one : kSeverities) names.emplace_back(to_string(one));
    auto& reported = value.wrong("one of critical, high, moderate, low, info, or P1 to P5");
    if (!yaml::hint_other_word(reported, *text, other_words::of_severity())) yaml::hint_nearest(reported, *text, names);
    return {};
}

std::vector<Severity> severities(const yaml::Cursor& value) {
    std::vector<Severity> all;
    if (!value) return all;
    for (const auto& item : one_or_more(value)) {
        if (const auto one = severity(item)) all.push_back(*one);
    }
    return all;
}

std::optional<Urgency> urgency(const yaml::Cursor& value) {
    const auto text = value.text();
    if (!text) return {};
    if (const auto known = parse_urgency(*text)) return known;
    const std::vector<std::string> names{"page", "notice", "record"};
    auto& reported = value.wrong("one of page, notice, record");
    if (!yaml::hint_other_word(reported, *text, other_words::of_urgency())) yaml::hint_nearest(reported, *text, names);
    return {};
}

std::string text_or(const yaml::Cursor& value, std::string_view otherwise) {
    return value.text().value_or(std::string(otherwise));
}

yaml::Diagnostic& report_at_byte(const yaml::Cursor& value, std::string_view message) {
    const auto byte = byte_named(message);
    if (!byte) return value.error(std::string(message));
    // The caret says where; the words need not.
    auto words = std::string(message);
    if (const auto front = fmt::format("at byte {}: ", *byte + 1); words.starts_with(front)) words.erase(0, front.size());
    if (const auto back = fmt::format(" (from byte {})", *byte + 1); words.ends_with(back))
        words.resize(words.size() - back.size());
    return value.error_at(value.place_of(*byte, 1), std::move(words));
}

}  // namespace tocsin::language
