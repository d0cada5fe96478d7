#include "daemon/intake/json_secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/base/text.hpp"

namespace tocsin::intake {
namespace {

/// Shorter secrets are not looked for in other values: "admin" would blank out half an alert.
constexpr std::size_t kTellingBytes = 8;
/// The name in each of its spellings holds one of these, so a body without them needs no closer look at its texts.
constexpr std::string_view kTrace = "ession";
constexpr std::string_view kLoudTrace = "ESSION";
constexpr std::size_t kSecretKeyBytesMin = std::string_view("sessionkey").size();

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_without_separators(std::string_view key, std::string_view name) {
    std::size_t matched = 0;
    for (const char c : key) {
        if (c == '_' || c == '-') continue;
        if (matched == name.size() || lower(c) != name[matched]) return false;
        ++matched;
    }
    return matched == name.size();
}

bool starts_with_any_case(std::string_view text, std::string_view name) {
    return text.size() >= name.size() && equal_ignoring_case(text.substr(0, name.size()), name);
}

std::size_t find_trace(std::string_view text) { return std::min(text.find(kTrace), text.find(kLoudTrace)); }

/// The bytes of a `session_key` at the front of a text, or 0.
std::size_t name_bytes(std::string_view text) {
    constexpr std::string_view kSession = "session";
    constexpr std::string_view kKey = "key";
    if (!starts_with_any_case(text, kSession)) return 0;
    const auto gap = text.size() > kSession.size() && (text[kSession.size()] == '_' || text[kSession.size()] == '-') ? 1U : 0U;
    return starts_with_any_case(text.substr(kSession.size() + gap), kKey) ? kSession.size() + gap + kKey.size() : 0;
}

/// The bytes between a name and its value: quotes (escaped or HTML's too), blanks, and at least one of `:`, `=`, `>`; or 0.
std::size_t separator_bytes(std::string_view text) {
    constexpr std::string_view kQuoteEntity = "&quot;";
    bool is_assigned = false;
    std::size_t i = 0;
    while (i < text.size()) {
        if (text.substr(i, kQuoteEntity.size()) == kQuoteEntity) {
            i += kQuoteEntity.size();
        } else if (std::string_view(":=>\\\"' \t").find(text[i]) != std::string_view::npos) {
            is_assigned = is_assigned || text[i] == ':' || text[i] == '=' || text[i] == '>';
            ++i;
        } else {
            break;
        }
    }
    return is_assigned ? i : 0;
}

/// A text as JSON writes it.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
            out += c;
        }
    }
    return out + '"';
}

void replace_all(std::string& text, std::string_view what) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + kHiddenValue.size())) {
        text.replace(at, what.size(), kHiddenValue);
    }
}

bool holds_value(const JsonNode& node) {
    return (node.type == JsonType::Text || node.type == JsonType::Number) && !node.value.empty();
}

class Hiding {
public:
    explicit Hiding(JsonReader& reader) : reader_(reader) {}

    /// Everything inside the node, or the node itself.
    void hide(std::size_t index) {
        for (auto i = index; i < reader_.nodes()[index].end; ++i) {
            const auto& node = reader_.nodes()[i];
            if (!holds_value(node) || node.value == kHiddenValue) continue;
            if (node.value.size() >= kTellingBytes) told_.emplace_back(node.value);
            change(i, std::string(kHiddenValue));
        }
    }

    /// What was hidden may stand in other texts too, and texts may hold whole payloads of their own.
    void look_into_texts(bool has_trace) {
        if (told_.empty() && !has_trace) return;
        // The longest first, so that none is cut up by one that is a part of it.
        std::sort(told_.begin(), told_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
        for (std::size_t i = 0; i < reader_.nodes().size(); ++i) {
            if (!holds_value(reader_.nodes()[i])) continue;
            std::string text(reader_.nodes()[i].value);
            for (const auto& secret : told_) replace_all(text, secret);
            text = without_session_keys(text);
            if (text != reader_.nodes()[i].value) change(i, std::move(text));
        }
    }

    [[nodiscard]] std::optional<std::string> body_without(const std::string& body) {
        if (changed_.empty()) return {};
        std::sort(changed_.begin(), changed_.end());
        changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
        std::string out;
        out.reserve(body.size());
        std::size_t copied = 0;
        for (const auto index : changed_) {
            const auto& node = reader_.nodes()[index];
            out.append(body, copied, node.raw_begin - copied);
            out += quoted(node.value);
            copied = std::size_t{node.raw_begin} + node.raw_bytes;
        }
        return out.append(body, copied);
    }

private:
    void change(std::size_t index, std::string text) {
        reader_.replace(index, std::move(text));
        changed_.push_back(index);
    }

    JsonReader& reader_;
    std::vector<std::string> told_;
    std::vector<std::size_t> changed_;
};

}  // namespace

bool is_secret_key(std::string_view key) {
    constexpr std::array<std::string_view, 3> kNames{"sessionkey", "authorization", "proxyauthorization"};
    if (key.size() < kSecretKeyBytesMin) return false;
    return std::any_of(kNames.begin(), kNames.end(), [key](auto name) { return equal_without_separators(key, name); });
}

std::string without_session_keys(std::string_view text) {
    constexpr std::string_view kBehindValue = "\"'\\&<>,;(){}[] \t\r\n";
    std::string out;
    for (auto trace = find_trace(text); trace != std::string_view::npos; trace = find_trace(text)) {
        const auto name = trace == 0 ? std::string_view{} : text.substr(trace - 1);
        const auto separator = name_bytes(name) == 0 ? 0 : separator_bytes(name.substr(name_bytes(name)));
        auto end = trace + kTrace.size();
        if (separator == 0) {
            out += text.substr(0, end);
        } else {
            const auto value = trace - 1 + name_bytes(name) + separator;
            end = std::min(text.find_first_of(kBehindValue, value), text.size());
            out += text.substr(0, value);
            if (end > value) out += kHiddenValue;
        }
        text.remove_prefix(end);
    }
    return out += text;
}

std::optional<std::string> hide_secrets(JsonReader& reader, const std::string& body,
                                        std::span<const std::string_view> secret_members) {
    Hiding hiding(reader);
    const auto& nodes = reader.nodes();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (is_secret_key(nodes[i].key)) hiding.hide(i);
    }
    for (std::size_t i = 1; i < nodes.size(); i = nodes[i].end) {
        if (std::find(secret_members.begin(), secret_members.end(), nodes[i].key) != secret_members.end()) hiding.hide(i);
    }
    hiding.look_into_texts(find_trace(body) != std::string_view::npos);
    return hiding.body_without(body);
}

}  // namespace tocsin::intake
