// The rulebook: everything that SREs write, compiled into one immutable value that is swapped whole on reload.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/fields.hpp"
#include "core/model/reason.hpp"
#include "core/model/roster.hpp"
#include "core/model/verdict.hpp"
#include "rules/match/heartbeat_set.hpp"
#include "rules/match/mapping.hpp"
#include "rules/match/rule_set.hpp"
#include "rules/match/silence_set.hpp"
#include "rules/yaml/diagnostics.hpp"

namespace tocsin {

/// What a test expects of the verdict on one alert; what is absent is not looked at.
struct ExpectedVerdict {
    std::optional<std::string> rule;
    std::optional<std::string> service;
    std::optional<Severity> severity;
    std::optional<Urgency> urgency;
    std::optional<std::string> summary;
    std::optional<std::string> incident;  ///< The incident key.
    std::optional<std::string> escalation;
    std::optional<std::string> silence;  ///< The name of the one that covers it; empty: none does.
    friend bool operator==(const ExpectedVerdict&, const ExpectedVerdict&) = default;
};

/// An alert or an answer of a rulebook test, and when.
struct TestGiven {
    enum class Kind : std::uint8_t { Alert, Acknowledge, Snooze, Resolve, ChangeSeverity, Merge, Split, Silence };
    Kind kind = Kind::Alert;
    TimePoint at;
    std::string name;             ///< For Alert: how others refer to it; may be empty.
    std::string source;           ///< For Alert: the source's name, as rules see it.
    std::string source_kind;      ///< "splunk", "opsgenie"; `kind:` in the test, else what `source` says, see rules/README.md.
    std::string payload;          ///< For Alert: the bytes that the source would send: those of `file`, or `payload` as JSON.
    ExpectedVerdict expect;       ///< For Alert: of this one.
    std::string person;           ///< For the answers.
    std::vector<std::string> of;  ///< For the answers: alerts by name; none: of every open incident. Several only for Split.
    std::string into;             ///< For Merge: an alert by name.
    Severity severity = Severity::Moderate;  ///< For ChangeSeverity.
    Duration lasts{};                        ///< For Snooze.
    match::SilenceSpec silence;              ///< For Silence: in force from `at` on.
};

struct ExpectedPage {
    Duration at{};  ///< Since the first alert.
    std::string person;
    std::string via{};      ///< Empty: by any contact.
    std::string channel{};  ///< Empty: by any channel.
    std::optional<Reason> reason{};
};

/// What a test expects; what is absent is not looked at.
struct TestExpect {
    ExpectedVerdict verdict;  ///< Of the first alert.
    /// Without order among those of one instant. Everything that goes out until horizon_of() must be among these.
    std::optional<std::vector<ExpectedPage>> pages;
    bool no_pages = false;
    std::optional<Duration> until;                               ///< Where the test ends, since the first alert.
    std::vector<std::pair<Duration, std::int64_t>> pages_until;  ///< How many have gone out until then, that instant included.
    std::optional<std::string> state;       ///< Of the first alert's incident at the end: "triggered", ..., "silenced" or "none".
    std::optional<std::int64_t> incidents;  ///< How many were opened.
    std::optional<std::vector<Reason>> reasons;  ///< In the timeline in this order, maybe with others between them.
};

struct RulebookTest {
    std::string name;
    std::string place;
    std::vector<TestGiven> given;
    TestExpect expect;
};

class Rulebook {
public:
    Rulebook(Roster roster, match::RuleSet rules, std::vector<RulebookTest> tests, std::string hash,
             match::SilenceSet silences = match::SilenceSet(), match::HeartbeatSet heartbeats = match::HeartbeatSet(),
             match::MappingSet mappings = match::MappingSet())
        : roster_(std::move(roster)),
          silences_(std::move(silences)),
          written_(std::make_shared<const Written>(
              Written{std::move(rules), std::move(heartbeats), std::move(mappings), std::move(tests), std::move(hash)})) {}

    /// The same rules with the overrides and silences of the moment: `roster` and `silences` are its own and those. Cheap: they
    /// share what was written.
    [[nodiscard]] Rulebook with(Roster roster, match::SilenceSet silences) const {
        return {std::move(roster), std::move(silences), written_};
    }

    /// What the rules say, the silence that covers it, and the heartbeats that it is a beat of.
    [[nodiscard]] Verdict classify(const Fields& fields, TimePoint now, Trail* trail = nullptr) const {
        return classify(fields, now, silences_, trail);
    }
    /// The same under other silences than the rulebook's: its own and those of the moment.
    [[nodiscard]] Verdict classify(const Fields& fields, TimePoint now, const match::SilenceSet& silences,
                                   Trail* trail = nullptr) const {
        auto verdict = rules().classify(fields, roster_, now, trail);
        verdict.silenced = silences.covering(fields, verdict, now);
        verdict.beats = written_->heartbeats.beats(fields);
        return verdict;
    }
    /// The silence that covers what no alert says and no rule judges: a heartbeat that is missing.
    [[nodiscard]] std::optional<Silencing> silencing(const Alert& alert, const Verdict& verdict, TimePoint now) const {
        Fields fields;
        fields.add_alert(alert);
        return silences_.covering(fields, verdict, now);
    }
    [[nodiscard]] const Roster& roster() const { return roster_; }
    [[nodiscard]] const match::RuleSet& rules() const { return written_->rules; }
    /// How the bodies of some sources are to be read.
    [[nodiscard]] const match::MappingSet& mappings() const { return written_->mappings; }
    [[nodiscard]] const match::SilenceSet& silences() const { return silences_; }
    [[nodiscard]] const std::vector<RulebookTest>& tests() const { return written_->tests; }
    /// 16 hexadecimal digits over the names and bytes of the files and of the calendars that they name: the same on every node
    /// that has the same rulebook.
    [[nodiscard]] const std::string& hash() const { return written_->hash; }

private:
    struct Written {
        match::RuleSet rules;
        match::HeartbeatSet heartbeats;
        match::MappingSet mappings;
        std::vector<RulebookTest> tests;
        std::string hash;
    };
    Rulebook(Roster roster, match::SilenceSet silences, std::shared_ptr<const Written> written)
        : roster_(std::move(roster)), silences_(std::move(silences)), written_(std::move(written)) {}

    Roster roster_;
    match::SilenceSet silences_;
    std::shared_ptr<const Written> written_;
};

/// A file of the rulebook directory, read by whoever may read files.
struct RulebookFile {
    std::string path;  ///< As diagnostics show it.
    std::string text;
};

/// Over the names and bytes of these, whatever their order.
[[nodiscard]] std::string rulebook_hash(std::span<const RulebookFile> files);

/// A stretch of time, [from, until).
struct Horizon {
    TimePoint from;
    TimePoint until;
};

/// What the compiler may ask of the world around the files.
struct CompileContext {
    /// The bytes of a file that a rulebook test or a schedule names, relative to the file that names it, or of a calendar at the
    /// address that it names. Absent: naming one is an error.
    std::function<Result<std::string>(std::string_view rulebook_path, std::string_view named)> read_sample;
    /// The daemon's channels and sources (name and kind), if known: names that are not among them are errors.
    std::optional<std::vector<std::string>> channels;
    std::optional<std::vector<std::pair<std::string, std::string>>> sources;
    /// When somebody must be reachable at every instant; absent: the coverage proof is left out.
    std::optional<Horizon> horizon;
};

struct CompiledRulebook {
    /// Null if there was an error in what is written. A gap that the coverage proof finds in a fallback is reported as an error
    /// too, but does not keep the rulebook from being used.
    std::shared_ptr<const Rulebook> rulebook;
    yaml::Diagnostics diagnostics;
};

/// Reads, decodes, compiles and lints all files as one rulebook; every mistake is reported, not only the first.
[[nodiscard]] CompiledRulebook compile_rulebook(std::span<const RulebookFile> files, const CompileContext& context);

}  // namespace tocsin
