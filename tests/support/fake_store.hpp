// A store in memory, plain and obviously right: what simulations and tests run on, and what the contract suite measures others
// by.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/ports/dossier_reader.hpp"
#include "core/ports/store.hpp"

namespace tocsin {

/// What is on the "disk": it outlives the FakeStores on it, so a crash is dropping one and making another. Public, for looking
/// into; change it through a FakeStore only.
struct FakeDatabase {
    struct Lease {
        std::string owner;
        TimePoint until;
    };

    std::map<IncidentId, Incident> incidents;
    std::map<PageId, Page> pages;
    std::map<IncidentId, std::vector<TimelineEntry>> timeline;
    /// Oldest first; those that belong to no incident are under the id that is not set.
    std::map<IncidentId, std::vector<StoredAlert>> alerts;
    /// (source, alert key, incident) -> the member.
    std::map<std::tuple<std::string, std::string, IncidentId>, Member> members;
    std::map<IncidentId, Lease> leases;
    std::map<ArrangementId, MadeOverride> overrides;
    std::map<ArrangementId, MadeSilence> silences;
    std::map<std::string, TimePoint, std::less<>> told;
    Ids last_ids{};
    std::map<std::string, Watch, std::less<>> watches;
    std::map<std::string, Dossier, std::less<>> dossiers;
    std::map<std::string, std::vector<DossierEntry>, std::less<>> dossier_entries;
    std::map<std::string, DossierRequest, std::less<>> dossier_requests;
    std::int64_t last_tiny_id = 0;
    std::int64_t last_entry = 0;
    std::int64_t commits = 0;

    // Found from the above.
    std::map<std::string, IncidentId, std::less<>> open_by_key;
    std::map<std::string, IncidentId, std::less<>> resolved_by_key;  ///< The one that was resolved last.
    std::set<PageId> pending;
    std::set<PageId> digested;
    std::map<std::string, std::vector<PageId>, std::less<>> digests;  ///< By name: its own pages, and all that it ever held.

    /// Which store is between lock() and commit().
    const void* locked_by = nullptr;
};

/// One connection to a FakeDatabase. All of one database are used from one thread.
class FakeStore final : public Store, public StoreReader {
public:
    /// A database of its own.
    FakeStore();
    explicit FakeStore(std::shared_ptr<FakeDatabase> database);
    FakeStore(const FakeStore&) = delete;
    FakeStore& operator=(const FakeStore&) = delete;
    /// A transaction that is under way is rolled back.
    ~FakeStore() override;

    [[nodiscard]] const std::shared_ptr<FakeDatabase>& database() const { return database_; }

    /// The next so many commits fail with Unavailable, and nothing of them happens.
    void refuse_next_commits(int count) { refusals_left_ = count; }
    /// Asked at every commit, lock, claim and reservation of ids: true makes it fail with Unavailable.
    void refuse_when(std::function<bool()> refuses) { refuses_ = std::move(refuses); }

    /// Fails with Unavailable at once, instead of waiting, while another store of the database has a transaction.
    [[nodiscard]] Result<Locked> lock(std::span<const IncidentRef> refs) override;
    [[nodiscard]] Result<void> commit(const Writes& writes) override;
    void roll_back() override;
    [[nodiscard]] Result<std::vector<Incident>> open_of_service(std::string_view service) override;
    [[nodiscard]] Result<std::vector<Member>> firing_members(IncidentId id) override;
    [[nodiscard]] Result<std::int64_t> count_pagings(const PagingCount& of) override;
    [[nodiscard]] Result<std::string> open_digest(std::string_view person, TimePoint now) override;
    [[nodiscard]] Result<Ids> reserve_ids(const IdCounts& counts) override;
    [[nodiscard]] Result<std::vector<IncidentId>> claim_due_incidents(const Claim& claim) override;
    [[nodiscard]] Result<std::vector<Notification>> claim_due_pages(const Claim& claim) override;
    [[nodiscard]] Result<std::vector<std::string>> due_watches(TimePoint now) override;
    [[nodiscard]] Result<std::optional<TimePoint>> next_due() override;
    [[nodiscard]] Result<void> release_leases(std::string_view owner) override;
    [[nodiscard]] Result<Arrangements> arrangements(TimePoint now) override;
    [[nodiscard]] Result<Pruned> prune(const PruneLimits& limits) override;

    [[nodiscard]] Result<std::vector<Incident>> incidents(const IncidentFilter& filter) override;
    [[nodiscard]] Result<Incident> incident(IncidentId id) override;
    [[nodiscard]] Result<std::vector<TimelineEntry>> timeline(IncidentId id) override;
    [[nodiscard]] Result<std::vector<Page>> pages(IncidentId id) override;
    [[nodiscard]] Result<std::vector<Member>> members(IncidentId id) override;
    [[nodiscard]] Result<std::vector<Page>> digest(std::string_view name) override;
    [[nodiscard]] Result<std::vector<StoredAlert>> alerts(IncidentId id, std::size_t limit) override;
    [[nodiscard]] Result<std::vector<StoredAlert>> newest_alerts(std::size_t limit) override;
    [[nodiscard]] Result<std::vector<MadeOverride>> overrides(std::size_t limit) override;
    [[nodiscard]] Result<std::vector<MadeSilence>> silences(std::size_t limit) override;
    [[nodiscard]] Result<std::vector<IncidentCount>> open_counts() override;
    [[nodiscard]] Result<OutboxState> outbox(TimePoint now) override;
    [[nodiscard]] Result<std::vector<Watch>> watches() override;
    [[nodiscard]] Result<Past> past(const PastFilter& filter) override;
    [[nodiscard]] Result<KeyHistory> history(const KeyFilter& filter) override;
    [[nodiscard]] Result<std::vector<PastIncident>> drills(std::size_t limit) override;

private:
    [[nodiscard]] std::optional<Error> refusal();
    [[nodiscard]] Notification notification(const Page& page) const;

    std::shared_ptr<FakeDatabase> database_;
    int refusals_left_ = 0;
    std::function<bool()> refuses_;
};

}  // namespace tocsin
