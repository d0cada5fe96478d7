// What people arrange at run time, with the real program: it counts at once, it is durable, and it is told.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/time.hpp"
#include "tests/support/daemon.hpp"
#include "tests/support/places.hpp"
#include "tests/support/process.hpp"
#include "tests/support/receiver.hpp"

namespace tocsin::test::runtime_test {
namespace {

using std::chrono::seconds;

class Runtime : public testing::Test {
protected:
    /// tocsin with these arguments, against the daemon.
    Outcome tocsin(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), built_path("tocsin"));
        return run({std::move(arguments),
                    {"TOCSIN_SERVER=http://127.0.0.1:" + std::to_string(daemon_.port()),
                     "TOCSIN_CONFIG=" + daemon_.folder().path("tocsin.yaml")}});
    }
    /// What it prints; the test fails if it does not succeed.
    std::string said(std::vector<std::string> arguments) {
        const auto outcome = tocsin(std::move(arguments));
        EXPECT_EQ(outcome.exit.code, 0) << outcome.error << outcome.out;
        return outcome.out;
    }
    [[nodiscard]] std::string on_call() {
        return member(daemon_.get("/api/v1/oncall").json().at("schedules").as_array()[0].at("on_call"), "person");
    }
    HttpAnswer send(const std::string& method, const std::string& target, const std::string& body = "") {
        return daemon_.ask({method, target, body, {{"Authorization", std::string("Bearer ") + kApiToken}}});
    }
    void fire(const std::string& what) { ASSERT_EQ(daemon_.post("splunk", splunk_alert(what)).status, 202U); }
    [[nodiscard]] std::string next_paged() {
        const auto page = receiver_.next();
        return page ? page->person() : "nobody";
    }

    Receiver receiver_;
    Daemon daemon_{Rulebook::tiny(), receiver_};
};

TEST_F(Runtime, AnOverrideCountsAtOnceHoldsOverKillAndReloadAndEnds) {
    const auto made =
        said({"override", "add", "primary", "--person", "ben", "--until", "+8h", "--reason", "a wedding", "--by", "ana"});
    EXPECT_NE(made.find("override 1: ben is on call in primary"), std::string::npos) << made;
    EXPECT_EQ(on_call(), "ben");
    fire("disk full");
    EXPECT_EQ(next_paged(), "ben");
    daemon_.kill();
    daemon_.start();
    EXPECT_EQ(on_call(), "ben");
    ASSERT_EQ(daemon_.reload().status, 200U);
    EXPECT_EQ(on_call(), "ben");
    const auto listed = said({"override", "list"});
    EXPECT_NE(listed.find("a wedding"), std::string::npos) << listed;
    said({"override", "remove", "1", "--by", "meg"});
    EXPECT_EQ(on_call(), "ana");
    EXPECT_EQ(said({"override", "list"}), "no overrides\n");
    const auto all = said({"override", "list", "--all"});
    EXPECT_NE(all.find("ended"), std::string::npos) << all;
    EXPECT_EQ(tocsin({"override", "remove", "1"}).exit.code, 1);
    receiver_.ignore_the_rest();
}

TEST_F(Runtime, AnOverrideMayBeOfTheSecondaryOrOfAShadow) {
    const auto made = said({"override", "add", "primary", "--person", "meg", "--until", "+8h", "--role", "secondary"});
    EXPECT_NE(made.find("override 1: meg is secondary in primary"), std::string::npos) << made;
    said({"override", "add", "primary", "--person", "ben", "--until", "+8h", "--role", "shadow"});
    for (int life = 0; life < 2; ++life) {
        EXPECT_EQ(on_call(), "ana");
        const auto crew = daemon_.get("/api/v1/oncall?schedule=primary").body;
        EXPECT_NE(crew.find("\"meg\""), std::string::npos) << crew;
        EXPECT_NE(crew.find("\"ben\""), std::string::npos) << crew;
        daemon_.restart();
    }
    EXPECT_NE(said({"override", "list"}).find("secondary"), std::string::npos);
    EXPECT_EQ(send("POST", "/api/v1/overrides", R"({"schedule":"primary","person":"meg","until":"+1h","role":"boss"})").status,
              400U);
}

TEST_F(Runtime, AnOverrideOfSomebodyWhoIsGoneHasNoEffectAndSaysSo) {
    said({"override", "add", "secondary", "--person", "ana", "--until", "+8h"});
    auto without = Rulebook::tiny().yaml;
    without.replace(without.find("  ana:"), 6, "  zoe:");
    without.replace(without.find("people: [ana]"), 13, "people: [zoe]");
    daemon_.write_rulebook(without);
    ASSERT_EQ(daemon_.reload().status, 200U);
    const auto listed = said({"override", "list"});
    EXPECT_NE(listed.find("no effect: nobody is called \"ana\" any more"), std::string::npos) << listed;
    EXPECT_NE(daemon_.log().find("event=arrangement_idle"), std::string::npos);
}

TEST_F(Runtime, MistakesInAnOverrideAreAnsweredWithACure) {
    EXPECT_NE(tocsin({"override", "add", "primari", "--person", "ben", "--until", "+8h"}).error.find("did you mean \"primary\"?"),
              std::string::npos);
    EXPECT_NE(tocsin({"override", "add", "primary", "--person", "bem", "--until", "+8h"}).error.find("did you mean \"ben\"?"),
              std::string::npos);
    EXPECT_NE(tocsin({"override", "add", "primary", "--person", "ben", "--until", "soon"}).error.find("write a time such as"),
              std::string::npos);
    EXPECT_EQ(send("POST", "/api/v1/overrides", "[]").status, 400U);
    EXPECT_EQ(send("PUT", "/api/v1/overrides").status, 405U);
    EXPECT_EQ(send("DELETE", "/api/v1/overrides/none").status, 404U);
    EXPECT_EQ(daemon_.ask({"GET", "/api/v1/overrides", "", {}}).status, 401U);
}

TEST_F(Runtime, TwoPeopleChangePlaces) {
    auto turns = Rulebook::tiny().yaml;
    turns.replace(turns.find("{ name: always, people: [ana] }"), 31,
                  "{ rotate: { every: 1d, from: 2026-01-01 00:00 }, people: [ana, ben, meg] }");
    daemon_.write_rulebook(turns);
    ASSERT_EQ(daemon_.reload().status, 200U);
    // By days from 2026-01-01: on 2050-01-01 the first shift falls to whoever the rotation says.
    const auto before = daemon_.get("/api/v1/oncall?schedule=primary&at=2050-01-01T12:00:00Z").json();
    const auto first = member(before.at("schedules").as_array()[0].at("on_call"), "person");
    const std::string other = first == "ana" ? "ben" : first == "ben" ? "meg" : "ana";
    const auto shown = said({"swap", "primary", "--at", "2050-01-01 12:00", "--with", other, "--dry-run"});
    EXPECT_NE(shown.find("not made: " + other + " is on call in primary from 2050-01-01T00:00:00Z"), std::string::npos) << shown;
    EXPECT_EQ(said({"override", "list"}), "no overrides\n");
    said({"swap", "primary", "--at", "2050-01-01 12:00", "--with", other});
    const auto at = [&](const std::string& day) {
        const auto answer = daemon_.get("/api/v1/oncall?schedule=primary&at=" + day + "T12:00:00Z").json();
        return member(answer.at("schedules").as_array()[0].at("on_call"), "person");
    };
    EXPECT_EQ(at("2050-01-01"), other);
    EXPECT_EQ(at("2050-01-02"), first);
}

TEST_F(Runtime, ASilenceHidesWhatMatchesAndPagesForItWhenItIsEnded) {
    const auto made = said({"silence", "add", "service=site", "--for", "2h", "--reason", "new disks", "--by", "ana"});
    EXPECT_NE(made.find("hides 0 of 0 open incidents, and 0 of the last 0 alerts"), std::string::npos) << made;
    fire("disk full");
    EXPECT_EQ(daemon_.incident(1)["silence"], "silence-1");
    daemon_.kill();
    daemon_.start();
    fire("cpu hot");
    EXPECT_EQ(daemon_.incident(2)["silence"], "silence-1");
    ASSERT_EQ(daemon_.reload().status, 200U);
    const auto preview = said({"silence", "add", "{ title: { contains: disk } }", "--for", "2h", "--reason", "x", "--dry-run"});
    EXPECT_NE(preview.find("hides 1 of 2 open incidents, and 1 of the last 2 alerts"), std::string::npos) << preview;
    EXPECT_EQ(receiver_.received(), 0U);
    said({"silence", "end", "1", "--by", "meg"});
    EXPECT_EQ(next_paged(), "ana");
    EXPECT_EQ(next_paged(), "ana");
    EXPECT_EQ(said({"silence", "list"}), "no silences\n");
    EXPECT_EQ(daemon_.incident(1)["silence"], "");
    EXPECT_NE(daemon_.incident(1).body.find("was ended by hand"), std::string::npos);
}

TEST_F(Runtime, WhatAnotherSilenceCoversStaysSilencedWhenOneIsEnded) {
    said({"silence", "add", "service=site", "--for", "2h", "--reason", "new disks"});
    said({"silence", "add", "{ title: { contains: disk } }", "--for", "1h", "--reason", "disks again"});
    fire("disk full");
    fire("cpu hot");
    said({"silence", "end", "1"});
    EXPECT_EQ(next_paged(), "ana");
    EXPECT_EQ(daemon_.incident(1)["silence"], "silence-2");
    EXPECT_EQ(daemon_.incident(2)["silence"], "");
    EXPECT_TRUE(receiver_.stays_quiet_for(seconds{1}));
}

TEST_F(Runtime, LaidOverWhatIsOpenItStopsItsPagesAndItCanBeMadeLonger) {
    fire("disk full");
    EXPECT_EQ(next_paged(), "ana");
    const auto made = said({"silence", "add", "service=site", "--for", "1h", "--reason", "new disks", "--open"});
    EXPECT_NE(made.find("1 of what is open is silenced now"), std::string::npos) << made;
    const auto until = daemon_.incident(1)["silenced_until"];
    said({"silence", "extend", "1", "--for", "1h"});
    const auto before = parse_rfc3339(until);
    const auto after = parse_rfc3339(daemon_.incident(1)["silenced_until"]);
    ASSERT_TRUE(before && after);
    EXPECT_EQ(*after - *before, std::chrono::hours{1});
}

TEST_F(Runtime, ASilenceIsRefusedWithACure) {
    EXPECT_NE(tocsin({"silence", "add", "service=sit", "--for", "2h", "--reason", "x"}).error.find("did you mean \"site\"?"),
              std::string::npos);
    EXPECT_NE(tocsin({"silence", "add", "service=site", "--for", "8d", "--reason", "x"}).error.find("holds for 7d at most"),
              std::string::npos);
    EXPECT_EQ(tocsin({"silence", "add", "service=site", "--for", "2h"}).exit.code, 64);
    EXPECT_EQ(tocsin({"silence", "add", "site", "--for", "2h", "--reason", "x"}).exit.code, 64);
    EXPECT_NE(said({"silence", "add", "source=splunk", "--for", "2h", "--reason", "x", "--dry-run"})
                  .find("warning: it covers nearly everything"),
              std::string::npos);
}

TEST_F(Runtime, WhoeverBeginsAndEndsAShiftIsToldOnceWithASummary) {
    auto rulebook = Rulebook::tiny().yaml;
    rulebook.replace(rulebook.find("title: Primary"), 14, "title: Primary\n    shift_notices: true");
    daemon_.write_rulebook(rulebook);
    ASSERT_EQ(daemon_.reload().status, 200U);
    fire("disk full");
    EXPECT_EQ(next_paged(), "ana");
    said({"override", "add", "primary", "--person", "ben", "--until", "+8h"});
    // Both fall due at one instant and travel beside each other: either may arrive first.
    std::map<std::string, Received> told;
    for (int i = 0; i < 2; ++i) {
        auto notice = receiver_.next();
        ASSERT_TRUE(notice) << daemon_.log();
        EXPECT_EQ(member(notice->json(), "event"), "notice");
        told.emplace(notice->person(), *std::move(notice));
    }
    ASSERT_TRUE(told.contains("ben") && told.contains("ana")) << daemon_.log();
    const auto& begins = told.at("ben");
    EXPECT_NE(member(begins.json(), "text").find("- 1 high disk full: nobody has it"), std::string::npos) << begins.body;
    const auto& ends = told.at("ana");
    EXPECT_NE(member(ends.json(), "text").find("Ben is on call now."), std::string::npos) << ends.body;
    daemon_.restart();  // Not killed: whoever is killed before it is known that a notice arrived may send it again.
    EXPECT_TRUE(receiver_.stays_quiet_for(seconds{2})) << "nobody is told twice";
}

}  // namespace
}  // namespace tocsin::test::runtime_test
