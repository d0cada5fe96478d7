// What the authors wrote, section by section, with the places of everything that another section may name.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/reason.hpp"
#include "core/model/roster.hpp"
#include "core/model/severity.hpp"
#include "rules/match/expression.hpp"
#include "rules/match/mapping.hpp"
#include "rules/match/silence_set.hpp"
#include "rules/yaml/cursor.hpp"

namespace tocsin::language {

/// The word for a shift that nobody has, in a layer's `people`.
inline constexpr std::string_view kNobody = "nobody";

/// A name, or another text that may be wrong in ways which only the whole rulebook shows, and where it stands.
struct Name {
    std::string text;
    yaml::Cursor at;
};

/// `10/10m` or `off`.
struct WrittenLimit {
    std::optional<PagingLimit> limit;
};

/// The section `storm`; what is not written has a default.
struct WrittenStorm {
    std::optional<WrittenLimit> per_service;
    std::optional<WrittenLimit> per_person;
    std::optional<Duration> digest_after;
    std::optional<Duration> stale_after;
};

struct WrittenContact {
    Contact contact;
    yaml::Cursor at;
    yaml::Cursor channel_at;
};

struct WrittenContactRule {
    Duration after{};
    Name via;
    std::vector<Severity> severities{};
};

struct WrittenPerson {
    Name id;
    std::string name;  ///< `id` if it is not written.
    std::string email;
    Zone time_zone;
    bool has_time_zone = false;
    std::vector<WrittenContact> contacts;
    std::vector<WrittenContactRule> paged;
    std::vector<WrittenContactRule> noticed;
    std::optional<WeeklyWindow> quiet;
    std::vector<Interval> vacations;
    std::optional<WrittenLimit> storm;
    bool one_at_a_time = false;
};

struct WrittenLayer {
    std::string name;  ///< "layer 2" if it is not written.
    std::vector<Name> people;
    std::optional<Rotation> rotation;
    std::optional<WeeklyWindow> during;
    std::optional<Zone> time_zone;
    Role role = Role::Primary;
    Layer::Days on = Layer::Days::All;
    yaml::Cursor on_at;            ///< Where `on` stands.
    std::optional<Name> calendar;  ///< The file, in place of `people`.
};

struct WrittenOverride {
    Name person;
    TimePoint from;
    TimePoint until;
    Role role = Role::Primary;
};

struct WrittenSchedule {
    Name id;
    std::string title;
    Zone time_zone;
    std::vector<WrittenLayer> layers;
    std::vector<WrittenOverride> overrides;
    std::vector<Name> holidays;  ///< Calendar files.
    bool has_shift_notices = false;
};

/// A number that only the whole rulebook can judge.
struct WrittenCount {
    std::int32_t value = 0;
    yaml::Cursor at;
};

struct WrittenStep {
    Duration after{};
    std::vector<WaitCase> cases;
    std::vector<Name> page;  ///< Or `one_of`.
    EscalationStep::Pick pick = EscalationStep::Pick::All;
    std::optional<WrittenCount> acknowledgements;
    yaml::Cursor at;
};

struct WrittenEscalation {
    Name id;
    std::vector<WrittenStep> steps;
    std::int32_t repeat = 0;
    std::optional<Duration> repeat_after;
    Duration acknowledged_for{};
    std::optional<Name> fallback;  ///< Absent only after an error.
    std::optional<WrittenCount> acknowledgements;
    Escalation::HandOver hand_over = Escalation::HandOver::Stay;
    yaml::Cursor hand_over_at;
};

struct WrittenService {
    Name id;
    std::string title;
    std::string team;
    std::string runbook;
    std::optional<Name> escalation;
    std::vector<Name> depends_on;
    std::optional<Name> triage;
    std::optional<WrittenLimit> storm;
    std::string reply_to;
};

/// A value in a rule's `match` that only the whole rulebook can judge: `source: splunk`, `service: lms`.
struct MatchedName {
    std::string path;
    Name name;
};

struct WrittenHeartbeat {
    Name id;
    std::string title;
    std::optional<Name> source;
    std::optional<match::Expression> match;
    std::vector<MatchedName> matched;
    Duration every{};
    Duration grace{};
    std::optional<Name> service;
    Severity severity = Severity::High;
    std::optional<Urgency> urgency;
};

struct WrittenMapping {
    Name name;
    match::MappingSpec spec;
    std::vector<Name> sources;
    std::vector<MatchedName> matched;
    yaml::Cursor key_at;  ///< Where `key` stands, if it does.
};

struct WrittenDrill {
    Name id;
    Name page;
    std::int32_t at = 0;  ///< Minutes since Monday 00:00.
    Zone zone;
    std::int32_t every_weeks = 1;
    Duration within = kDrillWithin;
};

struct WrittenRule {
    Name name;
    yaml::Cursor at;  ///< The whole rule.
    match::RuleSpec spec;
    std::optional<Name> service;
    std::vector<MatchedName> matched;
    bool is_loudness_wrong = false;  ///< A severity or urgency is written and was reported.
};

struct WrittenSilence {
    Name name;
    match::SilenceSpec spec;
    std::vector<MatchedName> matched;
};

/// What a test expects of the verdict on one alert.
struct WrittenVerdict {
    std::optional<Name> rule;
    std::optional<Name> service;
    std::optional<Name> escalation;
    std::optional<Name> silence;
    std::optional<Severity> severity;
    std::optional<Urgency> urgency;
    std::optional<std::string> summary;
    std::optional<std::string> incident;
};

struct WrittenGiven {
    enum class Kind : std::uint8_t { Alert, Acknowledge, Snooze, Resolve, ChangeSeverity, Merge, Split, Silence };
    Kind kind = Kind::Alert;
    std::optional<TimePoint> at;  ///< Absent for a silence that holds from the first alert on.
    Name source;
    std::string source_kind;  ///< Empty if it is not written.
    std::optional<Name> file;
    std::string payload;
    WrittenVerdict expect;
    std::string name;  ///< What an alert is called in its test.
    Name person;
    std::vector<std::string> of;  ///< Alerts of the test that stand above, as is the next.
    std::string into;
    Severity severity = Severity::Moderate;
    Duration lasts{};  ///< Of a snooze or a silence.
    std::optional<Name> named_silence;
    WrittenSilence silence;  ///< Else this one.
};

struct WrittenPage {
    Duration at{};
    Name person;
    std::optional<Name> via;
    std::optional<Name> channel;
    std::optional<Reason> reason;
};

struct WrittenExpect {
    WrittenVerdict verdict;
    std::optional<std::vector<WrittenPage>> pages;
    bool no_pages = false;
    std::optional<Duration> until;
    std::vector<std::pair<Duration, std::int64_t>> pages_until;
    std::optional<std::string> state;
    std::optional<std::int64_t> incidents;
    std::optional<std::vector<Reason>> reasons;
};

struct WrittenTest {
    Name name;
    std::vector<WrittenGiven> given;
    WrittenExpect expect;
};

/// A warning that the author has answered: `waive: { shadowed-rule: "kept until the move is done" }`.
struct WrittenWaiver {
    Name code;
    std::string reason;
    std::vector<yaml::Cursor> about;  ///< It holds for places in these.
};

/// All files together, in the order in which they were decoded.
struct Written {
    std::vector<WrittenPerson> people;
    std::vector<WrittenSchedule> schedules;
    std::vector<WrittenEscalation> escalations;
    std::vector<WrittenService> services;
    std::vector<WrittenHeartbeat> heartbeats;
    std::vector<WrittenDrill> drills;
    std::vector<WrittenMapping> mappings;
    std::vector<WrittenRule> rules;
    std::vector<WrittenSilence> silences;
    std::vector<WrittenTest> tests;
    std::vector<WrittenWaiver> waivers;
    std::optional<Name> default_escalation;
    std::optional<Name> default_triage;
    WrittenStorm storm;

    /// Every name so far, by what it names: "person lahore-a". For names that are written twice.
    std::map<std::string, yaml::Cursor, std::less<>> names;
};

}  // namespace tocsin::language
