#include "rules/check/explain_page.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"

namespace tocsin::check {

std::vector<ExplainedPage> explained_pages(const engine::Rehearsal& played, const Roster& roster, TimePoint first) {
    std::vector<ExplainedPage> pages;
    for (const auto& [page, at] : played.sent()) {
        const auto* person = roster.person(page.person);
        const auto zone = person != nullptr ? person->time_zone : Zone();
        pages.push_back({at - first, at, zone, page.person, page.via, page.channel, page.urgency, page.reason, page.why});
    }
    return pages;
}

std::string offset_text(Duration offset) { return "+" + format_duration(offset); }

std::string recipient_text(const ExplainedPage& page) {
    return fmt::format("{} via {}{}", page.person, page.via, page.urgency == Urgency::Notice ? " (notice)" : "");
}

std::string reason_text(const ExplainedPage& page) {
    return fmt::format("{}{}{}", to_string(page.reason), page.why.empty() ? "" : ", ", page.why);
}

std::string padded(std::string_view text, std::size_t width) {
    const auto used = code_points(text);
    return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

}  // namespace tocsin::check
