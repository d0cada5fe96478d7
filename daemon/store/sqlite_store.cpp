// The Store: a handle that takes its turn on the database.
#include "daemon/store/sqlite_store.hpp"

#include <utility>

#include "core/base/assert.hpp"
#include "daemon/store/dossier_reader.hpp"
#include "daemon/store/sqlite_database.hpp"
#include "daemon/store/sqlite_reader.hpp"

namespace tocsin::store {
namespace {

class SqliteStore final : public Store {
public:
    explicit SqliteStore(std::shared_ptr<SqliteDatabase> database) : database_(std::move(database)) {}
    SqliteStore(const SqliteStore&) = delete;
    SqliteStore& operator=(const SqliteStore&) = delete;
    ~SqliteStore() override { roll_back(); }

    Result<Locked> lock(std::span<const IncidentRef> refs) override {
        if (auto turn = take_turn(); !turn) return turn.error();
        is_locked_ = true;
        auto locked = database_->find(refs);
        if (!locked) roll_back();
        return locked;
    }

    Result<void> commit(const Writes& writes) override {
        TOCSIN_ASSERT(is_locked_, "commit ends what lock began");
        auto done = database_->commit(writes);
        roll_back();
        return done;
    }

    void roll_back() override {
        if (std::exchange(is_locked_, false)) database_->turns().end();
    }

    Result<std::vector<Incident>> open_of_service(std::string_view service) override {
        TOCSIN_ASSERT(is_locked_, "others are asked about within a transaction");
        return database_->open().of_service(service);
    }
    Result<std::vector<Member>> firing_members(IncidentId id) override {
        TOCSIN_ASSERT(is_locked_, "others are asked about within a transaction");
        return database_->open().firing_members(id);
    }
    Result<std::int64_t> count_pagings(const PagingCount& of) override {
        TOCSIN_ASSERT(is_locked_, "others are asked about within a transaction");
        const auto& log = database_->pagings();
        return of.person.empty() ? log.of_service(of.service, of.since) : log.of_person(of.person, of.since);
    }
    Result<std::string> open_digest(std::string_view person, TimePoint now) override {
        TOCSIN_ASSERT(is_locked_, "others are asked about within a transaction");
        return database_->open().digests().open(person, now);
    }

    Result<Ids> reserve_ids(const IdCounts& counts) override {
        if (is_locked_) return database_->reserve_ids(counts);
        return in_turn([&]() -> Result<Ids> { return database_->reserve_ids(counts); });
    }

    Result<std::vector<IncidentId>> claim_due_incidents(const Claim& claim) override {
        return in_turn([&]() -> Result<std::vector<IncidentId>> { return database_->claim_due_incidents(claim); });
    }
    Result<std::vector<Notification>> claim_due_pages(const Claim& claim) override {
        return in_turn([&] { return database_->claim_due_pages(claim); });
    }
    Result<std::vector<std::string>> due_watches(TimePoint now) override {
        return in_turn([&]() -> Result<std::vector<std::string>> { return database_->due_watches(now); });
    }
    Result<std::optional<TimePoint>> next_due() override {
        return in_turn([&]() -> Result<std::optional<TimePoint>> { return database_->next_due(); });
    }
    Result<void> release_leases(std::string_view owner) override {
        return in_turn([&] { return database_->release_leases(owner); });
    }
    Result<Arrangements> arrangements(TimePoint now) override {
        return in_turn([&] { return database_->arrangements(now); });
    }
    Result<Pruned> prune(const PruneLimits& limits) override {
        return in_turn([&] { return database_->prune(limits); });
    }

private:
    Result<void> take_turn() { return database_->turns().take(this, database_->busy_timeout()); }

    template <class Body>
    auto in_turn(Body body) -> decltype(body()) {
        if (auto turn = take_turn(); !turn) return turn.error();
        auto result = body();
        database_->turns().end();
        return result;
    }

    std::shared_ptr<SqliteDatabase> database_;
    bool is_locked_ = false;
};

}  // namespace

Result<SqliteStores> open_sqlite(const SqliteOptions& options) {
    auto database = SqliteDatabase::open(options);
    if (!database) return database.error().in("opening the store");
    SqliteStores stores{std::make_unique<SqliteStore>(*database), nullptr, *database};
    auto reader = another_reader(stores);
    if (!reader) return reader.error().in("opening the store");
    stores.reader = std::move(*reader);
    auto dossiers = dossier_reader(stores);
    if (!dossiers) return dossiers.error().in("opening the store");
    stores.dossiers = std::move(*dossiers);
    return stores;
}

std::unique_ptr<Store> another_store(const SqliteStores& stores) { return std::make_unique<SqliteStore>(stores.database); }

Result<std::unique_ptr<StoreReader>> another_reader(const SqliteStores& stores) { return open_reader(stores.database); }

}  // namespace tocsin::store
