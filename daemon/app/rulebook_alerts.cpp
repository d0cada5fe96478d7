#include "daemon/app/rulebook_alerts.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/text.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::app {
namespace {

constexpr std::string_view kAbout = "rulebook";
constexpr std::size_t kTextCodePointsMax = 4'000;

using FileState = api::RulebookStatus::FileState;

intake::OwnAlert alert_about(const std::string& file, std::string state, std::string title, std::string_view text = {}) {
    return {std::string(kAbout), file, std::move(state), std::move(title), truncated(text, kTextCodePointsMax)};
}

intake::OwnAlert alert_about(const api::RulebookStatus::File& file) {
    if (file.state == FileState::LeftOut) {
        return alert_about(file.path, "left_out",
                           fmt::format("{} has mistakes: the rest of the rulebook is in force without it", file.path),
                           file.problems);
    }
    return alert_about(file.path, "stale", fmt::format("{} has mistakes: its last good version is in force", file.path),
                       file.problems);
}

/// What is wrong, by file.
std::map<std::string, intake::OwnAlert> alerts_of(const api::RulebookStatus& status) {
    std::map<std::string, intake::OwnAlert> alerts;
    for (const auto& file : status.files) {
        if (file.state != FileState::Current && !file.problems.empty()) alerts[file.path] = alert_about(file);
    }
    if (status.last_reload.result == api::ReloadOutcome::Result::Refused && alerts.empty()) {
        alerts[""] =
            alert_about("", "refused",
                        fmt::format("the rulebook has mistakes ({}): the last good one is in force", status.last_reload.summary),
                        status.last_reload.diagnostics);
    }
    return alerts;
}

}  // namespace

void RulebookAlerts::remember(StoreReader& reader) {
    IncidentFilter filter;
    filter.only_open = true;
    filter.limit = 10'000;
    const auto open = reader.incidents(filter);
    if (!open) return log::error(log::Event::StoreFailed, open.error().message());
    for (const auto& incident : *open) {
        if (incident.source != intake::kOwnSource) continue;
        const auto alerts = reader.alerts(incident.id, 1);
        if (!alerts || alerts->empty()) continue;
        const auto& key = alerts->front().key;
        if (key == kAbout) told_.try_emplace("");
        if (key.starts_with(fmt::format("{} ", kAbout))) told_.try_emplace(key.substr(kAbout.size() + 1));
    }
}

void RulebookAlerts::tell(const api::RulebookStatus& status) {
    auto alerts = alerts_of(status);
    for (auto told = told_.begin(); told != told_.end();) {
        if (alerts.contains(told->first)) {
            ++told;
            continue;
        }
        send_(alert_about(told->first, "ok", "the rulebook is in force as it is on disk"));
        told = told_.erase(told);
    }
    for (const auto& [file, alert] : alerts) {
        const auto [told, is_new] = told_.try_emplace(file);
        if (!is_new && told->second == alert.text) continue;
        told->second = alert.text;
        send_(alert);
    }
}

}  // namespace tocsin::app
