// Opening SQLite's file: who may, what is refused, and what the refusal says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "daemon/store/migrations.hpp"
#include "daemon/store/sqlite_store.hpp"
#include "tests/contract/directory.hpp"
#include "tests/contract/values.hpp"
#include "tests/support/places.hpp"

namespace tocsin::contract::sqlite_opening_test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

store::SqliteOptions in(const Directory& directory) { return {.directory = directory.path(), .busy_timeout = Duration{50}}; }

/// Runs SQL on the database file as another program would.
void run_sql(const Directory& directory, const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(directory.file("tocsin.db").c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    sqlite3_close(database);
}

Error refusal_in(const Directory& directory) {
    const auto opened = store::open_sqlite(in(directory));
    EXPECT_FALSE(opened);
    return opened ? Error{Errc::Internal, "it was opened"} : opened.error();
}

void commit(Store& store, const Writes& writes) {
    ASSERT_TRUE(store.lock({}));
    const auto committed = store.commit(writes);
    ASSERT_TRUE(committed) << committed.error().message();
}

std::string contents_of(const std::string& file) {
    std::ifstream stream(file);
    std::ostringstream contents;
    contents << stream.rdbuf();
    return contents.str();
}

TEST(SqliteOpening, MakesAFileThatOnlyItsOwnerMayRead) {
    Directory directory;
    ASSERT_TRUE(store::open_sqlite(in(directory)));
    struct stat status {};
    ASSERT_EQ(::stat(directory.file("tocsin.db").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(SqliteOpening, RefusesTheDirectoryToASecondOpenerAndSaysWhoHasIt) {
    Directory directory;
    const auto first = store::open_sqlite(in(directory));
    ASSERT_TRUE(first);
    const auto error = refusal_in(directory);
    EXPECT_EQ(error.code(), Errc::Refused);
    EXPECT_THAT(error.message(), AllOf(HasSubstr(directory.file("tocsin.lock")),
                                       HasSubstr("process " + std::to_string(::getpid())), HasSubstr("stop that tocsin first")));
}

TEST(SqliteOpening, LetsTheNextOneInWhenTheFirstIsGone) {
    Directory directory;
    { ASSERT_TRUE(store::open_sqlite(in(directory))); }
    EXPECT_TRUE(store::open_sqlite(in(directory)));
}

TEST(SqliteOpening, SaysThatTheDirectoryIsMissing) {
    const auto opened = store::open_sqlite({.directory = "/nonexistent/tocsin", .busy_timeout = Duration{50}});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), Errc::Unavailable);
    EXPECT_THAT(opened.error().message(), AllOf(HasSubstr("/nonexistent/tocsin"), HasSubstr("see that its directory exists")));
}

TEST(SqliteOpening, RefusesADatabaseOfANewerTocsin) {
    Directory directory;
    { ASSERT_TRUE(store::open_sqlite(in(directory))); }
    run_sql(directory, "PRAGMA user_version = 99");
    const auto error = refusal_in(directory);
    EXPECT_EQ(error.code(), Errc::Refused);
    EXPECT_THAT(error.message(),
                AllOf(HasSubstr("needs a tocsin that knows schema version 99"), HasSubstr("install the newer tocsin")));
}

TEST(SqliteOpening, RefusesADatabaseOfAnotherProgramAndLeavesItAsItWas) {
    Directory directory;
    run_sql(directory, "CREATE TABLE bookmark (url TEXT)");
    const auto before = contents_of(directory.file("tocsin.db"));
    EXPECT_THAT(refusal_in(directory).message(), HasSubstr("is a database of another program"));
    EXPECT_EQ(contents_of(directory.file("tocsin.db")), before);
}

TEST(SqliteOpening, SaysThatAFileIsNoDatabase) {
    Directory directory;
    std::ofstream(directory.file("tocsin.db")) << std::string(8'192, 'x');
    const auto error = refusal_in(directory);
    EXPECT_EQ(error.code(), Errc::Internal);
    EXPECT_THAT(error.message(), AllOf(HasSubstr(directory.file("tocsin.db")), HasSubstr("not a database")));
}

TEST(SqliteOpening, SaysThatADatabaseIsDamaged) {
    Directory directory;
    {
        const auto stores = store::open_sqlite(in(directory));
        ASSERT_TRUE(stores);
        Writes writes;
        for (std::int64_t id = 1; id <= 200; ++id) writes.incidents.push_back(incident(id, "key-" + std::to_string(id)));
        commit(*stores->store, writes);
    }
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(directory.file("tocsin.db")));
    std::fstream file(directory.file("tocsin.db"), std::ios::in | std::ios::out | std::ios::binary);
    for (std::streamoff page = 4'096; page < size; page += 4'096) {
        file.seekp(page);
        file << std::string(64, '\xff');
    }
    file.close();
    const auto error = refusal_in(directory);
    EXPECT_EQ(error.code(), Errc::Internal);
    EXPECT_FALSE(error.retry().allowed());
    EXPECT_THAT(error.message(), HasSubstr("restore it from a backup"));
}

TEST(SqliteOpening, SaysThatADirectoryCannotBeWritten) {
    Directory directory;
    ASSERT_EQ(::chmod(directory.path().c_str(), 0555), 0);
    const auto child = ::fork();
    if (child == 0) {
        // Root may write anywhere: become nobody.
        if (::geteuid() == 0 && ::seteuid(65'534) != 0) ::_exit(2);
        const auto opened = store::open_sqlite(in(directory));
        const bool is_told = !opened && opened.error().code() == Errc::Unavailable && opened.error().retry().allowed() &&
                             opened.error().message().find("this user may write") != std::string::npos;
        ::_exit(is_told ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

/// Without what later versions added.
Incident as_the_first_version_kept(Incident incident) {
    const Incident plain;
    incident.silence.clear();
    incident.silenced_until.reset();
    incident.acknowledgers.clear();
    incident.assigned_to.clear();
    incident.is_severity_by_hand = false;
    incident.merged_into = plain.merged_into;
    incident.told_at = plain.told_at;
    incident.is_digested = false;
    incident.is_drill = false;
    incident.flaps = 0;
    incident.flapping_until.reset();
    incident.resolve_held_until.reset();
    incident.missing.clear();
    incident.triage = TriageState::None;
    incident.triage_detail.clear();
    incident.communicated_at.reset();
    incident.hand_over_due_at.reset();
    incident.said_severity = incident.severity;
    incident.is_resolved_by_hand = false;
    incident.hold_down = {};
    incident.origin_key.clear();
    incident.flaps_since.reset();
    incident.calm = {};
    incident.reply_to.clear();
    incident.replies = 0;
    incident.also_silenced_by.clear();
    return incident;
}

Page as_the_first_version_kept(Page page) {
    page.topic.clear();
    page.digest.clear();
    page.text.clear();
    return page;
}

TEST(SqliteOpening, ReadsADatabaseOfTheFirstSchemaVersion) {
    Directory directory;
    run_sql(directory, contents_of(test::source_path("tests/contract/schema_1.sql")));
    const auto stores = store::open_sqlite(in(directory));
    ASSERT_TRUE(stores) << stores.error().message();
    EXPECT_EQ(stores->reader->incident({1}).value(), as_the_first_version_kept(full_incident(1)));
    EXPECT_EQ(stores->reader->pages({1})->at(0), as_the_first_version_kept(full_page(1, 1)));
    EXPECT_EQ(stores->reader->timeline({1})->at(0), entry(1, "nobody answered"));
    EXPECT_EQ(stores->reader->alerts({1}, 10)->at(0).payload, alert(1, 1).payload);
    const auto locked = stores->store->lock(std::vector<IncidentRef>{{{}, {}, "opsgenie", "a"}});
    ASSERT_TRUE(locked);
    EXPECT_EQ(locked->members.size(), 1U);
    stores->store->roll_back();
}

/// The first release opens what has user_version 1 at most, and writes these columns of an incident and no others.
constexpr const char* kAsTheFirstReleaseWrites = R"sql(
INSERT INTO incident (id, key, state, source, rule, service, escalation, summary, url, severity, urgency, opened_at, last_alert_at, alerts,
    firing, acknowledged_at, acknowledged_by, snoozed_until, resolved_at, resolved_by, cycle, round, step, outstanding, is_exhausted,
    step_due_at, acknowledgement_ends_at, resolve_after, resolve_due_at, last_alert)
VALUES (1, 'disk', 'triggered', 'splunk', 'rule', 'lms', 'learner', 'disk full', '', 'high', 'page', 1, 1, 1,
    0, NULL, '', NULL, NULL, '', 0, 0, 1, 1, 0, 300000, NULL, 0, NULL, NULL);
)sql";

TEST(SqliteMigrations, LetTheFirstReleaseRunOnTheNewestSchema) {
    Directory directory;
    { ASSERT_TRUE(store::open_sqlite(in(directory))); }
    {
        auto connection = store::Connection::open(directory.file("tocsin.db"), store::Connection::Mode::ReadWrite, Duration{50});
        ASSERT_TRUE(connection);
        EXPECT_EQ(connection->number("PRAGMA user_version").value(), 1);
        const auto written = connection->execute(kAsTheFirstReleaseWrites);
        ASSERT_TRUE(written) << written.error().message();
    }
    const auto stores = store::open_sqlite(in(directory));
    ASSERT_TRUE(stores) << stores.error().message();
    EXPECT_FALSE(stores->reader->incident({1})->is_silenced());
}

const store::Migration kOne{"CREATE TABLE one (a INTEGER);", 1};
const store::Migration kTwo{"CREATE TABLE two (b INTEGER);", 2};

TEST(SqliteMigrations, RunOnlyTheStepsThatAreNew) {
    Directory directory;
    auto connection = store::Connection::open(directory.file("tocsin.db"), store::Connection::Mode::ReadWrite, Duration{50});
    ASSERT_TRUE(connection);
    const std::vector<store::Migration> first{kOne};
    const std::vector<store::Migration> both{kOne, kTwo};
    ASSERT_TRUE(store::migrate(*connection, first));
    ASSERT_TRUE(store::migrate(*connection, both));
    ASSERT_TRUE(store::migrate(*connection, both));
    EXPECT_EQ(connection->number("PRAGMA user_version").value(), 2);
    EXPECT_EQ(connection->number("SELECT count(*) FROM migration").value(), 2);
    EXPECT_EQ(connection->number("SELECT count(*) FROM sqlite_schema WHERE name IN ('one', 'two')").value(), 2);
}

TEST(SqliteMigrations, ThatOnlyAddDoNotShutOutTheReleaseBefore) {
    Directory directory;
    auto connection = store::Connection::open(directory.file("tocsin.db"), store::Connection::Mode::ReadWrite, Duration{50});
    ASSERT_TRUE(connection);
    const std::vector<store::Migration> first{kOne};
    const std::vector<store::Migration> with_addition{kOne, {"ALTER TABLE one ADD COLUMN b INTEGER;", 1}};
    const std::vector<store::Migration> with_break{kOne, with_addition[1], {"DROP TABLE one;", 3}};
    ASSERT_TRUE(store::migrate(*connection, with_addition));
    EXPECT_TRUE(store::migrate(*connection, first));
    EXPECT_TRUE(store::migrate(*connection, with_addition));
    ASSERT_TRUE(store::migrate(*connection, with_break));
    EXPECT_FALSE(store::migrate(*connection, with_addition));
}

TEST(SqliteMigrations, ThatFailLeaveTheDatabaseAtItsOldVersion) {
    Directory directory;
    auto connection = store::Connection::open(directory.file("tocsin.db"), store::Connection::Mode::ReadWrite, Duration{50});
    ASSERT_TRUE(connection);
    const std::vector<store::Migration> steps{kOne, {"CREATE TABLE two (b INTEGER); nonsense;", 2}};
    const auto migrated = store::migrate(*connection, steps);
    ASSERT_FALSE(migrated);
    EXPECT_THAT(migrated.error().message(), HasSubstr("migrating the database from version 0 to 2"));
    EXPECT_EQ(connection->number("PRAGMA user_version").value(), 0);
    EXPECT_EQ(connection->number("SELECT count(*) FROM sqlite_schema").value(), 0);
}

}  // namespace
}  // namespace tocsin::contract::sqlite_opening_test
