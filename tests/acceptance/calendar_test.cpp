// Calendars at an address: fetched, kept, read again when they change, and never missed once there is a copy.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"

namespace tocsin::test::calendar_test {
namespace {

/// One shift without an end in sight.
std::string rota_of(const std::string& person) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260101T000000Z\r\n"
           "DTEND:20360101T000000Z\r\nSUMMARY:" +
           person + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

constexpr const char* kAlways = "layers: [ { name: always, people: [ana] } ]";

Rulebook with_rota_at(const std::string& address) {
    auto rulebook = Rulebook::tiny();
    rulebook.yaml.replace(rulebook.yaml.find(kAlways), std::string(kAlways).size(), "ical: \"" + address + "\"");
    return rulebook;
}

/// A host whose calendar says what the test wants.
class CalendarHost {
public:
    CalendarHost() { says(200, rota_of("ana")); }

    void says(unsigned status, const std::string& body) {
        host_.answer([status, body](const Received&) { return Reply{.status = status, .body = body}; });
        host_.ignore_the_rest();
    }
    [[nodiscard]] std::string address() const { return host_.url("/team/rota.ics?token=hush"); }
    [[nodiscard]] std::string settings() const {
        return fmt::format("calendars: {{ hosts: [\"{}\"], every: 1s }}\n", host_.url("").substr(std::string("http://").size()));
    }
    [[nodiscard]] std::size_t asked() const { return host_.received(); }

private:
    Receiver host_;
};

/// A daemon whose rulebook and settings are these.
void set_up(Daemon& daemon, const Rulebook& rulebook, const std::string& more_settings) {
    daemon.stop();
    const auto settings = daemon.folder().read("tocsin.yaml");
    const auto own = settings.find("calendars: { hosts:");
    daemon.folder().write("tocsin.yaml", settings.substr(0, own) + more_settings);
    daemon.write_rulebook(rulebook.yaml);
}

bool is_on_call(Daemon& daemon, const std::string& person) {
    return daemon.eventually(
        [&] { return daemon.get("/api/v1/oncall?schedule=primary").body.find("\"" + person + "\"") != std::string::npos; });
}

Outcome tocsin(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), built_path("tocsin"));
    return run({std::move(arguments)});
}

TEST(CalendarAtAnAddress, SaysWhoIsOnCallAndIsReadAgainWhenItChanges) {
    CalendarHost host;
    Daemon daemon(Rulebook::tiny());
    set_up(daemon, with_rota_at(host.address()), host.settings());
    daemon.start();
    EXPECT_TRUE(is_on_call(daemon, "ana")) << daemon.get("/api/v1/oncall").body;
    host.says(200, rota_of("meg"));
    EXPECT_TRUE(is_on_call(daemon, "meg")) << daemon.log();
    EXPECT_EQ(daemon.log().find("hush"), std::string::npos) << "people put secrets into addresses: " << daemon.log();
    EXPECT_EQ(daemon.ask({.target = "/metrics"}).body.find("hush"), std::string::npos);
}

TEST(CalendarAtAnAddress, StaysAsItWasWhileItCannotBeHad) {
    CalendarHost host;
    Daemon daemon(Rulebook::tiny());
    set_up(daemon, with_rota_at(host.address()), host.settings());
    daemon.start();
    for (const auto& [status, body] : {std::pair{503U, std::string("no")}, std::pair{200U, std::string("<html>log in</html>")}}) {
        host.says(status, body);
        ASSERT_TRUE(daemon.eventually([&] {
            return daemon.get("/api/v1/rulebook").body.find("\"problem\":") != std::string::npos;
        })) << daemon.get("/api/v1/rulebook").body;
        EXPECT_TRUE(daemon.eventually([&] { return daemon.log().find("event=calendar_not_fetched") != std::string::npos; }));
        EXPECT_TRUE(is_on_call(daemon, "ana"));
        daemon.restart();  // The host is still down: the copy is enough.
        EXPECT_TRUE(is_on_call(daemon, "ana"));
        host.says(200, rota_of("ana"));
        ASSERT_TRUE(
            daemon.eventually([&] { return daemon.get("/api/v1/rulebook").body.find("\"problem\":") == std::string::npos; }));
    }
    const auto metrics = daemon.ask({.target = "/metrics"}).body;
    EXPECT_NE(metrics.find("tocsin_calendar_fetched_timestamp_seconds{calendar=\"http://127.0.0.1:"), std::string::npos)
        << metrics;
}

TEST(CalendarAtAnAddress, ThatWasNeverFetchedIsAMistakeAtItsPlace) {
    CalendarHost host;
    host.says(404, "");
    TempDir folder;
    Daemon daemon(Rulebook::tiny());
    set_up(daemon, with_rota_at(host.address()), host.settings());
    const auto settings = daemon.folder().path("tocsin.yaml");
    const auto serve = [&] { return tocsin({"serve", "--config", settings}).error; };
    std::filesystem::remove(daemon.folder().path("data/last-good-rulebook.json"));
    auto said = serve();
    EXPECT_NE(said.find("rules.yaml:22:11: error: there is no copy of this calendar, and getting http://127.0.0.1:"),
              std::string::npos)
        << said;
    EXPECT_NE(said.find("answered 404"), std::string::npos) << said;
    set_up(daemon, with_rota_at(host.address()), "");
    said = serve();
    EXPECT_NE(said.find("is not among the hosts that calendars are fetched from"), std::string::npos) << said;
    EXPECT_EQ(host.asked(), 1U);
    set_up(daemon, Rulebook::tiny(), "");
    daemon.start();
}

TEST(CalendarAtAnAddress, IsReadByTheCommandsFromTheDaemonsCopyOrAFolder) {
    CalendarHost host;
    Daemon daemon(Rulebook::tiny());
    set_up(daemon, with_rota_at(host.address()), host.settings());
    const auto rules = daemon.folder().path("rules");
    auto checked = tocsin({"check", rules});
    EXPECT_EQ(checked.exit.code, 1);
    EXPECT_NE(checked.out.find("--calendar-dir"), std::string::npos) << checked.out;
    daemon.folder().write("fetched/rota.ics", rota_of("ana"));
    checked = tocsin({"check", "--calendar-dir", daemon.folder().path("fetched"), rules});
    EXPECT_EQ(checked.exit.code, 0) << checked.out << checked.error;
    daemon.start();
    checked = tocsin({"check", "--config", daemon.folder().path("tocsin.yaml")});
    EXPECT_EQ(checked.exit.code, 0) << checked.out << checked.error;
}

}  // namespace
}  // namespace tocsin::test::calendar_test
