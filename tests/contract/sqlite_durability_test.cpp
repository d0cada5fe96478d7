// What SQLite's file keeps when the process is killed, the disk is full, or a statement fails half-way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "daemon/store/sqlite_store.hpp"
#include "tests/contract/directory.hpp"
#include "tests/contract/values.hpp"

namespace tocsin::contract::sqlite_durability_test {
namespace {

using testing::IsEmpty;

store::SqliteOptions in(const Directory& directory) { return {.directory = directory.path(), .busy_timeout = Duration{50}}; }

Result<void> try_commit(Store& store, const Writes& writes) {
    const auto locked = store.lock({});
    if (!locked) return locked.error();
    return store.commit(writes);
}

Writes one_of_each(std::int64_t id) {
    return {.incidents = {incident(id, "key-" + std::to_string(id))},
            .members = {{{id}, "opsgenie", "a", true}},
            .alerts = {alert(id, id)},
            .timeline = {entry(id, "opened")},
            .pages = {page(id, id, at(0))}};
}

/// Commits until it is killed, telling the id of each commit when it has returned.
[[noreturn]] void commit_for_ever(const Directory& directory, int told) {
    auto stores = store::open_sqlite(in(directory));
    if (!stores) ::_exit(1);
    for (std::int64_t id = stores->store->reserve_ids({}).value().first_incident;; ++id) {
        if (!try_commit(*stores->store, one_of_each(id))) ::_exit(1);
        if (::write(told, &id, sizeof id) != sizeof id) ::_exit(1);
    }
}

/// Kills the committing child once it has told `commits` more; the last id that it told.
std::int64_t last_told_before_kill(const Directory& directory, int commits) {
    int ends[2] = {};
    if (::pipe(ends) != 0) return -1;
    const auto child = ::fork();
    if (child == 0) commit_for_ever(directory, ends[1]);
    ::close(ends[1]);
    std::int64_t last = -1;
    for (int told = 0; told < commits && ::read(ends[0], &last, sizeof last) == sizeof last; ++told) {
    }
    ::kill(child, SIGKILL);
    while (::read(ends[0], &last, sizeof last) == sizeof last) {
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself";
    return last;
}

TEST(SqliteDurability, EveryCommitThatWasToldIsThereAfterAKill) {
    Directory directory;
    for (const int commits : {1, 30, 7, 100}) {
        const auto last = last_told_before_kill(directory, commits);
        const auto stores = store::open_sqlite(in(directory));
        ASSERT_TRUE(stores) << stores.error().message();
        for (std::int64_t id = 1; id <= last; ++id) {
            ASSERT_TRUE(stores->reader->incident({id})) << "incident " << id << " of " << last;
            ASSERT_EQ(stores->reader->alerts({id}, 10)->size(), 1U);
            ASSERT_EQ(stores->reader->timeline({id})->size(), 1U);
            ASSERT_EQ(stores->reader->pages({id})->size(), 1U);
        }
    }
}

TEST(SqliteDurability, TakesNothingOfABatchWhoseLastStatementFails) {
    Directory directory;
    const auto stores = store::open_sqlite(in(directory));
    ASSERT_TRUE(stores);
    ASSERT_TRUE(try_commit(*stores->store, one_of_each(1)));
    auto writes = one_of_each(2);
    writes.overtaken = {{1}};
    writes.pages[0].id = {1};
    const auto refused = try_commit(*stores->store, writes);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::Internal);
    EXPECT_THAT(refused.error().message(), testing::HasSubstr("saving a batch: adding page 1"));
    EXPECT_EQ(stores->reader->incidents({})->size(), 1U);
    EXPECT_THAT(*stores->reader->timeline({2}), IsEmpty());
    EXPECT_EQ(stores->reader->pages({1})->at(0).state, PageState::Pending);
    EXPECT_EQ(stores->store->claim_due_pages({"node-a", at(0), at(60), 10})->size(), 1U);
    ASSERT_TRUE(try_commit(*stores->store, one_of_each(2)));
}

/// In a child: fills what the limit on the size of files leaves, expects refusals that may be tried again, lifts the limit and
/// expects everything that was accepted, and only that. Ends with the number of what went wrong.
[[noreturn]] void fill_the_disk(const Directory& directory) {
    ::signal(SIGXFSZ, SIG_IGN);
    auto stores = store::open_sqlite(in(directory));
    if (!stores) ::_exit(1);
    const rlimit tight{.rlim_cur = 1'000'000, .rlim_max = RLIM_INFINITY};
    if (::setrlimit(RLIMIT_FSIZE, &tight) != 0) ::_exit(2);
    std::int64_t id = 1;
    Result<void> done;
    for (; done && id < 10'000; ++id) {
        done = try_commit(*stores->store, one_of_each(id));
    }
    const auto refused = id - 1;
    if (done || done.error().code() != Errc::Unavailable || !done.error().retry().allowed()) ::_exit(3);
    if (stores->reader->incident({refused}) || !stores->reader->incident({refused - 1})) ::_exit(4);
    if (try_commit(*stores->store, one_of_each(refused))) ::_exit(5);
    const rlimit roomy{.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
    if (::setrlimit(RLIMIT_FSIZE, &roomy) != 0) ::_exit(6);
    if (!try_commit(*stores->store, one_of_each(refused))) ::_exit(7);
    if (!stores->reader->incident({refused})) ::_exit(8);
    if (stores->reader->outbox(at(0))->pending != refused) ::_exit(9);
    stores = Error{Errc::Cancelled, "closed"};
    auto again = store::open_sqlite(in(directory));
    if (!again || again->reader->outbox(at(0))->pending != refused) ::_exit(10);
    ::_exit(0);
}

TEST(SqliteDurability, AFullDiskRefusesWithoutLossAndWorksAgainWhenThereIsRoom) {
    Directory directory;
    const auto child = ::fork();
    if (child == 0) fill_the_disk(directory);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace tocsin::contract::sqlite_durability_test
