#include "core/engine/digest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/engine/escalation.hpp"
#include "core/engine/paging.hpp"

namespace tocsin::engine {
namespace {

bool is_above(const std::optional<PagingLimit>& limit, std::int64_t pagings) { return limit && pagings >= limit->count; }

Duration collects_for(const Roster& roster, Lateness lateness) {
    return lateness == Lateness::Stale ? limits::kStaleDigestAfter : roster.storm.digest_after;
}

/// Why the person is not paged for this one alone; empty if there is no cause.
std::string cause(const Incident& incident, const std::string& person, const Load& load, const Roster& roster) {
    if (load.lateness == Lateness::Stale) {
        return fmt::format("this was due more than {} ago", format_duration(roster.storm.stale_after));
    }
    const auto& of_service = limit_of_service(incident, roster);
    if (is_above(of_service, load.of_service)) {
        return fmt::format("{} was paged for {} times in {}", incident.service.empty() ? "what has no service" : incident.service,
                           load.of_service, format_duration(of_service->within));
    }
    const auto* somebody = roster.person(person);
    const auto found = load.people.find(person);
    if (somebody == nullptr || found == load.people.end() || !is_above(somebody->storm, found->second.pagings)) return {};
    return fmt::format("{} was paged {} times in {}", person, found->second.pagings, format_duration(somebody->storm->within));
}

/// Holds back the pages of one person, [first, last).
class HoldBack {
public:
    HoldBack(Transition& t, const Load& load, const Roster& roster, TimePoint now)
        : t_(t), load_(load), roster_(roster), now_(now) {}

    void operator()(std::span<Page> pages) {
        const auto& first = pages.front();
        const auto why = cause(t_.incident, first.person, load_, roster_);
        if (why.empty() || !may_be_held(t_.incident, first)) return;
        const auto known = load_.people.find(first.person);
        auto digest = known == load_.people.end() ? std::string() : known->second.digest;
        if (digest.empty()) {
            digest = digest_name(first);
            auto added = digest_pages(first, roster_, now_, load_.lateness);
            std::move(added.begin(), added.end(), std::back_inserter(added_));
        }
        record(t_, now_, Reason::Digested, {}, fmt::format("{} gets it in the digest {}: {}", first.person, digest, why));
        for (auto& page : pages) {
            page.state = PageState::Digested;
            page.digest = digest;
        }
        t_.incident.is_digested = true;
    }

    void finish() { std::move(added_.begin(), added_.end(), std::back_inserter(t_.pages)); }

private:
    Transition& t_;
    const Load& load_;
    const Roster& roster_;
    TimePoint now_;
    std::vector<Page> added_;
};

std::string service_name(const Incident& incident) { return incident.service.empty() ? "no service" : incident.service; }

/// The services of what is held, the worst first, then the largest.
struct ServiceCount {
    std::string name;
    Severity worst = Severity::Info;
    std::int64_t incidents = 0;
    const Incident* first = nullptr;
};

std::vector<ServiceCount> by_service(std::span<const HeldPage> held) {
    std::vector<ServiceCount> services;
    for (const auto& [page, incident] : held) {
        const auto name = service_name(incident);
        auto found = std::find_if(services.begin(), services.end(), [&](const ServiceCount& s) { return s.name == name; });
        if (found == services.end()) found = services.insert(found, {name, incident.severity, 0, &incident});
        ++found->incidents;
        if (is_worse(incident.severity, found->worst)) found->worst = incident.severity;
    }
    std::stable_sort(services.begin(), services.end(), [](const ServiceCount& a, const ServiceCount& b) {
        return a.worst == b.worst ? a.incidents > b.incidents : is_worse(a.worst, b.worst);
    });
    return services;
}

}  // namespace

Lateness lateness(TimePoint due_at, const Roster& roster, TimePoint now) {
    const auto limit = roster.storm.stale_after;
    return limit.count() > 0 && due_at + limit <= now ? Lateness::Stale : Lateness::OnTime;
}

const std::optional<PagingLimit>& limit_of_service(const Incident& incident, const Roster& roster) {
    const auto* service = roster.service(incident.service);
    return service == nullptr ? roster.storm.per_service : service->storm;
}

bool may_be_held(const Incident& incident, const Page& page) {
    const bool is_asked_for = page.reason == Reason::EscalatedByHand || page.reason == Reason::Reassigned;
    return page.urgency == Urgency::Page && page.state == PageState::Pending && !page.is_digest() && !is_asked_for &&
           !incident.is_drill;
}

void hold_back(Transition& t, const Load& load, const Roster& roster, TimePoint now) {
    HoldBack hold_back_of{t, load, roster, now};
    const std::span<Page> pages{t.pages};
    for (std::size_t begin = 0; begin < pages.size();) {
        auto end = begin + 1;
        while (end < pages.size() && pages[end].person == pages[begin].person) ++end;
        hold_back_of(pages.subspan(begin, end - begin));
        begin = end;
    }
    hold_back_of.finish();
}

Pagings pagings_of(const Transition& t) {
    Pagings pagings;
    std::string_view last;
    for (const auto& page : t.pages) {
        if (page.is_digest()) pagings.digests.push_back(&page);
        if (page.urgency != Urgency::Page || page.state == PageState::Digested || page.person == last) continue;
        last = page.person;
        pagings.people.push_back(page.person);
        if (!page.is_digest()) pagings.of_service = 1;
    }
    return pagings;
}

std::string digest_name(const Page& first) {
    return fmt::format("{}.{}-{}-{}-{}", first.person, first.incident.value, first.cycle, first.round, first.step_name());
}

std::vector<Page> digest_pages(const Page& first, const Roster& roster, TimePoint now, Lateness lateness) {
    auto like = first;
    like.incident = {};
    like.digest = digest_name(first);
    like.reason = Reason::Digested;
    like.state = PageState::Pending;
    like.attempts = 0;
    like.last_error.clear();
    like.lease_owner.clear();
    like.lease_until = {};
    like.decided_at = now;
    like.due_at = now + collects_for(roster, lateness);
    like.give_up_at = like.due_at + limits::kPageDeadline;
    const Recipient recipient{roster.person(first.person), first.why};
    auto pages = recipient.person == nullptr ? std::vector<Page>{} : pages_of_any_severity(recipient, like, like.due_at);
    for (auto& page : pages) page.decided_at = now;
    if (pages.empty()) pages.push_back(std::move(like));
    return pages;
}

Incident words_of(std::span<const HeldPage> held) {
    if (held.size() == 1) return held.front().incident;
    Incident words;
    words.summary = fmt::format("{} incidents", held.size());
    auto separator = ": ";
    for (const auto& service : by_service(held)) {
        words.summary += fmt::format("{}{} ({})", separator, service.name, service.incidents);
        separator = ", ";
    }
    words.severity = Severity::Info;
    for (const auto& [page, incident] : held) {
        if (is_worse(incident.severity, words.severity)) words.severity = incident.severity;
        words.alerts += incident.alerts;
        if (words.opened_at == TimePoint{} || incident.opened_at < words.opened_at) words.opened_at = incident.opened_at;
    }
    return words;
}

std::vector<const Incident*> listed(std::span<const HeldPage> held) {
    std::vector<const Incident*> list;
    for (const auto& service : by_service(held)) list.push_back(service.first);
    const auto firsts = list.size();
    for (const auto& [page, incident] : held) {
        if (std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(firsts), &incident) ==
            list.begin() + static_cast<std::ptrdiff_t>(firsts)) {
            list.push_back(&incident);
        }
    }
    return list;
}

}  // namespace tocsin::engine
