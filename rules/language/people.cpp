// The section `people`.
#include <fmt/format.h>

#include <algorithm>

#include "rules/language/other_words.hpp"
#include "rules/language/sections.hpp"
#include "rules/language/warnings.hpp"

namespace tocsin::language {
namespace {

std::string decode_email(const yaml::Cursor& value) {
    const auto parsed = value.read("an e-mail address", [](std::string_view text) -> std::optional<std::string> {
        const auto at = text.find('@');
        const bool is_address =
            at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find(' ') == std::string_view::npos;
        if (!is_address) return {};
        return std::string(text);
    });
    return parsed.value_or("");
}

/// `push: { ntfy: lahore-a }`
std::optional<WrittenContact> decode_contact(const yaml::Entry& entry) {
    if (!entry.value.is_map()) {
        entry.value.wrong("a channel and an address such as { ntfy: lahore-a }");
        return {};
    }
    const auto ways = entry.value.entries();
    if (ways.size() != 1) {
        entry.value.error(fmt::format("the contact \"{}\" must have one channel, but has {}", entry.name, ways.size()))
            .hints.emplace_back("write one contact for each channel");
        return {};
    }
    auto address = ways.front().value.text();
    if (!address) return {};
    return WrittenContact{{entry.name, ways.front().name, std::move(*address)}, entry.key, ways.front().key};
}

std::vector<WrittenContactRule> decode_contact_rules(const yaml::Cursor& list) {
    std::vector<WrittenContactRule> rules;
    if (list.is_scalar()) {
        list.wrong("a list").hints.push_back(fmt::format("write [{{ via: {} }}]", list.text().value_or("email")));
        return rules;
    }
    for (const auto& item : items(list)) {
        if (item.is_scalar()) {
            item.wrong("a map").hints.push_back(fmt::format("write {{ via: {} }}", item.text().value_or("email")));
            continue;
        }
        const auto line = item.record({"via", "after", "severity"});
        const auto after = line["after"].duration().value_or(Duration{0});
        auto via = name_at(line.required("via"));
        if (!via) continue;
        const auto is_same = [&](const WrittenContactRule& rule) { return rule.via.text == via->text; };
        if (std::any_of(rules.begin(), rules.end(), is_same)) {
            warn(via->at, Warning::ContactTwice,
                 fmt::format("\"{}\" stands twice; a person is paged once by each contact", via->text));
        }
        rules.push_back({after, std::move(*via), severities(line["severity"])});
    }
    return rules;
}

std::vector<Interval> decode_vacations(const yaml::Cursor& list, const Zone& zone) {
    std::vector<Interval> vacations;
    if (list.is_scalar() || list.is_map()) {
        list.wrong("a list").hints.emplace_back("write [{ from: 2026-12-24, until: 2027-01-02 }]: until is when they are back");
        return vacations;
    }
    for (const auto& item : list.list()) {
        const auto record = item.record({"from", "until"});
        const auto from = instant(record.required("from"), zone);
        const auto until = instant(record.required("until"), zone);
        if (!from || !until) continue;
        if (*until <= *from) {
            record["until"].error("a vacation must end after it begins").hints.emplace_back("until is when the person is back");
            continue;
        }
        vacations.push_back({*from, *until});
    }
    return vacations;
}

WrittenPerson decode_person(const yaml::Entry& entry, Written& written) {
    const auto record = entry.value.record(
        {"name", "email", "time_zone", "contacts", "paged", "noticed", "quiet", "one_at_a_time", "vacations", "storm", "waive"},
        {}, other_words::of_person());
    decode_waivers(record["waive"], {entry.key, entry.value}, written);
    WrittenPerson person;
    person.id = {entry.name, entry.key};
    person.name = text_or(record["name"], entry.name);
    if (record["email"]) person.email = decode_email(record["email"]);
    person.has_time_zone = !record["time_zone"].is_absent();
    person.time_zone = record["time_zone"].zone().value_or(Zone{});
    for (const auto& contact : record["contacts"].entries()) {
        if (auto decoded = decode_contact(contact)) person.contacts.push_back(std::move(*decoded));
    }
    person.paged = decode_contact_rules(record["paged"]);
    person.noticed = decode_contact_rules(record["noticed"]);
    person.quiet = windows(record["quiet"]);
    person.vacations = decode_vacations(record["vacations"], person.time_zone);
    person.one_at_a_time = record["one_at_a_time"].boolean().value_or(false);
    if (person.quiet && !person.has_time_zone) {
        warn(record["quiet"], Warning::QuietWithoutZone, "quiet hours without a \"time_zone\" are in UTC");
    }
    person.storm = paging_limit(record["storm"]);
    return person;
}

}  // namespace

void decode_people(const yaml::Cursor& section, Written& written) {
    for (const auto& entry : declarations(section, "person", written)) {
        if (entry.name == kNobody) {
            entry.key.error("nobody can be called \"nobody\": in a layer it is the word for a shift that nobody has");
            continue;
        }
        written.people.push_back(decode_person(entry, written));
    }
}

}  // namespace tocsin::language
