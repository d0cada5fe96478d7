#include "daemon/app/rulebook_holder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "daemon/api/read_body.hpp"
#include "daemon/app/files.hpp"
#include "daemon/app/last_good_file.hpp"
#include "daemon/intake/own_alert.hpp"
#include "daemon/observe/log.hpp"

namespace tocsin::app {
namespace {

using LoadResult = check::LoadedRulebook::Result;

api::ReloadOutcome::Result outcome_of(LoadResult result) {
    switch (result) {
        case LoadResult::Loaded: return api::ReloadOutcome::Result::Loaded;
        case LoadResult::Partial: return api::ReloadOutcome::Result::Partial;
        case LoadResult::Refused: return api::ReloadOutcome::Result::Refused;
    }
    return api::ReloadOutcome::Result::Refused;
}

const RulebookFile* find(const std::vector<RulebookFile>& files, std::string_view path) {
    const auto found = std::find_if(files.begin(), files.end(), [&](const RulebookFile& file) { return file.path == path; });
    return found == files.end() ? nullptr : &*found;
}

/// Every file that is in force, on disk, or both.
std::vector<api::RulebookStatus::File> files_of(const std::vector<RulebookFile>& in_force,
                                                const std::vector<RulebookFile>& on_disk,
                                                const std::vector<check::StaleFile>& stale) {
    using State = api::RulebookStatus::FileState;
    std::vector<api::RulebookStatus::File> files;
    for (const auto& file : in_force) {
        const auto* now = find(on_disk, file.path);
        const bool is_current = now != nullptr && now->text == file.text;
        files.push_back({file.path, rulebook_hash(std::span(&file, 1)), is_current ? State::Current : State::Stale, {}});
    }
    for (const auto& file : on_disk) {
        if (find(in_force, file.path) == nullptr) files.push_back({file.path, {}, State::LeftOut, {}});
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    for (auto& file : files) {
        const auto found = std::find_if(stale.begin(), stale.end(), [&](const auto& one) { return one.path == file.path; });
        if (found != stale.end()) file.problems = found->problems;
    }
    return files;
}

}  // namespace

CompileContext compile_context(const config::Settings& settings) {
    CompileContext context;
    context.read_sample = reading_calendars_by([directory = settings.data_directory](const std::string& address) {
        return read_fetched({.data_directory = directory}, address);
    });
    context.channels.emplace();
    for (const auto& [name, channel] : settings.channels) context.channels->push_back(name);
    context.sources.emplace();
    for (const auto& [name, source] : settings.sources) context.sources->emplace_back(name, source.kind);
    context.sources->emplace_back(intake::kOwnSource, intake::kOwnSource);
    return context;
}

RulebookHolder::RulebookHolder(const config::Settings& settings, observe::Metrics& metrics, const Clock& clock,
                               Calendars& calendars, Retire retire)
    : settings_(settings),
      metrics_(metrics),
      clock_(clock),
      calendars_(calendars),
      retire_(std::move(retire)),
      last_good_file_(settings.data_directory + "/last-good-rulebook.json") {}

std::shared_ptr<const Rulebook> RulebookHolder::current() const {
    const std::lock_guard lock{mutex_};
    return current_;
}

api::RulebookStatus RulebookHolder::status() const {
    auto calendars = calendars_.status();
    const std::lock_guard lock{mutex_};
    auto status = status_;
    status.calendars = std::move(calendars);
    return status;
}

CompileContext RulebookHolder::context() const {
    auto context = compile_context(settings_);
    context.read_sample = reading_calendars_by([this](const std::string& address) { return calendars_.read(address); });
    return context;
}

api::ReloadOutcome RulebookHolder::load() {
    const bool is_first = current() == nullptr;
    if (is_first) {
        auto kept = read_last_good(last_good_file_, settings_.rulebook_directory);
        if (kept) {
            last_good_ = std::move(*kept);
        } else {
            log::error(log::Event::RulebookNotKept, kept.error().message());
        }
    }
    const auto files = read_rulebook(settings_.rulebook_directory);
    calendars_.begin_load();
    auto context = this->context();
    context.horizon = {clock_.now(), clock_.now() + kCoverageHorizon};
    auto loaded = files ? check::load_rulebook(*files, last_good_, context, api::parse_alert) : refused(files.error());
    tell(loaded);
    if (is_first && loaded.result == LoadResult::Refused) start_with_last_good(loaded);
    if (loaded.rulebook) take(loaded);
    calendars_.end_load(loaded.result == LoadResult::Loaded ? Calendars::Load::WentWell : Calendars::Load::WasNotTaken);
    if (loaded.result != LoadResult::Loaded) metrics_.rulebook_refused();
    const auto in_force = current();
    api::ReloadOutcome outcome{
        outcome_of(loaded.result), in_force ? in_force->hash() : "", loaded.diagnostics, loaded.summary, {}};
    for (const auto& file : loaded.stale) outcome.stale.push_back(file.path);
    set_status(loaded, files ? *files : std::vector<RulebookFile>{}, outcome);
    return outcome;
}

check::LoadedRulebook RulebookHolder::refused(const Error& error) const {
    check::LoadedRulebook none;
    none.diagnostics = error.message();
    none.summary = "the files cannot be read";
    return none;
}

/// What is wrong on disk is still what is to be told.
void RulebookHolder::start_with_last_good(check::LoadedRulebook& loaded) {
    if (last_good_.files.empty()) return;
    auto restored = check::restore_rulebook(last_good_, context(), api::parse_alert);
    if (!restored.rulebook) {
        log::error(log::Event::RulebookRefused, restored.diagnostics,
                   {{"summary", "the last good rulebook is good no more: " + restored.summary}, {"file", last_good_file_}});
        return;
    }
    log::error(log::Event::RulebookRestored, "",
               {{"hash", restored.rulebook->hash()}, {"file", last_good_file_}, {"directory", settings_.rulebook_directory}});
    loaded.rulebook = std::move(restored.rulebook);
    loaded.made_of = std::move(restored.made_of);
}

void RulebookHolder::tell(const check::LoadedRulebook& loaded) const {
    switch (loaded.result) {
        case LoadResult::Loaded:
            if (!loaded.diagnostics.empty()) log::warning(log::Event::RulebookWarning, loaded.diagnostics);
            return;
        case LoadResult::Partial:
            for (const auto& file : loaded.stale) {
                log::error(log::Event::RulebookPartial, file.problems,
                           {{"file", file.path}, {"in_force", file.is_left_out ? "nothing of it" : "its last good version"}});
            }
            return;
        case LoadResult::Refused:
            log::error(log::Event::RulebookRefused, loaded.diagnostics,
                       {{"summary", loaded.summary}, {"directory", settings_.rulebook_directory}});
            return;
    }
}

void RulebookHolder::take(const check::LoadedRulebook& loaded) {
    const auto& rulebook = *loaded.rulebook;
    std::vector<std::string> names;
    for (const auto& rule : rulebook.rules().rules()) names.push_back(rule.name);
    metrics_.rulebook_loaded(rulebook.hash(), names, clock_.now());
    log::info(log::Event::RulebookLoaded, "", {{"hash", rulebook.hash()}, {"rules", names.size()}});
    keep(loaded.made_of);
    {
        const std::lock_guard arranging{arranging_};
        written_ = loaded.rulebook;
        told_idle_.clear();
        put_in_force();
    }
    const std::lock_guard lock{mutex_};
    status_.loaded_at = clock_.now();
}

void RulebookHolder::arrange(std::shared_ptr<const Arrangements> arrangements) {
    const std::lock_guard arranging{arranging_};
    arrangements_ = std::move(arrangements);
    put_in_force();
}

std::shared_ptr<const Arrangements> RulebookHolder::arrangements() {
    const std::lock_guard arranging{arranging_};
    return arrangements_;
}

void RulebookHolder::put_in_force() {
    auto arranged = with_arrangements(*written_, *arrangements_);
    tell_idle(arranged.idle);
    auto made = std::make_shared<const Rulebook>(std::move(arranged.rulebook));
    const auto* rulebook = made.get();
    std::shared_ptr<const Rulebook> next{
        rulebook, [kept = std::move(made), retire = retire_](const Rulebook*) mutable { retire(std::move(kept)); }};
    const std::lock_guard lock{mutex_};
    current_.swap(next);  // What was in force goes when `next` does: after the lock, by retire_.
}

void RulebookHolder::tell_idle(const std::vector<IdleArrangement>& idle) {
    for (const auto& one : idle) {
        if (told_idle_.insert(one.id).second) log::warning(log::Event::ArrangementIdle, one.why, {{"arrangement", one.id}});
    }
}

void RulebookHolder::keep(const check::KeptRulebook& made_of) {
    last_good_ = made_of;
    const auto written = write_last_good(last_good_file_, last_good_, settings_.rulebook_directory);
    if (!written) log::error(log::Event::RulebookNotKept, written.error().message());
}

void RulebookHolder::set_status(const check::LoadedRulebook& loaded, const std::vector<RulebookFile>& on_disk,
                                api::ReloadOutcome outcome) {
    auto files = files_of(last_good_.files, on_disk, loaded.stale);
    std::vector<observe::RulebookFileState> shown;
    for (const auto& file : files) shown.push_back({file.path, file.state != api::RulebookStatus::FileState::Current});
    metrics_.rulebook_files(std::move(shown));
    const std::lock_guard lock{mutex_};
    status_.files = std::move(files);
    status_.last_reload = std::move(outcome);
    status_.last_reload_at = clock_.now();
}

}  // namespace tocsin::app
