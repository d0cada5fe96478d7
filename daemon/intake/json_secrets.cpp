#include "daemon/intake/json_secrets.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/intake/json_write.hpp"

namespace tocsin::intake {
namespace {

/// Shorter secrets are not looked for in other values: "admin" would blank out half an alert.
constexpr std::size_t kTellingBytes = 8;
/// More are not looked for: real bodies have one or two, and each of them costs a pass over all values.
constexpr std::size_t kToldMax = 16;
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

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The `session_key` whose `k` stands at `k`.
std::optional<Span> name_around(std::string_view text, std::size_t k) {
    constexpr std::string_view kSession = "session";
    constexpr std::string_view kKey = "key";
    if (!equal_ignoring_case(text.substr(k, kKey.size()), kKey)) return {};
    const std::size_t gap = k > 0 && (text[k - 1] == '_' || text[k - 1] == '-') ? 1 : 0;
    if (k < kSession.size() + gap) return {};
    const auto begin = k - gap - kSession.size();
    if (!equal_ignoring_case(text.substr(begin, kSession.size()), kSession)) return {};
    return Span{begin, k + kKey.size()};
}

/// Looks for the rarest of its letters: that is several times as fast as looking for the word.
bool names_session_key(std::string_view text) {
    for (const char letter : {'k', 'K'}) {
        for (auto k = text.find(letter); k != std::string_view::npos; k = text.find(letter, k + 1)) {
            if (name_around(text, k)) return true;
        }
    }
    return false;
}

std::optional<Span> find_name(std::string_view text, std::size_t from) {
    for (auto k = text.find_first_of("kK", from); k != std::string_view::npos; k = text.find_first_of("kK", k + 1)) {
        if (const auto name = name_around(text, k)) return name;
    }
    return {};
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

std::string without(std::string_view text, std::string_view secret) {
    std::string out;
    for (auto at = text.find(secret); at != std::string_view::npos; at = text.find(secret)) {
        out += text.substr(0, at);
        out += kHiddenValue;
        text.remove_prefix(at + secret.size());
    }
    return out += text;
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
            if (node.value.size() >= kTellingBytes && told_.size() < kToldMax) told_.emplace_back(node.value);
            change(i, std::string(kHiddenValue));
        }
    }

    /// What was hidden may stand in other texts too, and texts may hold whole payloads of their own.
    void look_into_texts() {
        // The longest first, so that none is cut up by one that is a part of it.
        std::sort(told_.begin(), told_.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
        for (std::size_t i = 0; i < reader_.nodes().size(); ++i) {
            if (!holds_value(reader_.nodes()[i]) || (told_.empty() && !names_session_key(reader_.nodes()[i].value))) continue;
            std::string text(reader_.nodes()[i].value);
            for (const auto& secret : told_) text = without(text, secret);
            text = without_session_keys(text);
            if (text != reader_.nodes()[i].value) change(i, std::move(text));
        }
    }

    [[nodiscard]] bool has_hidden() const { return !changed_.empty(); }

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
            out += json_quoted(node.value);
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
    if (key.size() < kSecretKeyBytesMin) return false;  // Most are: this is asked of every key of every body.
    return std::any_of(kNames.begin(), kNames.end(), [key](auto name) { return equal_without_separators(key, name); });
}

std::string without_session_keys(std::string_view text) {
    constexpr std::string_view kBehindValue = "\"'\\&<>,;(){}[] \t\r\n";
    std::string out;
    std::size_t copied = 0;
    for (auto name = find_name(text, 0); name; name = find_name(text, std::max(copied, name->end))) {
        const auto separator = separator_bytes(text.substr(name->end));
        if (separator == 0) continue;
        const auto value = name->end + separator;
        const auto end = std::min(text.find_first_of(kBehindValue, value), text.size());
        if (end == value) continue;
        out += text.substr(copied, value - copied);
        out += kHiddenValue;
        copied = end;
    }
    return out += text.substr(copied);
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
    if (hiding.has_hidden() || names_session_key(body)) hiding.look_into_texts();
    return hiding.body_without(body);
}

}  // namespace tocsin::intake
