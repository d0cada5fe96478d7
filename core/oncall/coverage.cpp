#include "core/oncall/coverage.hpp"

#include <algorithm>

#include "core/oncall/walk.hpp"

namespace tocsin::oncall {

bool can_be_paged(const Person& person) {
    if (person.paged.empty()) return !person.contacts.empty();
    return std::any_of(person.paged.begin(), person.paged.end(),
                       [&](const ContactRule& rule) { return person.contact(rule.via) != nullptr; });
}

Coverage::Coverage(const Roster& roster, TimePoint from, TimePoint until) : roster_(roster), from_(from), until_(until) {}

std::vector<Gap> Coverage::gaps(std::span<const Target> targets) {
    if (from_ >= until_) return {};
    std::vector<Gap> open{{from_, until_, {}}};
    for (const auto& target : targets) {
        const auto& voids = voids_of(target);
        std::vector<Gap> still_open;
        auto first = voids.begin();
        for (const auto& gap : open) {
            while (first != voids.end() && first->until <= gap.from) ++first;
            for (auto empty = first; empty != voids.end() && empty->from < gap.until; ++empty) {
                auto& both = still_open.emplace_back(gap);
                both.from = std::max(gap.from, empty->from);
                both.until = std::min(gap.until, empty->until);
                both.why.push_back({target, empty->person});
            }
        }
        open = std::move(still_open);
    }
    return open;
}

const std::vector<Coverage::Void>& Coverage::voids_of(const Target& target) {
    const std::pair key{target.id, target.role};
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    std::vector<Void> voids;
    if (target.kind == Target::Kind::Person) {
        const auto* person = roster_.person(target.id);
        if (person == nullptr || !can_be_paged(*person)) voids = always(target.id);
    } else if (const auto* schedule = roster_.schedule(target.id)) {
        voids = walked(*schedule, target.role);
    } else {
        voids = always("");
    }
    return known_.emplace(key, std::move(voids)).first->second;
}

std::vector<Coverage::Void> Coverage::walked(const Schedule& schedule, Role role) const {
    std::vector<Void> voids;
    for (Walk walk(schedule, from_); walk.now() < until_; walk.advance()) {
        const auto end = std::min(walk.until(), until_);
        const auto holders = walk.holders(role);
        const auto name = holders.empty() ? std::string_view() : std::string_view(*holders.front().person);
        const auto* person = roster_.person(name);
        const bool is_covered = person != nullptr && can_be_paged(*person);
        const bool goes_on = !voids.empty() && voids.back().until == walk.now() && voids.back().person == name;
        if (!is_covered && goes_on) {
            voids.back().until = end;
        } else if (!is_covered) {
            voids.push_back({walk.now(), end, std::string(name)});
        }
        if (walk.until() >= until_) break;
    }
    return voids;
}

std::vector<Coverage::Void> Coverage::always(std::string person) const { return {{from_, until_, std::move(person)}}; }

}  // namespace tocsin::oncall
