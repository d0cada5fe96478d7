#include "core/engine/paging.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/oncall/on_call.hpp"

namespace tocsin::engine {
namespace {

void add_once(std::vector<Recipient>& to, const Person* person, std::string why) {
    const bool is_there = std::any_of(to.begin(), to.end(), [&](const Recipient& r) { return r.person == person; });
    if (person != nullptr && !is_there) to.push_back({person, std::move(why)});
}

std::vector<ContactRule> paging_rule(const Person& person, Severity severity) {
    std::vector<ContactRule> rule;
    for (const auto& line : person.paged) {
        const auto& severities = line.severities;
        const bool is_meant = severities.empty() || std::find(severities.begin(), severities.end(), severity) != severities.end();
        if (is_meant && person.contact(line.via) != nullptr) rule.push_back(line);
    }
    if (!rule.empty()) return rule;
    if (!person.paged.empty()) return person.paged;
    for (const auto& contact : person.contacts) rule.push_back({Duration{0}, contact.name});
    return rule;
}

std::vector<ContactRule> notice_rule(const Person& person) {
    if (!person.noticed.empty()) return person.noticed;
    if (person.contact("email") != nullptr) return {{Duration{0}, "email"}};
    if (!person.contacts.empty()) return {{Duration{0}, person.contacts.front().name}};
    return {};
}

std::optional<Page> page_by(const ContactRule& rule, const Recipient& to, const Page& like, TimePoint now) {
    const auto* contact = to.person->contact(rule.via);
    if (contact == nullptr) return {};
    Page page = like;
    page.person = to.person->id;
    page.via = contact->name;
    page.channel = contact->channel;
    page.address = contact->address;
    page.why = to.why;
    page.decided_at = now;
    page.due_at = now + rule.after;
    page.give_up_at = page.due_at + limits::kPageDeadline;
    return page;
}

/// The key of a page holds the contact: a rule that names one twice pages by it once.
bool has_page(const std::vector<Page>& pages, const Page& page) {
    return std::any_of(pages.begin(), pages.end(), [&](const Page& other) { return other.via == page.via; });
}

/// One person's pages, each some time after the one before, in the order in which they were due.
void spread(std::span<Page> pages) {
    std::stable_sort(pages.begin(), pages.end(), [](const Page& a, const Page& b) { return a.due_at < b.due_at; });
    for (std::size_t i = 1; i < pages.size(); ++i) {
        pages[i].due_at = std::max(pages[i].due_at, pages[i - 1].due_at + limits::kContactSpread);
        pages[i].give_up_at = pages[i].due_at + limits::kPageDeadline;
    }
}

/// One page per line, each contact once.
std::vector<Page> pages_by(const std::vector<ContactRule>& rule, const Recipient& recipient, const Page& like, TimePoint now) {
    std::vector<Page> pages;
    for (const auto& line : rule) {
        auto page = page_by(line, recipient, like, now);
        if (page && !has_page(pages, *page)) pages.push_back(std::move(*page));
    }
    return pages;
}

}  // namespace

std::vector<Recipient> recipients(std::span<const Target> targets, const Roster& roster, TimePoint now) {
    std::vector<Recipient> to;
    for (const auto& target : targets) {
        if (target.kind == Target::Kind::Person) {
            add_once(to, roster.person(target.id), "named by the policy");
            continue;
        }
        const auto* schedule = roster.schedule(target.id);
        if (schedule == nullptr) continue;
        if (const auto duty = oncall::on_call(*schedule, now, target.role)) {
            const auto what = target.role == Role::Primary ? "on call" : to_string(target.role);
            add_once(to, roster.person(duty->person), fmt::format("{} in {} ({})", what, schedule->id, duty->by));
        }
    }
    return to;
}

std::vector<Page> pages_for(std::span<const Recipient> to, const Occasion& occasion) {
    std::vector<Page> all;
    for (const auto& recipient : to) {
        const auto rule = paging_rule(*recipient.person, occasion.severity);
        auto pages = pages_by(rule, recipient, occasion.like, occasion.now);
        if (recipient.person->one_at_a_time) spread(pages);
        std::move(pages.begin(), pages.end(), std::back_inserter(all));
    }
    return all;
}

std::vector<Page> pages_of_any_severity(const Recipient& to, const Page& like, TimePoint now) {
    auto rule = to.person->paged;
    if (rule.empty()) rule = paging_rule(*to.person, Severity::Critical);
    std::stable_sort(rule.begin(), rule.end(), [](const ContactRule& a, const ContactRule& b) { return a.after < b.after; });
    auto pages = pages_by(rule, to, like, now);
    if (to.person->one_at_a_time) spread(pages);
    return pages;
}

std::vector<Page> notices_for(std::span<const Recipient> to, const Page& like, TimePoint now) {
    std::vector<Page> all;
    for (const auto& recipient : to) {
        auto pages = pages_by(notice_rule(*recipient.person), recipient, like, now);
        for (auto& page : pages) {
            page.due_at = oncall::end_of_quiet(*recipient.person, page.due_at);
            page.give_up_at = page.due_at + limits::kPageDeadline;
        }
        if (recipient.person->one_at_a_time) spread(pages);
        std::move(pages.begin(), pages.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace tocsin::engine
