// tocsin replay: the alerts that came, against the rulebook in force and a changed one; what would have been different?
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/text.hpp"
#include "daemon/api/read_body.hpp"
#include "daemon/app/files.hpp"
#include "daemon/app/last_good_file.hpp"
#include "daemon/app/rulebook_holder.hpp"
#include "daemon/app/system_clock.hpp"
#include "daemon/cli/cli.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/rulebook_command.hpp"
#include "daemon/cli/settings_file.hpp"
#include "daemon/intake/own_alert.hpp"
#include "daemon/intake/parser.hpp"
#include "daemon/store/alert_history.hpp"
#include "rules/check/replay.hpp"
#include "rules/check/replay_report.hpp"

namespace tocsin::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kAlertsAtOnce = 1'000;
/// Payloads of files have no time of their own.
constexpr Duration kBetweenFiles = std::chrono::minutes{1};

struct ReplayArguments {
    std::vector<std::string> payloads;
    std::string rulebook;
    std::string base;
    std::string config;
    std::string kind;
    std::string source;
    std::int64_t days = 30;
    std::string acknowledged_after = "5m";
    std::string resolved_after = "2h";
    std::string output = "text";
    bool fails_on_change = false;
};

std::nullopt_t failed(const std::string& why) {
    fmt::print(stderr, "tocsin: {}\n", why);
    return std::nullopt;
}

std::optional<check::ReplayAssumptions> assumptions_of(const ReplayArguments& arguments) {
    check::ReplayAssumptions assumptions;
    assumptions.acknowledged_after.reset();
    if (arguments.acknowledged_after != "never") {
        assumptions.acknowledged_after = parse_duration(arguments.acknowledged_after);
        if (!assumptions.acknowledged_after) {
            return failed("--ack-after is neither a duration such as 5m nor `never`: " + arguments.acknowledged_after);
        }
    }
    const auto resolved_after = parse_duration(arguments.resolved_after);
    if (!resolved_after || resolved_after->count() == 0) {
        return failed("--resolve-after is no duration such as 2h: " + arguments.resolved_after);
    }
    assumptions.resolved_after = *resolved_after;
    return assumptions;
}

/// What is in force: the daemon's own copy of it, which may differ from what is on disk by now.
std::shared_ptr<const Rulebook> in_force(const config::Settings& settings) {
    const auto kept = app::read_last_good(settings.data_directory + "/last-good-rulebook.json", settings.rulebook_directory);
    if (kept && !kept->files.empty()) {
        auto restored = check::restore_rulebook(*kept, app::compile_context(settings), api::parse_alert);
        if (restored.rulebook) return restored.rulebook;
    }
    const auto files = app::read_rulebook(settings.rulebook_directory);
    if (!files) {
        fmt::print(stderr, "tocsin: {}\n", files.error().message());
        return nullptr;
    }
    auto compiled = compile_rulebook(*files, app::compile_context(settings));
    if (!compiled.rulebook) fmt::print(stderr, "{}{}\n", compiled.diagnostics.render(), compiled.diagnostics.summary());
    return compiled.rulebook;
}

/// The alerts on their way from bytes to the replay; what cannot be understood is counted there.
class Feed {
public:
    Feed(check::Replay& replay, const Rulebook& base, const Rulebook& changed)
        : replay_(replay), base_(base), changed_(changed) {}

    struct From {
        std::string kind;
        std::string source;
        std::string key;  ///< Of the one that is meant, if the payload holds it beside others; else all are.
    };
    void take(const From& from, std::string payload, TimePoint at) {
        const auto is_mapped = [&](const Rulebook& rulebook) { return rulebook.mappings().of(from.source) != nullptr; };
        const auto then = read(base_, from, payload, at);
        const auto now = is_mapped(base_) || is_mapped(changed_) ? read(changed_, from, std::move(payload), at) : then;
        if (!then || !now) return replay_.not_understood(fmt::format("not understood as {} from {}", from.kind, from.source));
        const auto alert = [](const Alerts& all, std::size_t i) { return i < all.size() ? all[i].get() : nullptr; };
        for (std::size_t i = 0; i < std::max(then->size(), now->size()); ++i) {
            replay_.take(alert(*then, i), alert(*now, i), at);
        }
    }
    void no_source(const std::string& source) {
        replay_.not_understood(fmt::format("from \"{}\", which is no source of the settings any more", source));
    }

private:
    /// Shared, as most are the same under both rulebooks.
    using Alerts = std::vector<std::shared_ptr<const check::ParsedAlert>>;

    static Result<Alerts> read(const Rulebook& rulebook, const From& from, std::string payload, TimePoint at) {
        auto parsed = api::parse_alert(rulebook, {from.kind, from.source, std::move(payload), at});
        if (!parsed) return parsed.error();
        const auto is_meant = [&](const check::ParsedAlert& one) { return one.alert.key == from.key; };
        const bool is_one_meant = std::any_of(parsed->begin(), parsed->end(), is_meant);
        Alerts alerts;
        for (auto& one : *parsed) {
            if (!is_one_meant || is_meant(one)) alerts.push_back(std::make_shared<const check::ParsedAlert>(std::move(one)));
        }
        return alerts;
    }

    check::Replay& replay_;
    const Rulebook& base_;
    const Rulebook& changed_;
};

/// Empty if the settings do not know the source.
std::string kind_of(const config::Settings& settings, const std::string& source) {
    if (source == intake::kOwnSource) return std::string(intake::kOwnSource);
    const auto found = settings.sources.find(source);
    return found == settings.sources.end() ? std::string() : found->second.kind;
}

Result<void> feed_history(const config::Settings& settings, TimePoint since, Feed& feed) {
    auto history = store::AlertHistory::open(settings.data_directory, since);
    if (!history) return history.error();
    while (true) {
        auto alerts = history->next(kAlertsAtOnce);
        if (!alerts) return alerts.error();
        if (alerts->empty()) return {};
        for (auto& alert : *alerts) {
            const auto kind = kind_of(settings, alert.source);
            if (kind.empty()) {
                feed.no_source(alert.source);
            } else {
                feed.take({kind, alert.source, alert.key}, std::move(alert.payload), alert.received_at);
            }
        }
    }
}

Result<std::vector<std::string>> files_below(const std::vector<std::string>& named) {
    std::vector<std::string> files;
    for (const auto& path : named) {
        std::error_code ec;
        if (!fs::is_directory(path, ec)) {
            files.push_back(path);
            continue;
        }
        for (fs::recursive_directory_iterator at{path, ec}; !ec && at != fs::recursive_directory_iterator{}; at.increment(ec)) {
            const auto extension = at->path().extension();
            if (at->is_regular_file() && (extension == ".json" || extension == ".jsonl")) files.push_back(at->path().string());
        }
        if (ec) return Error{Errc::NotFound, fmt::format("cannot read {}: {}", path, ec.message())};
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// One payload a file, or one a line of a .jsonl file.
Result<void> feed_files(const ReplayArguments& arguments, TimePoint from, Feed& feed) {
    const auto files = files_below(arguments.payloads);
    if (!files) return files.error();
    const auto& source = arguments.source.empty() ? arguments.kind : arguments.source;
    const auto take = [&](std::string payload) {
        feed.take({arguments.kind, source, {}}, std::move(payload), from);
        from += kBetweenFiles;
    };
    for (const auto& file : *files) {
        auto text = app::read_file(file, std::size_t{1} << 30U);
        if (!text) return text.error();
        if (!file.ends_with(".jsonl")) {
            take(std::move(*text));
            continue;
        }
        for (const auto line : split(*text, '\n')) {
            if (!trimmed(line).empty()) take(std::string(line));
        }
    }
    return {};
}

void print(const check::ReplayReport& report, const std::string& output) {
    if (output == "json") {
        fmt::print("{}\n", check::replay_to_json(report));
    } else {
        fmt::print("{}", output == "markdown" ? check::replay_to_markdown(report) : check::replay_to_text(report));
    }
}

int replay(const ReplayArguments& arguments) {
    const auto assumptions = assumptions_of(arguments);
    if (!assumptions) return kUsage;
    const bool is_from_files = !arguments.payloads.empty();
    if (is_from_files == arguments.kind.empty() || (arguments.config.empty() && (!is_from_files || arguments.base.empty()))) {
        fmt::print(stderr,
                   "tocsin: give --config, for the alerts that the daemon has kept; or payloads with --kind, and --base\n");
        return kUsage;
    }
    std::optional<config::Settings> settings;
    if (!arguments.config.empty()) {
        settings = read_settings_file(arguments.config);
        if (!settings) return kFailed;
    }
    const auto base = arguments.base.empty() ? in_force(*settings) : load_from_disk({arguments.base, arguments.config});
    const auto changed = load_from_disk({arguments.rulebook, arguments.config});
    if (!base || !changed) return kFailed;

    check::Replay replay(*base, *changed, *assumptions);
    Feed feed(replay, *base, *changed);
    const auto since = app::SystemClock{}.now() - std::chrono::days{arguments.days};
    const auto fed = is_from_files ? feed_files(arguments, since, feed) : feed_history(*settings, since, feed);
    if (!fed) {
        fmt::print(stderr, "tocsin: {}\n", fed.error().message());
        return kFailed;
    }
    const auto report = replay.finish();
    print(report, arguments.output);
    return arguments.fails_on_change && report.is_changed() ? kChanged : kOk;
}

}  // namespace

void add_replay(CLI::App& app, int& exit_code) {
    auto arguments = std::make_shared<ReplayArguments>();
    auto* command =
        app.add_subcommand("replay", "Play the alerts that came against a changed rulebook: who would be paged more, who less?");
    command->add_option("payloads", arguments->payloads,
                        "Instead of what the daemon has kept: files of payloads (one each; *.jsonl: one a line), or folders of "
                        "them, in the order of their names, a minute apart");
    command->add_option("-r,--rulebook", arguments->rulebook, "The changed rulebook: a directory or a file")->required();
    command->add_option("-b,--base", arguments->base, "The rulebook to compare it with [the one that the daemon has in force]");
    command
        ->add_option("-c,--config", arguments->config,
                     "The daemon's tocsin.yaml: its database is read beside it, and its sources say what each alert is")
        ->envname("TOCSIN_CONFIG");
    command->add_option("-d,--days", arguments->days, "How far back")->check(CLI::Range(1, 36'500))->capture_default_str();
    command->add_option("-k,--kind", arguments->kind, "What kind of sender the payloads are from")
        ->check(CLI::IsMember(intake::kinds()));
    command->add_option("--source", arguments->source, "The source's name, as rules see it [the kind]");
    command
        ->add_option("--ack-after", arguments->acknowledged_after,
                     "Whoever is paged first acknowledges after so long; never: nobody does, the worst case")
        ->capture_default_str();
    command
        ->add_option("--resolve-after", arguments->resolved_after,
                     "An incident whose rule has no resolve_after is resolved when no alert came for so long")
        ->capture_default_str();
    command->add_option("-o,--output", arguments->output, "text for people, markdown for a pull request, json for programs")
        ->check(CLI::IsMember({"text", "markdown", "json"}))
        ->capture_default_str();
    command->add_flag("--fail-on-change", arguments->fails_on_change, "Exit with 2 if a verdict, incident or page changes");
    command->footer(
        "Both rulebooks are played through the daemon's own engine in virtual time, with who was on call then. At night is\n"
        "from 22:00 to 07:00 on the clock of the person who is paged.\n\n"
        "  tocsin replay --config tocsin.yaml --rulebook rules/ --days 30 -o markdown > comment.md\n\n"
        "Exit codes: 0 replayed; 1 it could not be; 2 something changes, with --fail-on-change; 64 wrong arguments.");
    command->callback([arguments, &exit_code] { exit_code = replay(*arguments); });
}

}  // namespace tocsin::cli
