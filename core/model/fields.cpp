#include "core/model/fields.hpp"

#include <algorithm>
#include <array>

#include "core/base/limits.hpp"

namespace tocsin {
namespace {

constexpr std::size_t kUsualBytes = 4'096;
constexpr std::size_t kUsualFields = 48;

constexpr auto kIsPlain = [] {
    std::array<bool, 256> is_plain{};
    for (std::size_t c = 0; c < is_plain.size(); ++c) {
        const bool is_letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        is_plain[c] = is_letter_or_digit || c >= 0x80;
    }
    for (const char c : std::string_view("_-@/:{}()")) is_plain[static_cast<unsigned char>(c)] = true;
    return is_plain;
}();

bool is_plain(char c) { return kIsPlain[static_cast<unsigned char>(c)]; }

}  // namespace

Fields::Fields() {
    block_.reserve(kUsualBytes);
    entries_.reserve(kUsualFields);
}

bool Fields::add(std::string_view path, std::string_view value, FieldType type) {
    if (entries_.size() >= limits::kFieldsMax) {
        ++left_out_;
        return false;
    }
    entries_.push_back({static_cast<std::uint32_t>(block_.size()), static_cast<std::uint32_t>(path.size()),
                        static_cast<std::uint32_t>(value.size()), type});
    block_ += path;
    block_ += value;
    return true;
}

void Fields::add_alert(const Alert& alert) {
    const auto add_if_any = [this](std::string_view path, std::string_view value) {
        if (!value.empty()) add(path, value);
    };
    add_if_any("source", alert.source);
    add_if_any("kind", alert.kind);
    add("status", status_of(alert.action));
    add_if_any("title", alert.title);
    add_if_any("text", alert.text);
    add_if_any("key", alert.key);
    add_if_any("priority", alert.priority);
    for (const auto& tag : alert.tags) add("tags", tag);
    add_if_any("url", alert.url);
    for (const auto& [name, value] : alert.labels) {
        std::string path = "labels";
        append_key(path, name);
        add(path, value);
    }
}

Fields::Field Fields::operator[](std::size_t i) const {
    const auto& entry = entries_[i];
    return {path_of(entry), value_of(entry), entry.type};
}

std::string_view Fields::first(std::string_view path) const {
    std::string_view found;
    (void)any_of(path, [&](std::string_view value, FieldType) {
        found = value;
        return true;
    });
    return found;
}

void append_key(std::string& path, std::string_view key) {
    path += '.';
    if (!key.empty() && std::all_of(key.begin(), key.end(), is_plain)) {
        path += key;
        return;
    }
    path += '"';
    for (const char c : key) {
        if (c == '"' || c == '\\') path += '\\';
        path += c;
    }
    path += '"';
}

}  // namespace tocsin
