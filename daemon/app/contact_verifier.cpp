#include "daemon/app/contact_verifier.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "daemon/notify/one_time_code.hpp"

namespace tocsin::app {
namespace {

using ContactName = ContactVerifier::ContactName;

std::string hash_of(const ContactName& name, const std::string& code) {
    return notify::code_hash({fmt::format("{}/{}", name.person, name.contact), code});
}

struct CodeOut {
    ContactName name;
    Contact contact;
    std::string hash;
    TimePoint now;
};

Result<void> keep_code(ContactBook& book, const CodeOut& out) {
    const auto all = book.verifications();
    if (!all) return all.error();
    auto after = with_code(out.contact, verification_of(*all, out.name.person, out.name.contact), out.hash, out.now);
    after.person = out.name.person;
    return book.keep(after);
}

Result<void> take_code(ContactBook& book, const CodeOut& given) {
    const auto all = book.verifications();
    if (!all) return all.error();
    const auto* known = verification_of(*all, given.name.person, given.name.contact);
    if (known == nullptr || known->address != given.contact.address || known->channel != given.contact.channel)
        return given_code({}, given.hash, given.now).outcome;
    const auto [after, outcome] = given_code(*known, given.hash, given.now);
    if (auto kept = book.keep(after); !kept) return kept;
    return outcome;
}

Notification message(const ContactName& name, const Contact& contact, const std::string& code, TimePoint now) {
    Notification notification;
    auto& page = notification.page;
    page.urgency = Urgency::Notice;
    // A key of its own for each code, or a provider would take the next for the same message.
    page.topic = fmt::format("code-{}", to_unix_ms(now) / 1'000);
    page.text = fmt::format("{} is the code that verifies this contact: tocsin contact verify {} {} --code {}", code, name.person,
                            contact.name, code);
    page.person = name.person;
    page.via = contact.name;
    page.channel = contact.channel;
    page.address = contact.address;
    page.reason = Reason::Noted;
    page.why = "somebody asked to verify this contact";
    page.decided_at = now;
    page.due_at = now;
    page.give_up_at = now + limits::kSendTimeout;
    return notification;
}

}  // namespace

Result<Contact> ContactVerifier::contact_of(const ContactName& name) const {
    const auto rulebook = world_.rulebook();
    const auto* person = rulebook->roster().person(name.person);
    if (person == nullptr)
        return Error{Errc::NotFound, fmt::format("the rulebook has no person called \"{}\"", printable(name.person))};
    if (const auto* contact = person->contact(name.contact)) return *contact;
    std::string others;
    for (const auto& contact : person->contacts) others += (others.empty() ? "" : ", ") + contact.name;
    return Error{Errc::NotFound, fmt::format("{} has no contact called \"{}\"; there {} {}", person->id, printable(name.contact),
                                             person->contacts.size() == 1 ? "is" : "are", others.empty() ? "none" : others)};
}

void ContactVerifier::send_code(const ContactName& name, OnDone on_done) {
    const auto contact = contact_of(name);
    if (!contact) return on_done(contact.error());
    const auto code = notify::new_code();
    const CodeOut out{name, *contact, hash_of(name, code), world_.clock.now()};
    auto kept = std::make_shared<Result<void>>();
    world_.run_blocking([&book = world_.book, out, kept] { *kept = keep_code(book, out); },
                        [this, name, contact = *contact, code, kept, on_done = std::move(on_done)]() mutable {
                            if (!*kept) return on_done(kept->error());
                            deliver(name, contact, code, std::move(on_done));
                        });
}

void ContactVerifier::deliver(const ContactName& name, const Contact& contact, const std::string& code, OnDone on_done) {
    auto notification = message(name, contact, code, world_.clock.now());
    world_.notifier.send(std::move(notification), world_.clock.monotonic() + limits::kSendTimeout,
                         [name, on_done = std::move(on_done)](const Result<Receipt>& outcome) {
                             if (outcome) return on_done({});
                             on_done(outcome.error().in(fmt::format("sending a code to {} by {}", name.person, name.contact)));
                         });
}

void ContactVerifier::give_code(const ContactName& name, const std::string& code, OnDone on_done) {
    const auto contact = contact_of(name);
    if (!contact) return on_done(contact.error());
    const CodeOut given{name, *contact, hash_of(name, code), world_.clock.now()};
    auto taken = std::make_shared<Result<void>>();
    world_.run_blocking([&book = world_.book, given, taken] { *taken = take_code(book, given); },
                        [taken, on_done = std::move(on_done)] { on_done(*taken); });
}

}  // namespace tocsin::app
