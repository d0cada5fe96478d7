// Field paths as authors write them -> as Fields spells them.
#include <fmt/format.h>

#include <algorithm>

#include "rules/match/mapping.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match {
namespace {

Error no_path(std::string_view written, std::string_view why) {
    return {Errc::Invalid, fmt::format("\"{}\" is no field path: {}", written, why)};
}

/// Takes a quoted key off the front of `rest`; nothing if the quote is not closed.
std::optional<std::string> take_quoted(std::string_view& rest) {
    std::string key;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        if (rest[i] == '"') {
            rest.remove_prefix(i + 1);
            return key;
        }
        if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
        key += rest[i];
    }
    return {};
}

/// `items[0]`, `items[*]`, `items.*.id`: no key of a payload as a rule, but the way to elements in other languages.
bool has_subscript(std::string_view key) {
    const auto open = key.rfind('[');
    if (!key.ends_with(']') || open == std::string_view::npos) return false;
    const auto inside = key.substr(open + 1, key.size() - open - 2);
    return inside == "*" || inside.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<std::string> objection_to(std::string_view key) {
    if (key.empty()) return "a key is empty (write \"\" in quotes if it is meant)";
    if (key.find('"') != std::string_view::npos)
        return fmt::format("a quote inside the key {} (put the whole key in quotes)", key);
    if (key.front() == ' ' || key.back() == ' ')
        return fmt::format("a space at the edge of the key \"{}\" (quote it if it is meant)", key);
    if (key == "*") {
        return "elements of a list stand under the list's own path, without a key of their own (quote \"*\" if it is a key)";
    }
    if (has_subscript(key)) {
        return fmt::format(
            "elements of a list stand under the list's own path: write {} (quote the key if it really is called {})",
            key.substr(0, key.rfind('[')), key);
    }
    return {};
}

}  // namespace

Result<std::string> parse_field_path(std::string_view written) {
    std::string path;
    auto rest = written;
    while (true) {
        if (rest.starts_with('"')) {
            const auto key = take_quoted(rest);
            if (!key) return no_path(written, "a quote is not closed");
            append_key(path, *key);
            if (!rest.empty() && rest.front() != '.') return no_path(written, "after a quoted key a dot must follow");
        } else {
            const auto key = rest.substr(0, rest.find('.'));
            if (const auto objection = objection_to(key)) return no_path(written, *objection);
            append_key(path, key);
            rest.remove_prefix(key.size());
        }
        if (rest.empty()) return path.substr(1);
        rest.remove_prefix(1);
    }
}

std::vector<std::string> keys_of(std::string_view canonical_path) {
    std::vector<std::string> keys;
    auto rest = canonical_path;
    while (!rest.empty()) {
        if (rest.starts_with('"')) {
            keys.push_back(take_quoted(rest).value_or(std::string()));
        } else {
            keys.emplace_back(rest.substr(0, rest.find('.')));
            rest.remove_prefix(keys.back().size());
        }
        if (!rest.empty()) rest.remove_prefix(1);
    }
    return keys;
}

}  // namespace tocsin::match
