#include "daemon/notify/page_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/engine/digest.hpp"

namespace tocsin::notify {
namespace {

std::string about(const Incident& incident) {
    auto text = fmt::format("Incident {}, {}", incident.id.value, to_string(incident.severity));
    if (!incident.service.empty()) text += fmt::format(", service {}", incident.service);
    return text;
}

/// What a digest holds, one a line.
std::string lines_of(std::span<const HeldPage> held) {
    std::string lines;
    for (const auto* incident : engine::listed(held)) lines += fmt::format("{}: {}\n", about(*incident), incident->summary);
    return lines;
}

}  // namespace

PageLinks page_links(const Notification& notification, const Outside& outside) {
    const auto& incident = notification.incident;
    const auto& prefix = outside.incident_link_prefix;
    return {prefix.empty() || !incident.id.is_set() ? std::string{} : prefix + fmt::to_string(incident.id.value),
            runbook_of(incident, outside)};
}

std::string page_description(const Notification& notification, const PageLinks& links) {
    const auto& [page, incident, held] = notification;
    auto text = incident.summary + "\n\n";
    if (held.size() > 1) {
        text += lines_of(held);
    } else {
        text += about(incident);
    }
    text += fmt::format("\nPaged: {}", page.person);
    if (!page.why.empty()) text += fmt::format(" ({})", page.why);
    if (!incident.url.empty()) text += fmt::format("\nSource: {}", incident.url);
    if (!links.runbook.empty()) text += fmt::format("\nRunbook: {}", links.runbook);
    if (!links.incident.empty()) text += fmt::format("\ntocsin: {}", links.incident);
    return text;
}

std::string one_line(std::string_view text) {
    auto line = printable(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return line;
}

std::string without_secrets(std::string text, const std::vector<std::string>& secrets) {
    constexpr std::string_view kBlank = "***";
    for (const auto& secret : secrets) {
        for (auto at = secret.empty() ? std::string::npos : text.find(secret); at != std::string::npos;
             at = text.find(secret, at + kBlank.size())) {
            text.replace(at, secret.size(), kBlank);
        }
    }
    return text;
}

}  // namespace tocsin::notify
