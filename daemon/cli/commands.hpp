// The commands: each adds itself to the command line and leaves its exit code when it was the one that was called.
#pragma once

namespace CLI {
class App;
}

namespace tocsin::cli {

void add_serve(CLI::App& app, int& exit_code);
void add_check(CLI::App& app, int& exit_code);
void add_test(CLI::App& app, int& exit_code);
void add_explain(CLI::App& app, int& exit_code);
void add_replay(CLI::App& app, int& exit_code);
void add_schema(CLI::App& app, int& exit_code);
void add_send(CLI::App& app, int& exit_code);
void add_on_call(CLI::App& app, int& exit_code);
/// schedule show, schedule fairness
void add_schedule(CLI::App& app, int& exit_code);
/// override add, list, remove; swap
void add_overrides(CLI::App& app, int& exit_code);
/// silence add, list, end, extend
void add_silences(CLI::App& app, int& exit_code);
/// incidents (list and one), ack, resolve, note
void add_incidents(CLI::App& app, int& exit_code);
/// merge, split, severity
void add_incident_changes(CLI::App& app, int& exit_code);
/// triage, communicate, report, heartbeats, drill, drills
void add_watching(CLI::App& app, int& exit_code);
/// escalate, reassign, unack, snooze
void add_handing_on(CLI::App& app, int& exit_code);
/// people, contact verify
void add_people(CLI::App& app, int& exit_code);
/// key create, list, revoke
void add_keys(CLI::App& app, int& exit_code);

}  // namespace tocsin::cli
