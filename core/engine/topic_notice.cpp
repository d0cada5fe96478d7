#include "core/engine/topic_notice.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/engine/paging.hpp"

namespace tocsin::engine {

std::vector<Page> notices_to(const Person& person, TopicNotice notice, TimePoint now) {
    Page like;
    like.topic = std::move(notice.topic);
    like.text = std::move(notice.text);
    like.urgency = Urgency::Notice;
    like.step = kNoticeStep;
    like.reason = notice.reason;
    const Recipient to{&person, std::move(notice.why)};
    return notices_for({&to, 1}, like, now);
}

std::string time_for(const Person& person, TimePoint t) {
    return fmt::format("{} ({})", format_civil(person.time_zone.to_civil(t)), person.time_zone.name());
}

}  // namespace tocsin::engine
