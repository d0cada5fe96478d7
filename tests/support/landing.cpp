#include "tests/support/landing.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

namespace tocsin::test {
namespace {

constexpr std::string_view kCredential = "a-live-credential-0123456789";

/// What the story says of the files must be what there is.
void expect_all_files(const Story& story) {
    std::vector<std::string> told;
    for (const auto& landing : story.landings) told.push_back(fmt::format("{}/{}", story.folder, landing.file));
    for (const auto& file : story.not_sent) told.push_back(fmt::format("{}/{}", story.folder, file));
    std::sort(told.begin(), told.end());
    told.erase(std::unique(told.begin(), told.end()), told.end());
    EXPECT_EQ(told, samples(story.folder)) << "say where each sample lands";
}

/// The samples' own were blanked out when they were published.
std::string with_credential(std::string body) {
    constexpr std::string_view kMember = "\"session_key\"";
    const auto at = body.find(kMember);
    if (at == std::string::npos) return body;
    const auto from = body.find('"', at + kMember.size()) + 1;
    return body.replace(from, body.find('"', from) - from, kCredential);
}

void land(Daemon& daemon, const Story& story, const Landing& landing) {
    const auto request = landing.request.empty() ? fmt::format("POST {}", story.door) : landing.request;
    const auto space = request.find(' ');
    auto body = landing.body.empty() ? sample(fmt::format("{}/{}", story.folder, landing.file)) : landing.body;
    body = with_credential(std::move(body));
    const auto answer =
        daemon.ask({request.substr(0, space), request.substr(space + 1), std::move(body), Daemon::proof_of(story.source)});
    EXPECT_EQ(answer.status, landing.status) << landing.file << ": " << answer.body;
}

void expect_endings(Daemon& daemon, const Story& story) {
    int number = 0;
    for (const auto& ending : story.endings) {
        const auto incident = daemon.incident(++number);
        EXPECT_EQ(incident["severity"], ending.severity) << number << ": " << incident["summary"];
        EXPECT_EQ(incident["state"], ending.state) << number << ": " << incident["summary"];
    }
    EXPECT_EQ(daemon.incident(number + 1).status, 404U) << "an incident that the story does not know";
}

std::vector<Kept> kept_in(const std::string& database_path) {
    std::vector<Kept> all;
    sqlite3* database = nullptr;
    EXPECT_EQ(::sqlite3_open_v2(database_path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK) << database_path;
    const auto add = [](void* into, int, char** columns, char**) {
        static_cast<std::vector<Kept>*>(into)->push_back({columns[0], columns[1], std::atoi(columns[2])});
        return 0;
    };
    EXPECT_EQ(::sqlite3_exec(database, "SELECT action, key, coalesce(incident, 0) FROM alert ORDER BY id", add, &all, nullptr),
              SQLITE_OK)
        << ::sqlite3_errmsg(database);
    ::sqlite3_close(database);
    return all;
}

std::vector<std::string> lines(const std::vector<Kept>& all) {
    std::vector<std::string> text;
    for (const auto& one : all) text.push_back(fmt::format("{} of {} in {}", one.action, one.key, one.incident));
    return text;
}

void expect_kept(const Daemon& daemon, const Story& story) {
    auto kept = kept_in(daemon.folder().path("data/tocsin.db"));
    std::vector<Kept> told;
    for (const auto& landing : story.landings) told.insert(told.end(), landing.kept.begin(), landing.kept.end());
    for (std::size_t i = 0; i < std::min(kept.size(), told.size()); ++i) {
        if (told[i].key == kMadeHere) kept[i].key = kMadeHere;
    }
    EXPECT_EQ(lines(kept), lines(told));
}

void expect_no_credential(const Daemon& daemon) {
    std::string written = daemon.log();
    for (const auto& entry : std::filesystem::directory_iterator(daemon.folder().path("data"))) {
        if (entry.is_regular_file()) written += read_file(entry.path().string());
    }
    EXPECT_EQ(written.find(kCredential), std::string::npos) << "a session_key was kept";
}

}  // namespace

void expect_story(const Story& story) {
    expect_all_files(story);
    Daemon daemon(Rulebook::as_sent());
    for (const auto& landing : story.landings) land(daemon, story, landing);
    expect_endings(daemon, story);
    daemon.stop();
    expect_kept(daemon, story);
    expect_no_credential(daemon);
}

}  // namespace tocsin::test
