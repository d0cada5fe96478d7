// Pages of a rehearsal, as explain and failed rulebook tests show them.
#pragma once

#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/engine/rehearsal.hpp"
#include "core/model/roster.hpp"

namespace tocsin::check {

struct ExplainedPage {
    Duration offset{};  ///< Since the first alert.
    TimePoint at;
    Zone zone;  ///< The person's.
    std::string person;
    std::string via;
    std::string channel;
    Urgency urgency = Urgency::Page;
    Reason reason = Reason::FirstStep;
    std::string why;  ///< "on call in learner-primary (day)"
};

/// All pages that went out, in order.
[[nodiscard]] std::vector<ExplainedPage> explained_pages(const engine::Rehearsal& played, const Roster& roster, TimePoint first);

/// "+5m"
[[nodiscard]] std::string offset_text(Duration offset);
/// "cambridge-b via push"; of a notice: "cambridge-b via push (notice)".
[[nodiscard]] std::string recipient_text(const ExplainedPage& page);
/// "step_timed_out, on call in learner-primary (day)"
[[nodiscard]] std::string reason_text(const ExplainedPage& page);
/// The text followed by spaces, so that it takes `width` columns (one for each code point) at least.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

}  // namespace tocsin::check
