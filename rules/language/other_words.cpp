#include "rules/language/other_words.hpp"

#include <array>

namespace tocsin::language::other_words {
namespace {

using Word = yaml::OtherWords;

constexpr std::array kFile{
    Word{"route routes policies groups", "routes are \"rules\" here: a list in which the first that matches decides"},
    Word{"receivers", "people and whom to page stand under \"people\" and \"escalations\""},
    Word{"users", "write \"people\""},
    Word{"contacts", "contacts stand under a person in \"people\""},
    Word{"teams team", "a team is a word in a service: team: learner"},
    Word{"rotations", "they are layers of a schedule, under \"schedules\""},
    Word{"escalation_policies", "write \"escalations\""},
    Word{"overrides", "they stand in a schedule, under \"schedules\""},
    Word{"global", "there are no global settings; those of the daemon stand in tocsin.yaml"},
    Word{"holidays ical calendars", "calendars stand in a schedule, under \"schedules\""},
    Word{"channels", "channels belong to the daemon's settings, tocsin.yaml"},
    Word{"sources", "sources belong to the daemon's settings, tocsin.yaml"},
    Word{"inhibit_rules", "alerts do not hide others; what a service needs is said by its \"depends_on\""},
    Word{"default_service", "the last rule can set it for all that no rule before it took"}};

constexpr std::array kPerson{
    Word{"full_name username title", "write \"name\""},
    Word{"phone sms voice slack push contact contact_methods", "write it under \"contacts\": a name, and { channel: address }"},
    Word{"tz zone", "write \"time_zone\""},
    Word{"notification_rules rules", "write \"paged\" and \"noticed\": lists of { after, via }"},
    Word{"quiet_hours", "write \"quiet\""},
    Word{"mute", "write \"quiet\": a window in which notices wait"},
    Word{"vacation holidays holiday away absences leave out_of_office",
         "write \"vacations\", such as vacations: [{ from: 2026-12-24, until: 2027-01-02 }]"}};

constexpr std::array kSchedule{
    Word{"rotations schedule_layers shifts", "write \"layers\""},
    Word{"name", "write \"title\"; its name is the key above"},
    Word{"tz zone", "write \"time_zone\""},
    Word{"people", "write them in a layer: layers: [{ people: [a, b], rotate: ... }]"},
    Word{"rotate", "write it in a layer: layers: [{ people: [a, b], rotate: ... }]"},
    Word{"calendar", "write \"ical\", with the file"},
    Word{"vacations", "vacations stand with the person, under \"people\""},
    Word{"secondary", "the next in line is the secondary: page: its-name/secondary; or a layer has role: secondary"}};

constexpr std::array kLayer{
    Word{"participants users members person", "write \"people\""},
    Word{"rotation every from start start_date startdate length type rotation_turn_length_seconds handoff hand_over hand_overs",
         "write \"rotate\", such as rotate: { every: 1w, from: 2026-01-05 09:00 }"},
    Word{"time_restriction restrictions hours", "write \"during\", such as during: mon-fri 09:00-17:00"},
    Word{"tz zone", "write \"time_zone\""},
    Word{"title", "write \"name\""},
    Word{"calendar url", "write \"ical\", with the file"}};

constexpr std::array kEscalation{
    Word{"rules escalation_rules levels", "write \"steps\""},
    Word{"num_loops rounds loop", "write \"repeat\""},
    Word{"repeat_interval repeat_after", "write it in \"repeat\": repeat: { times: 2, after: 5m }"},
    Word{"else default last", "write \"fallback\""},
    Word{"ack_timeout", "write \"acknowledged_for\""},
    Word{"acks required_acks min_acks", "write \"acknowledgements\": how many different people must acknowledge"},
    Word{"handoff handover", "write \"hand_over\": stay or follow"}};

constexpr std::array kStep{
    Word{"notify target targets to who person people schedule recipient recipients users", "write \"page\""},
    Word{"round_robin rotate any_of", "write \"one_of\": one of them by turns"},
    Word{"acks required_acks min_acks", "write \"acknowledgements\": how many different people must acknowledge"},
    Word{"delay wait", "write \"after\""},
    Word{"timeout", "write \"after\", in the step that follows"},
    Word{"escalation_delay_in_minutes", "write \"after\", such as after: 5m, in the step that follows"},
    Word{"via", "by which contact is said by \"paged\" of the person"}};

constexpr std::array kService{Word{"name", "write \"title\"; its name is the key above"}, Word{"owner", "write \"team\""},
                              Word{"escalation_policy policy", "write \"escalation\""},
                              Word{"dependencies depends needs", "write \"depends_on\""},
                              Word{"runbook_url url docs", "write \"runbook\""}};

constexpr std::array kStorm{Word{"limit rate_limit max max_pages service", "write \"per_service\", such as per_service: 10/10m"},
                            Word{"person user per_user", "write \"per_person\", such as per_person: 15/10m"},
                            Word{"group_wait bundle_after window", "write \"digest_after\""},
                            Word{"max_age expire_after", "write \"stale_after\""}};

constexpr std::array kRule{
    Word{"matchers match_re matches conditions condition when if expr where filter",
         "what a rule is about stands under \"match\""},
    Word{"labels", "conditions on labels stand under \"match\": labels.NAME: value"},
    Word{"tags", "conditions on tags stand under \"match\": tags: { has: NAME }"},
    Word{"source", "conditions on the source stand under \"match\": source: NAME"},
    Word{"receiver receivers responders notify page escalation escalation_policy team recipients",
         "whom to page is said by the escalation of the rule's \"service\""},
    Word{"group_by alias dedup_key key",
         "which alerts belong together is said by \"incident\": the fields in which they are equal"},
    Word{"group_wait", "alerts are not held back; see \"incident\" for which belong together"},
    Word{"group_interval repeat_interval", "when to page again is said by an escalation: \"after\" of its steps, and \"repeat\""},
    Word{"priority level sev", "write \"severity\": critical, high, moderate, low, info"},
    Word{"active_time_intervals time_restriction schedule hours",
         "write \"during\", such as during: mon-fri 09:00-17:00 Europe/Paris"},
    Word{"mute_time_intervals", "write \"during\" in a rule before this one, which records"},
    Word{"message title description annotations text", "write \"summary\", a text with ${path} in it"},
    Word{"alert id", "write \"name\""},
    Word{"for", "rules see one alert at a time; how long it must last is for the monitoring to say"},
    Word{"resolve_timeout auto_resolve auto_close", "write \"resolve_after\""},
    Word{"stop", "a rule stops unless it says continue: true"},
    Word{"required", "write \"actionable\": fields without which nobody can act"}};

constexpr std::array kIncident{
    Word{"group_by fields keys key equal labels", "write \"by\": the fields in which alerts of one incident are equal"},
    Word{"window time_window group_interval", "write \"within\": how long after the last alert the next one still belongs to it"},
    Word{"reopen reopen_after", "write \"reopen_within\""},
    Word{"hold keep_firing_for resolve_hold_down delay_resolve", "write \"hold_down\""},
    Word{"flap flap_detection flapping_threshold", "write \"flapping\", such as flapping: { count: 3, within: 1h }"},
    Word{"renotify repage page_on_worse", "write \"re_page_on_worse\""},
    Word{"resolve_after", "it stands beside \"incident\", in the rule itself"}};

constexpr std::array kMapping{
    Word{"id alias dedup_key dedupkey deduplication_key fingerprint incident_key unique_id",
         "write \"key\": what the alert is known by"},
    Word{"summary message subject header alertname", "write \"title\""},
    Word{"description details body", "write \"text\""},
    Word{"link href generator_url source_url", "write \"url\""},
    Word{"state action event_type", "write \"status\", such as status: { from: \"${payload.state}\", resolved: [ok] }"},
    Word{"resolve resolved close", "it is a word list of the status: status: { from: \"${payload.state}\", resolved: [ok] }"},
    Word{"severity level urgency", "write \"priority\": a rule sets the severity, from this if it sets none"},
    Word{"when if condition conditions", "write \"match\", as in a rule"},
    Word{"sources integration integrations", "write \"source\", one or a list"},
    Word{"items loop foreach for_each alerts list events_path", "write \"each\", such as each: payload.alerts"},
    Word{"host service environment", "write it under \"labels\""}};

constexpr std::array kStatus{
    Word{"resolve ok close closed recovery recovered up", "write \"resolved\", with the list of such words"},
    Word{"trigger triggered fire alerting problem down", "write \"firing\", with the list of such words"},
    Word{"ack acked acknowledge", "write \"acknowledged\", with the list of such words"},
    Word{"field path value template", "write \"from\", such as from: \"${payload.state}\""}};

constexpr std::array kMappedPriority{
    Word{"p1 emergency fatal disaster", "write \"critical\", with the list of the sender's words for it"},
    Word{"p2 error major", "write \"high\", with the list of the sender's words for it"},
    Word{"p3 medium warning normal", "write \"moderate\", with the list of the sender's words for it"},
    Word{"p4 minor", "write \"low\", with the list of the sender's words for it"},
    Word{"p5 none informational", "write \"info\", with the list of the sender's words for it"},
    Word{"field path value template", "write \"from\", such as from: \"${payload.severity}\""}};

constexpr std::array kMatchWords{Word{"or one_of any_of", "write \"any\""},
                                 Word{"and all_of", "write \"all\""},
                                 Word{"none none_of nor", "write \"not\""},
                                 Word{"message", "write \"title\", or \"text\" for the longer text"},
                                 Word{"summary name", "write \"title\""},
                                 Word{"alertname", "write \"title\", or labels.alertname"},
                                 Word{"description body", "write \"text\""},
                                 Word{"alias fingerprint", "write \"key\""},
                                 Word{"state", "write \"status\""},
                                 Word{"sender integration", "write \"source\""},
                                 Word{"link", "write \"url\""}};

constexpr std::array kOperators{Word{"equals equal eq = ==", "write \"is\", or the plain value"},
                                Word{"!= ne not_equals", "write \"not\": { not: value }"},
                                Word{"not_in", "write \"not\" with a list: { not: [a, b] }"},
                                Word{"in any any_of", "write \"one_of\", or the plain list"},
                                Word{"starts_with startswith begins_with", "write \"prefix\""},
                                Word{"ends_with endswith", "write \"suffix\""},
                                Word{"matches match pattern", "write \"regex\", or \"glob\" for * and ?"},
                                Word{"=~ re", "write \"regex\""},
                                Word{"!~", "write \"not\": { not: { regex: ... } }"},
                                Word{"like wildcard", "write \"glob\": * is any run of characters, ? is one"},
                                Word{"includes", "write \"contains\", or \"has\" for a list"},
                                Word{"> gt greater_than more_than", "write \"above\""},
                                Word{">= gte ge min", "write \"at_least\""},
                                Word{"< lt less_than", "write \"below\""},
                                Word{"<= lte le max", "write \"at_most\""},
                                Word{"range", "write \"between\": [1, 10]"},
                                Word{"exists", "write \"present\""},
                                Word{"absent missing", "write { present: false }"},
                                Word{"ip subnet", "write \"cidr\""},
                                Word{"case_insensitive ignorecase", "write \"ignore_case\""}};

constexpr std::array kSeverityWords{Word{"sev0 sev1 sev_1 s1 p0 1 emergency fatal blocker disaster", "did you mean critical?"},
                                    Word{"page", "whether somebody is woken is said by urgency: page"},
                                    Word{"sev2 sev_2 s2 2 error major urgent", "did you mean high?"},
                                    Word{"sev3 sev_3 s3 3 warning warn medium normal average", "did you mean moderate?"},
                                    Word{"sev4 sev_4 s4 4 minor", "did you mean low?"},
                                    Word{"sev5 sev_5 s5 5 informational information none debug", "did you mean info?"}};

constexpr std::array kUrgencyWords{
    Word{"critical high moderate medium low info warning",
         "how bad it is stands under \"severity\"; the urgency says whether somebody is woken for it"},
    Word{"call wake urgent alert", "did you mean page?"}, Word{"notify ticket email", "did you mean notice?"},
    Word{"ignore none drop silent log mute", "did you mean record?"}};

}  // namespace

std::span<const yaml::OtherWords> of_file() { return kFile; }
std::span<const yaml::OtherWords> of_person() { return kPerson; }
std::span<const yaml::OtherWords> of_schedule() { return kSchedule; }
std::span<const yaml::OtherWords> of_layer() { return kLayer; }
std::span<const yaml::OtherWords> of_escalation() { return kEscalation; }
std::span<const yaml::OtherWords> of_step() { return kStep; }
std::span<const yaml::OtherWords> of_service() { return kService; }
std::span<const yaml::OtherWords> of_storm() { return kStorm; }
std::span<const yaml::OtherWords> of_rule() { return kRule; }
std::span<const yaml::OtherWords> of_incident() { return kIncident; }
std::span<const yaml::OtherWords> of_mapping() { return kMapping; }
std::span<const yaml::OtherWords> of_status() { return kStatus; }
std::span<const yaml::OtherWords> of_mapped_priority() { return kMappedPriority; }
std::span<const yaml::OtherWords> of_match() { return kMatchWords; }
std::span<const yaml::OtherWords> of_operators() { return kOperators; }
std::span<const yaml::OtherWords> of_severity() { return kSeverityWords; }
std::span<const yaml::OtherWords> of_urgency() { return kUrgencyWords; }

}  // namespace tocsin::language::other_words
