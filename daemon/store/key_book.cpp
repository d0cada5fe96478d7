#include "daemon/store/key_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/store/in_turn.hpp"
#include "daemon/store/rows.hpp"

namespace tocsin::store {
namespace {

constexpr std::string_view kKeyColumns = "id, hash, source, name, endpoints, made_by, created_at, last_used_at, revoked_at";

std::string endpoints_text(const SourceKey& key) {
    std::string text;
    for (const auto endpoint : key.endpoints) text += fmt::format("{}{}", text.empty() ? "" : " ", to_string(endpoint));
    return text;
}

/// A word that a later tocsin wrote is left out, and the key is good for the others.
std::vector<Endpoint> endpoints_in(std::string_view text) {
    std::vector<Endpoint> endpoints;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (const auto endpoint = parse_endpoint(text.substr(0, end))) endpoints.push_back(*endpoint);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return endpoints;
}

SourceKey read_key(Statement& row) {
    SourceKey key;
    key.id = row.take_text();
    key.hash = row.take_text();
    key.source = row.take_text();
    key.name = row.take_text();
    key.endpoints = endpoints_in(row.take_view());
    key.made_by = row.take_text();
    key.created_at = row.take_time();
    key.last_used_at = row.take_optional_time();
    key.revoked_at = row.take_optional_time();
    return key;
}

/// Rarely asked: statements are prepared for each call.
class SqliteKeyBook final : public KeyBook {
public:
    explicit SqliteKeyBook(std::shared_ptr<SqliteDatabase> database) : database_(std::move(database)) {}

    Result<std::vector<SourceKey>> keys() override {
        return in_turn(*database_, this, "reading the keys of sources", [this] { return read_all(); });
    }

    Result<void> keep(const SourceKey& key) override {
        return in_turn(*database_, this, "keeping a key of a source", [&] { return write(key); });
    }

    Result<void> note_uses(std::span<const KeyUse> uses) override {
        return in_turn(*database_, this, "noting when keys were used", [&] { return write_uses(uses); });
    }

private:
    Result<std::vector<SourceKey>> read_all() {
        auto rows = database_->connection().prepare(
            fmt::format("SELECT {} FROM source_key ORDER BY source, created_at, id", kKeyColumns));
        if (!rows) return rows.error();
        std::vector<SourceKey> all;
        while (true) {
            auto row = rows->step();
            if (!row) return row.error();
            if (!*row) return all;
            all.push_back(read_key(*rows));
        }
    }

    Result<void> write(const SourceKey& key) {
        auto row = database_->connection().prepare(
            fmt::format("INSERT OR REPLACE INTO source_key ({}) VALUES ({})", kKeyColumns, placeholders(kKeyColumns)));
        if (!row) return row.error();
        row->put(key.id).put(key.hash).put(key.source).put(key.name).put_copy(endpoints_text(key)).put(key.made_by);
        return row->put(key.created_at).put(key.last_used_at).put(key.revoked_at).run();
    }

    Result<void> write_uses(std::span<const KeyUse> uses) {
        auto& connection = database_->connection();
        auto row = connection.prepare("UPDATE source_key SET last_used_at = ? WHERE id = ?");
        if (!row) return row.error();
        if (auto begun = connection.execute("BEGIN IMMEDIATE"); !begun) return begun;
        for (const auto& use : uses) {
            const auto written = row->reset().put(use.at).put(use.id).run();
            if (written) continue;
            (void)connection.execute("ROLLBACK");  // It may have been rolled back already; the error says what happened.
            return written;
        }
        return connection.execute("COMMIT");
    }

    std::shared_ptr<SqliteDatabase> database_;
};

}  // namespace

std::unique_ptr<KeyBook> key_book(const SqliteStores& stores) { return std::make_unique<SqliteKeyBook>(stores.database); }

}  // namespace tocsin::store
