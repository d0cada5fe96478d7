// What silences say of what is open and of what came lately, from the alerts as they were kept.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/result.hpp"
#include "core/ports/store.hpp"
#include "core/runtime/arrange_message.hpp"
#include "daemon/config/settings.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::api {

/// What judging needs; for the blocking thread.
struct Judge {
    StoreReader& reader;
    const config::Settings& settings;
    std::shared_ptr<const Rulebook> rulebook;
    TimePoint now;

    /// Of each open incident for which `wanted` holds, what these silences say of everything that fires in it by its latest
    /// alerts: it is silenced only if all of that is covered, until the first of them is not any more. An incident whose alerts
    /// are not kept any longer is not silenced.
    template <class Wanted>
    [[nodiscard]] Result<std::vector<runtime::JudgedIncident>> judge(const match::SilenceSet& silences, Wanted wanted) const {
        auto open = open_incidents();
        if (!open) return open.error();
        std::vector<runtime::JudgedIncident> judged;
        for (const auto& incident : *open) {
            if (!wanted(incident)) continue;
            auto silencing = covering(silences, incident);
            if (!silencing) return silencing.error();
            judged.push_back({incident.id, incident.alerts, std::move(*silencing)});
        }
        return judged;
    }

    /// How much these silences would hide, were they in force.
    struct Hidden {
        std::size_t incidents = 0;
        std::size_t incidents_open = 0;
        std::size_t alerts = 0;
        std::size_t alerts_looked_at = 0;
        std::vector<Incident> examples;  ///< A few of the incidents.
    };
    [[nodiscard]] Result<Hidden> hidden_by(const match::SilenceSet& silences) const;

private:
    [[nodiscard]] Result<std::vector<Incident>> open_incidents() const;
    [[nodiscard]] Result<std::optional<Silencing>> covering(const match::SilenceSet& silences, const Incident& incident) const;
    [[nodiscard]] std::optional<Silencing> covering_absence(const match::SilenceSet& silences, const Incident& incident) const;
};

}  // namespace tocsin::api
