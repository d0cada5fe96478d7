// tocsin schedule: the shifts of a schedule drawn as a calendar, and how fairly they are shared, from a daemon or a rulebook.
#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "daemon/api/schedule_json.hpp"
#include "daemon/app/system_clock.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/instant.hpp"
#include "daemon/cli/rulebook_command.hpp"
#include "daemon/cli/schedule_text.hpp"

namespace tocsin::cli {
namespace json = boost::json;
namespace {

struct ScheduleArguments {
    ServerOptions server;
    RulebookOptions rulebook;
    std::string name;
    int weeks = 4;
    std::string from;
    std::string until;
    std::string zone;
    std::string role = "primary";
    std::string output = "text";
};

CivilTime monday_of(CivilTime civil) {
    const auto day = std::chrono::floor<std::chrono::days>(civil);
    return day - std::chrono::days{static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1};
}

/// Either the rulebook on disk or the daemon, and what both answer.
class Answers {
public:
    explicit Answers(const ScheduleArguments& arguments) : arguments_(arguments) {}

    /// An exit code if there is nothing to ask.
    std::optional<int> open() {
        if (!arguments_.rulebook.path.empty()) {
            rulebook_ = load_from_disk(arguments_.rulebook);
            if (!rulebook_) return kFailed;
            schedule_ = find_schedule(rulebook_->roster(), arguments_.name);
            return schedule_ == nullptr ? std::optional<int>(kFailed) : std::nullopt;
        }
        auto client = ApiClient::make(arguments_.server);
        if (client) {
            client_ = std::make_unique<ApiClient>(std::move(*client));
            return {};
        }
        return show_no_server(client.error());
    }

    /// The zone of the schedule; of one that does not exist UTC, as the next answer says so.
    Zone zone() {
        if (schedule_ != nullptr) return schedule_->time_zone;
        const auto answer = client_->get("/api/v1/schedules");
        if (!answer || answer->status != 200) return {};
        const auto body = json::parse(answer->body);
        for (const auto& schedule : body.at("schedules").as_array()) {
            if (schedule.at("schedule").as_string() != arguments_.name) continue;
            if (const auto found = Zone::find(schedule.at("time_zone").as_string())) return *found;
        }
        return {};
    }

    int shifts(Interval of, Role role, const std::function<std::string(const json::object&)>& show) {
        if (schedule_ != nullptr) return print(api::shifts_json(*schedule_, rulebook_->roster(), of, role), show);
        return ask("shifts", of, role, show);
    }

    int fairness(Interval of, Role role, const std::function<std::string(const json::object&)>& show) {
        if (schedule_ != nullptr) return print(api::fairness_json(*schedule_, rulebook_->roster(), of, role), show);
        return ask("fairness", of, role, show);
    }

private:
    int print(const json::object& body, const std::function<std::string(const json::object&)>& show) const {
        fmt::print("{}", arguments_.output == "json" ? json::serialize(body) + "\n" : show(body));
        return kOk;
    }

    int ask(std::string_view what, Interval of, Role role, const std::function<std::string(const json::object&)>& show) {
        const auto target = fmt::format("/api/v1/schedules/{}/{}?from={}&until={}&role={}", encoded(arguments_.name), what,
                                        encoded(format_utc(of.from)), encoded(format_utc(of.until)), to_string(role));
        return show_answer(client_->get(target), arguments_.output,
                           [&](const std::string& body) { return show(json::parse(body).as_object()); });
    }

    const ScheduleArguments& arguments_;
    std::shared_ptr<const Rulebook> rulebook_;
    const Schedule* schedule_ = nullptr;
    std::unique_ptr<ApiClient> client_;
};

/// The reader's zone, or the schedule's.
Result<Zone> zone_for(const ScheduleArguments& arguments, Answers& answers) {
    return arguments.zone.empty() ? Result<Zone>(answers.zone()) : Zone::find(arguments.zone);
}

Result<TimePoint> instant_for(const std::string& text, std::string_view option, const Zone& zone, TimePoint otherwise) {
    if (text.empty()) return otherwise;
    if (const auto parsed = parse_instant(text, zone)) return *parsed;
    return Error{Errc::Invalid,
                 fmt::format("{} is neither 2026-03-08, \"2026-03-08 03:30\" nor 2026-03-08T08:30:00Z: {}", option, text)};
}

int wrong_argument(const Error& error) {
    fmt::print(stderr, "tocsin: {}\n", error.message());
    return kUsage;
}

int show(const ScheduleArguments& arguments) {
    Answers answers(arguments);
    if (const auto failed = answers.open()) return *failed;
    const auto zone = zone_for(arguments, answers);
    if (!zone) return wrong_argument(zone.error());
    const auto from = instant_for(arguments.from, "--from", *zone, app::SystemClock{}.now());
    if (!from) return wrong_argument(from.error());
    const auto monday = monday_of(zone->to_civil(*from));
    const Drawing drawing{*zone, monday, arguments.weeks, parse_role(arguments.role).value_or(Role::Primary)};
    const Interval of{zone->to_utc(monday), zone->to_utc(monday + std::chrono::weeks{arguments.weeks})};
    return answers.shifts(of, drawing.role, [&](const json::object& body) { return calendar_text(body, drawing); });
}

int fairness(const ScheduleArguments& arguments) {
    constexpr auto kQuarter = std::chrono::weeks{13};
    Answers answers(arguments);
    if (const auto failed = answers.open()) return *failed;
    const auto zone = zone_for(arguments, answers);
    if (!zone) return wrong_argument(zone.error());
    const auto until = instant_for(arguments.until, "--until", *zone, app::SystemClock{}.now());
    if (!until) return wrong_argument(until.error());
    const auto from = instant_for(arguments.from, "--from", *zone, *until - kQuarter);
    if (!from) return wrong_argument(from.error());
    if (*until <= *from) return wrong_argument(Error{Errc::Invalid, "--until is not after --from"});
    return answers.fairness({*from, *until}, parse_role(arguments.role).value_or(Role::Primary), fairness_text);
}

void add_common_options(CLI::App& command, ScheduleArguments& arguments) {
    command.add_option("name", arguments.name, "The schedule")->required();
    command.add_option("--role", arguments.role, "primary, secondary or shadow [primary]")
        ->check(CLI::IsMember({"primary", "secondary", "shadow"}));
    command.add_option("--zone", arguments.zone, "By the clocks of this place, such as Asia/Karachi [the schedule's]");
    command.add_option("--rulebook", arguments.rulebook.path, "From this rulebook's directory or file, without a daemon");
    add_server_options(command, arguments.server);
    add_output_option(command, arguments.output);
}

}  // namespace

void add_schedule(CLI::App& app, int& exit_code) {
    constexpr int kWeeksMax = 104;
    auto* group = app.add_subcommand("schedule", "Who has which shift, and how fairly they are shared");
    group->require_subcommand(1);

    auto shown = std::make_shared<ScheduleArguments>();
    auto* show_command = group->add_subcommand("show", "Draw the shifts of a schedule, a day a line");
    add_common_options(*show_command, *shown);
    show_command->add_option("--weeks", shown->weeks, "How many [4]")->check(CLI::Range(1, kWeeksMax));
    show_command->add_option("--from", shown->from, "Begin with the week of this day [now]");
    show_command->callback([shown, &exit_code] { exit_code = show(*shown); });

    auto shared = std::make_shared<ScheduleArguments>();
    auto* fairness_command =
        group->add_subcommand("fairness", "Hours, nights, weekends and holidays of each person, and how often they were paged");
    add_common_options(*fairness_command, *shared);
    fairness_command->add_option("--from", shared->from, "From this day or instant [13 weeks before --until]");
    fairness_command->add_option("--until", shared->until, "Until this one [now]");
    fairness_command->callback([shared, &exit_code] { exit_code = fairness(*shared); });
}

}  // namespace tocsin::cli
