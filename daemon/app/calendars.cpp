#include "daemon/app/calendars.hpp"

#include <fmt/format.h>

#include <utility>

#include "daemon/app/fetch.hpp"
#include "daemon/notify/dealing.hpp"
#include "daemon/notify/reply.hpp"
#include "daemon/observe/log.hpp"
#include "rules/calendar/calendar.hpp"

namespace tocsin::app {
namespace {

/// A page that asks for a login is no calendar, and neither is half of one.
std::optional<Error> mistake_in(const std::string& text) {
    const auto mistakes = calendar::read_calendar(text, Zone{}).mistakes;
    if (mistakes.empty()) return {};
    const auto& first = mistakes.front();
    return Error{Errc::Invalid, first.line == 0 ? first.what : fmt::format("line {}: {}", first.line, first.what)}.in(
        "what it gave is no good calendar");
}

}  // namespace

Calendars::Calendars(const config::Settings& settings, observe::Metrics& metrics, const Clock& clock, Outside outside)
    : settings_(settings), metrics_(metrics), clock_(clock), outside_(std::move(outside)), copies_(settings.data_directory) {}

void Calendars::begin_load() { asked_.clear(); }

Result<std::string> Calendars::read(const std::string& address) {
    const bool is_new = asked_.insert(address).second;
    if (auto copy = copies_.find(address)) {
        const std::lock_guard lock{mutex_};
        states_[address].fetched_at = copy->fetched_at;
        return std::move(copy->text);
    }
    if (is_new) (void)refresh(address);  // Looked at below.
    if (auto copy = copies_.find(address)) return std::move(copy->text);
    const std::lock_guard lock{mutex_};
    return Error{Errc::Unavailable, fmt::format("there is no copy of this calendar, and {}", states_[address].problem)};
}

void Calendars::end_load(Load how) {
    {
        const std::lock_guard lock{mutex_};
        if (how == Load::WentWell) std::erase_if(states_, [&](const auto& entry) { return !asked_.contains(entry.first); });
    }
    show();
}

void Calendars::begin() {
    worker_ = std::make_unique<Worker>(outside_.post);
    again();
}

void Calendars::stop() {
    is_stopping_ = true;
    worker_.reset();
}

void Calendars::again() {
    outside_.after(settings_.calendars.every, [this] { refresh_all(); });
}

std::vector<std::string> Calendars::wanted() const {
    const std::lock_guard lock{mutex_};
    std::vector<std::string> addresses;
    for (const auto& [address, state] : states_) addresses.push_back(address);
    return addresses;
}

void Calendars::refresh_all() {
    auto has_changed = std::make_shared<bool>(false);
    worker_->run(
        [this, has_changed] {
            for (const auto& address : wanted()) {
                if (is_stopping_) return;
                *has_changed = refresh(address) || *has_changed;
            }
        },
        [this, has_changed] {
            show();
            if (*has_changed) outside_.on_change();
            again();
        });
}

bool Calendars::refresh(const std::string& address) {
    const std::lock_guard fetching{refreshing_};
    const auto before = copies_.find(address);
    auto text = fetch_calendar(address);
    const bool is_other = text && (!before || before->text != *text);
    State state{before ? before->fetched_at : TimePoint{}, {}};
    if (text) {
        CalendarCopy copy{std::move(*text), clock_.now()};
        const auto kept = copies_.keep(address, copy);
        if (kept) state.fetched_at = copy.fetched_at;
        if (!kept) state.problem = kept.error().message();
    } else {
        state.problem = text.error().message();
    }
    const auto name = calendar_name(address);
    if (!state.problem.empty()) log::warning(log::Event::CalendarNotFetched, state.problem, {{"calendar", name}});
    if (is_other && state.problem.empty()) log::info(log::Event::CalendarFetched, "", {{"calendar", name}});
    const std::lock_guard lock{mutex_};
    const bool is_good = state.problem.empty();
    states_[address] = std::move(state);
    return is_other && is_good;
}

Result<std::string> Calendars::fetch_calendar(const std::string& address) const {
    const auto url = http::parse_url(address);
    if (!url) {
        const bool is_webcal = address.starts_with("webcal");
        return Error{Errc::Invalid, is_webcal ? "webcal:// is for people's calendar programs; write https://"
                                              : "it is no http:// or https:// address"};
    }
    if (!notify::is_among(settings_.calendars.hosts, *url)) {
        return Error{Errc::Refused,
                     fmt::format("{} is not among the hosts that calendars are fetched from; add it to `calendars: {{ hosts: "
                                 "[...] }}` in tocsin.yaml",
                                 notify::place_of(*url))};
    }
    auto text = fetch(*url, {settings_.ca_file, settings_.calendars.bytes_max}, clock_);
    if (!text) return text;
    if (auto mistake = mistake_in(*text)) return std::move(*mistake);
    return text;
}

std::vector<api::RulebookStatus::Calendar> Calendars::status() const {
    const std::lock_guard lock{mutex_};
    std::vector<api::RulebookStatus::Calendar> all;
    for (const auto& [address, state] : states_) all.push_back({calendar_name(address), state.fetched_at, state.problem});
    return all;
}

void Calendars::show() const {
    std::vector<observe::GaugeSample> samples;
    for (const auto& calendar : status()) {
        const std::vector<std::pair<std::string, std::string>> labels{{"calendar", calendar.name}};
        const auto fetched_at = static_cast<double>(to_unix_ms(calendar.fetched_at)) / 1000;
        samples.push_back({observe::metric::kCalendarFetched, labels, fetched_at});
        samples.push_back({observe::metric::kCalendarFailed, labels, calendar.problem.empty() ? 0.0 : 1.0});
    }
    metrics_.show_gauges("calendars", std::move(samples));
}

}  // namespace tocsin::app
