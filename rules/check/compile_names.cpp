#include "rules/check/compile_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tocsin::check {
namespace {

template <class Declared>
void add_all(NameTable& table, const std::vector<Declared>& all) {
    for (const auto& one : all) table.add(one.id);
}

}  // namespace

bool NameTable::require(const language::Name& used) const {
    if (has(used.text)) return true;
    const bool is_heard = used.at.is_heard();
    auto& reported = used.at.error(fmt::format("no {} is called \"{}\"", what_, used.text));
    if (used.text.find(',') != std::string::npos) {
        reported.hints.emplace_back("a list of names stands in brackets: [a, b]");
    } else if (is_heard) {
        std::vector<yaml::NamedPlace> near;
        add_places(near);
        yaml::hint_nearest(reported, used.text, near);
    }
    return false;
}

void NameTable::add_places(std::vector<yaml::NamedPlace>& to) const {
    for (const auto& [name, at] : declared_) to.push_back({name, at.place()});
}

Names::Names(const language::Written& written) {
    add_all(people, written.people);
    add_all(schedules, written.schedules);
    add_all(escalations, written.escalations);
    add_all(services, written.services);
    for (const auto& rule : written.rules) rules.add(rule.name);
    for (const auto& silence : written.silences) silences.add(silence.name);
}

void report_unknown(const yaml::Cursor& at, std::string_view what, std::string_view name, const std::vector<std::string>& known) {
    auto& reported = at.error(fmt::format("the daemon has no {} \"{}\"", what, name));
    yaml::hint_nearest(reported, name, known);
    if (reported.hints.empty() && !known.empty()) reported.hints.push_back(fmt::format("it has {}", fmt::join(known, ", ")));
}

}  // namespace tocsin::check
