// Whether services depend on each other in a circle.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "rules/check/compile_parts.hpp"

namespace tocsin::check {
namespace {

using Services = std::map<std::string_view, const language::WrittenService*>;

/// Takes away, again and again, the services that depend on nothing that is left: what stays stands in a circle or leads to one.
void remove_free(Services& services) {
    std::map<std::string_view, std::size_t> needs;
    std::map<std::string_view, std::vector<std::string_view>> needed_by;
    std::vector<std::string_view> free;
    for (const auto& [id, service] : services) {
        auto& count = needs[id];
        for (const auto& on : service->depends_on) {
            if (!services.contains(on.text)) continue;
            ++count;
            needed_by[on.text].push_back(id);
        }
        if (count == 0) free.push_back(id);
    }
    while (!free.empty()) {
        const auto id = free.back();
        free.pop_back();
        services.erase(id);
        for (const auto user : needed_by[id]) {
            if (--needs[user] == 0) free.push_back(user);
        }
    }
}

/// The first dependency of a service that is left too; each of them has one.
const language::Name& next(const Services& services, std::string_view id) {
    const auto& all = services.find(id)->second->depends_on;
    return *std::find_if(all.begin(), all.end(), [&](const language::Name& on) { return services.contains(on.text); });
}

void report_circle(const Services& services, std::string_view start) {
    std::vector<std::string_view> way{start};
    for (std::string_view id = next(services, start).text; id != start; id = next(services, id).text) way.push_back(id);
    way.push_back(start);
    next(services, start).at.error(fmt::format("services depend on each other in a circle: {}", fmt::join(way, " -> ")));
}

}  // namespace

void check_dependencies(const Compilation& compilation) {
    Services left;
    for (const auto& service : compilation.written.services) left.emplace(service.id.text, &service);
    remove_free(left);
    std::map<std::string_view, std::size_t> walked;  // By which walk.
    std::size_t walk = 0;
    for (const auto& service : compilation.written.services) {
        if (!left.contains(service.id.text)) continue;
        ++walk;
        std::string_view id = service.id.text;
        while (walked.try_emplace(id, walk).second) id = next(left, id).text;
        if (walked[id] == walk) report_circle(left, id);
    }
}

}  // namespace tocsin::check
