// compile_rulebook(): read, decode, look up names, lint.
#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "rules/check/compile_parts.hpp"
#include "rules/check/lint.hpp"
#include "rules/language/decode.hpp"
#include "rules/rulebook.hpp"

namespace tocsin {
namespace {

/// By path, so that the order of rules does not depend on how a directory is read.
std::vector<const RulebookFile*> sorted(std::span<const RulebookFile> files) {
    std::vector<const RulebookFile*> all;
    for (const auto& file : files) all.push_back(&file);
    std::stable_sort(all.begin(), all.end(), [](const RulebookFile* a, const RulebookFile* b) { return a->path < b->path; });
    return all;
}

}  // namespace

CompiledRulebook compile_rulebook(std::span<const RulebookFile> files, const CompileContext& context) {
    CompiledRulebook compiled;
    auto& diagnostics = compiled.diagnostics;
    const auto ordered = sorted(files);
    std::deque<yaml::Document> documents;  // What is written points into them.
    language::Written written;
    for (const auto* file : ordered) {
        language::decode(documents.emplace_back(yaml::Document::parse(file->path, file->text, diagnostics)), written);
    }

    std::vector<RulebookFile> calendars;
    const check::Compilation compilation{written, context, check::Names(written), calendars};
    auto roster = check::compile_roster(compilation);
    check::compile_watches(compilation, roster);
    check::check_dependencies(compilation);
    auto rules = check::compile_rules(compilation);
    auto silences = check::compile_silences(compilation);
    auto heartbeats = check::compile_heartbeats(compilation);
    auto mappings = check::compile_mappings(compilation);
    auto tests = check::compile_tests(compilation, roster);
    // A name that is misspelt where it is used would be reported as unused too: warnings wait until the errors are gone.
    if (diagnostics.errors() > 0) {
        check::apply_waivers(compilation, diagnostics, check::Linted::No);
        return compiled;
    }
    check::lint(compilation, roster);
    check::apply_waivers(compilation, diagnostics, check::Linted::Yes);
    auto all = std::move(calendars);
    all.insert(all.end(), files.begin(), files.end());
    compiled.rulebook =
        std::make_shared<const Rulebook>(std::move(roster), match::RuleSet(std::move(rules)), std::move(tests),
                                         rulebook_hash(all), match::SilenceSet(std::move(silences)),
                                         match::HeartbeatSet(std::move(heartbeats)), match::MappingSet(std::move(mappings)));
    return compiled;
}

}  // namespace tocsin
