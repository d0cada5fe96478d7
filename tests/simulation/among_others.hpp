// What stories of several incidents share: the small team with services that need each other, in virtual time.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/team.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation {

/// The small team; `shop` needs `lms`, `lms` needs `mysql`, `search` needs nothing. No limits.
[[nodiscard]] std::shared_ptr<Roster> team_with_services();

class AmongOthers : public testing::Test {
protected:
    explicit AmongOthers(std::shared_ptr<const Roster> roster = team_with_services()) : world_(std::move(roster), 1, {}) {}

    using Texts = std::vector<std::string>;
    /// An alert of the service, into the incident that is called after it or by `key`.
    IncidentId fire(const std::string& service, Severity severity, std::string key = {});
    void resolve(IncidentId id) { world_.act(id, engine::Resolve{"ana", "mended"}); }
    [[nodiscard]] const Incident& incident(IncidentId id) const { return world_.database().incidents.at(id); }
    [[nodiscard]] bool happened(IncidentId id, Reason reason) const;
    /// What left since the last call, in order: "ana mysql", or "ana 2 in a digest".
    Texts paged();
    void TearDown() override;

    World world_;

private:
    std::size_t seen_ = 0;
};

}  // namespace tocsin::simulation
