#include "daemon/app/rulebook_holder.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "daemon/app/files.hpp"
#include "daemon/app/parse_alert.hpp"
#include "daemon/observe/log.hpp"
#include "rules/check/rulebook_tests.hpp"
#include "rules/check/rulebook_tests_report.hpp"

namespace tocsin::app {

CompileContext compile_context(const config::Settings& settings) {
    CompileContext context;
    context.read_sample = read_sample;
    context.channels.emplace();
    for (const auto& [name, channel] : settings.channels) context.channels->push_back(name);
    context.sources.emplace();
    for (const auto& [name, source] : settings.sources) context.sources->emplace_back(name, source.kind);
    return context;
}

std::shared_ptr<const Rulebook> RulebookHolder::current() const {
    const std::lock_guard lock{mutex_};
    return current_;
}

api::ReloadOutcome RulebookHolder::refused(std::string diagnostics, std::string summary) const {
    metrics_.rulebook_refused();
    log::error(log::Event::RulebookRefused, diagnostics, {{"summary", summary}, {"directory", settings_.rulebook_directory}});
    const auto in_force = current();
    return {false, in_force ? in_force->hash() : "", std::move(diagnostics), std::move(summary)};
}

void RulebookHolder::take(std::shared_ptr<const Rulebook> rulebook) {
    std::vector<std::string> names;
    for (const auto& rule : rulebook->rules().rules()) names.push_back(rule.name);
    metrics_.rulebook_loaded(rulebook->hash(), names, clock_.now());
    log::info(log::Event::RulebookLoaded, "", {{"hash", rulebook->hash()}, {"rules", names.size()}});
    const std::lock_guard lock{mutex_};
    current_ = std::move(rulebook);
}

api::ReloadOutcome RulebookHolder::load() {
    const auto files = read_rulebook(settings_.rulebook_directory);
    if (!files) return refused(files.error().message(), "the files cannot be read");
    auto compiled = compile_rulebook(*files, compile_context(settings_));
    auto rendered = compiled.diagnostics.render();
    if (!compiled.rulebook) return refused(std::move(rendered), compiled.diagnostics.summary());
    const auto results = check::run_rulebook_tests(*compiled.rulebook, parse_alert);
    std::size_t failed = 0;
    for (const auto& result : results) failed += static_cast<std::size_t>(!result.passed());
    if (failed > 0) {
        return refused(check::failures_to_text(results), fmt::format("{} of its tests fail", failed));
    }
    if (!rendered.empty()) log::warning(log::Event::RulebookWarning, rendered);
    take(compiled.rulebook);
    return {true, compiled.rulebook->hash(), std::move(rendered), compiled.diagnostics.summary()};
}

}  // namespace tocsin::app
