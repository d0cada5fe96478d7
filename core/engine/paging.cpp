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

std::vector<ContactRule> paging_rule(const Person& person) {
    if (!person.paged.empty()) return person.paged;
    std::vector<ContactRule> everything;
    for (const auto& contact : person.contacts) everything.push_back({Duration{0}, contact.name});
    return everything;
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
    return std::any_of(pages.begin(), pages.end(), [&](const Page& p) { return p.person == page.person && p.via == page.via; });
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

std::vector<Page> pages_for(std::span<const Recipient> to, const Page& like, TimePoint now) {
    std::vector<Page> pages;
    for (const auto& recipient : to) {
        for (const auto& rule : paging_rule(*recipient.person)) {
            auto page = page_by(rule, recipient, like, now);
            if (page && !has_page(pages, *page)) pages.push_back(std::move(*page));
        }
    }
    return pages;
}

std::vector<Page> notices_for(std::span<const Recipient> to, const Page& like, TimePoint now) {
    std::vector<Page> pages;
    for (const auto& recipient : to) {
        for (const auto& rule : notice_rule(*recipient.person)) {
            auto page = page_by(rule, recipient, like, now);
            if (!page || has_page(pages, *page)) continue;
            page->due_at = oncall::end_of_quiet(*recipient.person, page->due_at);
            page->give_up_at = page->due_at + limits::kPageDeadline;
            pages.push_back(std::move(*page));
        }
    }
    return pages;
}

}  // namespace tocsin::engine
