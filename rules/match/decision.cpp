#include "rules/match/decision.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "rules/match/lifecycle.hpp"
#include "rules/match/template.hpp"

namespace tocsin::match {
namespace {

/// On one line: control characters are spaces, and what could confuse a terminal is U+FFFD.
std::string one_line(std::string_view text) {
    std::string line;
    line.reserve(text.size());
    for (const char c : text) {
        const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        if (!is_control) line += c;
        if (is_control && !line.ends_with(' ')) line += ' ';
    }
    return truncated(printable(trimmed(line)), limits::kSummaryCodePointsMax);
}

/// The rule's template, else the alert's title, else words that at least say which alert it is; never empty.
std::string summary_of(const Template* summary, const NamedValues& values, std::uint32_t& empty_templates) {
    if (summary != nullptr) {
        const auto rendered = render(*summary, values);
        empty_templates += rendered.empty;
        if (auto line = one_line(rendered.text); !line.empty()) return line;
    }
    if (auto line = one_line(values.fields.first("title")); !line.empty()) return line;
    return one_line(fmt::format("{} alert {}", values.fields.first("kind"), values.fields.first("key")));
}

/// The rule's template, else what the service says. An alert without the field has no such wish, which is nothing to count.
std::string reply_to_of(const Template* reply_to, const NamedValues& values, const Service* service) {
    const auto rendered = reply_to != nullptr ? std::string(trimmed(render(*reply_to, values).text)) : std::string();
    if (!rendered.empty() && rendered.size() <= limits::kReplyUrlBytesMax) return rendered;
    return service != nullptr ? service->reply_to : std::string();
}

void append_escaped(std::string& key, std::string_view value) {
    for (const char c : value) {
        if (c == ',' || c == '=' || c == '\\') key += '\\';
        key += c;
    }
}

/// Many values stand sorted, so that a source that shuffles its tags opens no second incident.
void append_part(std::string& key, std::string_view name, std::string_view path, const NamedValues& values) {
    boost::container::small_vector<std::string_view, 8> all;
    values.for_each(path, [&](std::string_view value) { all.push_back(value); });
    std::sort(all.begin(), all.end());
    if (!key.empty()) key += ',';
    key += name;
    key += '=';
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0) key += ',';
        append_escaped(key, all[i]);
    }
}

/// FNV-1a: the same on every machine and in every release, as the keys are stored.
std::uint64_t stable_hash(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    return hash;
}

std::string bounded(std::string key) {
    if (key.size() <= limits::kIncidentKeyBytesMax) return key;
    const auto mark = fmt::format("#{:016x}", stable_hash(key));
    auto cut = limits::kIncidentKeyBytesMax - mark.size();
    while (cut > 0 && (static_cast<unsigned char>(key[cut]) & 0xC0U) == 0x80U) --cut;
    key.resize(cut);
    return key + mark;
}

std::string incident_key(const std::vector<std::string>* paths, const NamedValues& values) {
    std::string key;
    if (paths != nullptr) {
        for (const auto& path : *paths) append_part(key, path, path, values);
    }
    if (key.empty()) {
        append_part(key, "source", "source", values);
        append_part(key, "key", "key", values);
    }
    return bounded(std::move(key));
}

std::string escalation_of(std::string_view service_id, const Roster& roster) {
    const auto* service = roster.service(service_id);
    return service != nullptr && !service->escalation.empty() ? service->escalation : roster.default_escalation;
}

}  // namespace

void Decision::take(const RuleSpec& rule, std::int32_t index) {
    rule_ = &rule;
    index_ = index;
    if (rule.service) service_ = &*rule.service;
    if (rule.severity) severity_ = rule.severity;
    if (rule.urgency) urgency_ = rule.urgency;
    if (rule.summary) summary_ = &*rule.summary;
    if (rule.reply_to) reply_to_ = &*rule.reply_to;
    if (rule.incident) incident_ = &*rule.incident;
    if (rule.lifecycle.says_something()) match::take(lifecycle_, rule.lifecycle);
    if (rule.resolve_after) resolve_after_ = rule.resolve_after;
    if (!rule.actionable.empty()) with_actionable_.push_back(&rule);
}

Severity Decision::severity(const Fields& fields) const {
    if (severity_) return *severity_;
    return severity_meant(fields.first("priority")).value_or(Severity::Moderate);
}

Verdict Decision::verdict(const Fields& fields, const Roster& roster) const {
    Verdict verdict;
    verdict.severity = severity(fields);
    verdict.rule_index = index_;
    if (service_ != nullptr) verdict.service = *service_;
    const NamedValues values{fields, verdict.service, to_string(verdict.severity)};
    for (const auto* rule : with_actionable_) {
        for (const auto& path : rule->actionable) {
            const bool is_known = std::find(verdict.missing.begin(), verdict.missing.end(), path) != verdict.missing.end();
            if (!is_known && !values.has_text(path)) verdict.missing.push_back(path);
        }
    }
    if (rule_ != nullptr) {
        verdict.rule = rule_->name;
        verdict.urgency = urgency_.value_or(default_urgency(verdict.severity));
        if (verdict.urgency == Urgency::Page && !verdict.missing.empty()) verdict.urgency = Urgency::Notice;
    }
    verdict.summary = summary_of(summary_, values, verdict.empty_templates);
    verdict.incident_key = incident_key(incident_, values);
    verdict.reply_to = reply_to_of(reply_to_, values, roster.service(verdict.service));
    verdict.escalation = escalation_of(verdict.service, roster);
    verdict.lifecycle = lifecycle_of(lifecycle_);
    verdict.resolve_after = resolve_after_.value_or(Duration{});
    return verdict;
}

}  // namespace tocsin::match
