#include "daemon/intake/labelled_alert.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/intake/json_fields.hpp"

namespace tocsin::intake {
namespace {

/// The 64-bit FNV-1a hash of Prometheus' client libraries.
class LabelHash {
public:
    void add(std::string_view text) {
        for (const char c : text) add(static_cast<unsigned char>(c));
        add(kSeparator);
    }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

private:
    static constexpr unsigned char kSeparator = 255;
    void add(unsigned char byte) { hash_ = (hash_ ^ byte) * 0x100000001B3U; }

    std::uint64_t hash_ = 0xCBF29CE484222325U;
};

std::string title_of_labelled(JsonView labels, JsonView annotations) {
    static constexpr std::array<std::string_view, 2> kTitles{"summary", "title"};
    if (const auto title = first_member(annotations, kTitles); title.exists()) return std::string(title.text());
    return std::string(labels.find("alertname").text());
}

}  // namespace

std::string fingerprint_of(JsonView labels) {
    std::vector<std::pair<std::string_view, std::string_view>> sorted;
    labels.each([&](JsonView label) {
        if (!label.text().empty()) sorted.emplace_back(label.key(), label.text());
    });
    std::sort(sorted.begin(), sorted.end());
    LabelHash hash;
    for (const auto& [name, value] : sorted) {
        hash.add(name);
        hash.add(value);
    }
    return fmt::format("{:016x}", hash.value());
}

std::string fingerprint_of(std::string_view key) {
    LabelHash hash;
    hash.add(key);
    return fmt::format("{:016x}", hash.value());
}

Alert labelled_alert(JsonView view) {
    static constexpr std::array<std::string_view, 2> kTexts{"description", "message"};
    static constexpr std::array<std::string_view, 3> kPriorities{"severity", "priority", "og_priority"};
    const auto labels = view.find("labels");
    const auto annotations = view.find("annotations");
    Alert alert;
    const auto status = view.find("status").text();
    alert.action = equal_ignoring_case(status, "resolved") ? AlertAction::Resolve : AlertAction::Fire;
    alert.action_name = std::string(status);
    alert.key = std::string(view.find("fingerprint").text());
    if (alert.key.empty()) alert.key = fingerprint_of(labels);
    alert.is_followed_up = true;
    alert.title = title_of_labelled(labels, annotations);
    if (alert.title.empty()) alert.title = "alert " + alert.key;
    alert.text = std::string(first_member(annotations, kTexts).text());
    alert.url = std::string(view.find("generatorURL").text());
    alert.priority = std::string(first_member(labels, kPriorities).text());
    add_labels_of(labels, alert);
    return alert;
}

}  // namespace tocsin::intake
