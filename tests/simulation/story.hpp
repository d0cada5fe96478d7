// What the stories of one incident share: a small team in virtual time, and who was paged since one last asked.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/team.hpp"
#include "tests/simulation/world.hpp"

namespace tocsin::simulation {

class StoryTest : public testing::Test {
protected:
    void act(engine::Event event) { world_.act(the_incident().id, std::move(event)); }
    [[nodiscard]] Incident the_incident() const { return world_.database().incidents.begin()->second; }
    [[nodiscard]] const std::vector<TimelineEntry>& timeline() const { return world_.database().timeline.at(the_incident().id); }
    /// Who was paged since the last call, in order.
    std::vector<std::string> paged() {
        std::vector<std::string> people;
        for (; seen_ < world_.attempts().size(); ++seen_) people.push_back(world_.attempts()[seen_].person);
        return people;
    }
    void TearDown() override {
        for (const auto& what : world_.broken()) ADD_FAILURE() << what;
        EXPECT_EQ(paged(), People{}) << "somebody was paged whom the story does not expect";
    }

    using People = std::vector<std::string>;
    World world_{small_team(), 1, {}};

private:
    std::size_t seen_ = 0;
};

}  // namespace tocsin::simulation
