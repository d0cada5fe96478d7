// SQLite's C interface behind Result. Which failures may pass, and what to do about them, is decided in to_error().
#include "daemon/store/sqlite.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace tocsin::store {
namespace {

constexpr Duration kRetryAfter = std::chrono::seconds{1};

struct Advice {
    Errc code = Errc::Internal;
    std::string_view what_to_do;
};

Advice advice(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL: return {Errc::Unavailable, "make room on its disk"};
        case SQLITE_READONLY: return {Errc::Unavailable, "make the file, its directory and its disk writable"};
        case SQLITE_CANTOPEN:
            return {Errc::Unavailable, "see that its directory exists and that this user may read and write in it"};
        case SQLITE_PERM: return {Errc::Unavailable, "see that this user may read and write it"};
        case SQLITE_IOERR: return {Errc::Unavailable, "see whether its disk is full or failing"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return {Errc::Unavailable, "another program holds it locked (a backup, or an open sqlite3 shell)"};
        case SQLITE_NOMEM: return {Errc::Unavailable, "there is not enough memory"};
        case SQLITE_CORRUPT:
            return {Errc::Internal, "the file is damaged: restore it from a backup, or move it away to begin anew"};
        case SQLITE_NOTADB: return {Errc::Internal, "this is not a database file: name another file, or move this one away"};
        default: return {Errc::Internal, "this is a bug in tocsin"};
    }
}

Error to_error(sqlite3* handle, int code, const std::string& file) {
    const auto [errc, what_to_do] = advice(code);
    const char* text = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    auto message = fmt::format("{}: {} (SQLite {}); {}", file, text, code, what_to_do);
    return {errc, std::move(message), errc == Errc::Unavailable ? Retry::after(kRetryAfter) : Retry::never()};
}

/// SQLite would make it readable by everybody; its log and index files take after it.
void make_private_file(const std::string& file) {
    const int made = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0) ::close(made);
}

/// Nobody asks SQLite how much memory it uses, and counting takes a lock at every allocation. Once, before anything else.
void stop_counting_memory() {
    static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)done;  // It fails if the process has used SQLite already: then it counts.
}

int remember_wal_pages(void* pages, sqlite3* /*handle*/, const char* /*database*/, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

Statement::Statement(sqlite3_stmt* handle, const std::string* file) : handle_(handle), file_(file) {}

Statement& Statement::reset() {
    sqlite3_reset(handle_.get());
    parameter_ = 0;
    return *this;
}

Statement& Statement::put(std::int64_t value) {
    sqlite3_bind_int64(handle_.get(), ++parameter_, value);
    return *this;
}

Statement& Statement::put(std::string_view text) {
    // A null pointer would be bound as NULL, and no text of ours is.
    const char* data = text.data() != nullptr ? text.data() : "";
    sqlite3_bind_text64(handle_.get(), ++parameter_, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement& Statement::put_copy(std::string_view text) {
    // SQLITE_TRANSIENT is a cast that the warnings forbid.
    if (text.empty()) return put(text);
    auto* copy = static_cast<char*>(sqlite3_malloc64(text.size()));
    if (copy == nullptr) return put_null();
    std::copy(text.begin(), text.end(), copy);
    sqlite3_bind_text64(handle_.get(), ++parameter_, copy, text.size(), &sqlite3_free, SQLITE_UTF8);
    return *this;
}

Statement& Statement::put(std::optional<TimePoint> at) { return at ? put(*at) : put_null(); }

Statement& Statement::put_null() {
    sqlite3_bind_null(handle_.get(), ++parameter_);
    return *this;
}

Result<void> Statement::run() {
    while (true) {
        auto row = step();
        if (!row) return row.error();
        if (!*row) return {};
    }
}

Result<bool> Statement::step() {
    column_ = 0;
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(handle_.get());
        return false;
    }
    auto* connection = sqlite3_db_handle(handle_.get());
    auto error = to_error(connection, sqlite3_extended_errcode(connection), *file_);
    sqlite3_reset(handle_.get());
    return error;
}

std::int64_t Statement::changes() const { return sqlite3_changes64(sqlite3_db_handle(handle_.get())); }

std::int64_t Statement::take_int() { return sqlite3_column_int64(handle_.get(), column_++); }

std::string_view Statement::take_view() {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column_));
    ++column_;
    return text != nullptr ? std::string_view(text, size) : std::string_view();
}

std::optional<TimePoint> Statement::take_optional_time() {
    if (sqlite3_column_type(handle_.get(), column_) != SQLITE_NULL) return take_time();
    ++column_;
    return {};
}

void Connection::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Connection::Connection(sqlite3* handle, const std::string& file)
    : file_(std::make_unique<const std::string>(file)), wal_pages_(std::make_unique<int>(0)), handle_(handle) {
    // In place of SQLite's own, which would checkpoint; so `PRAGMA wal_autocheckpoint` must not be used: it takes this one away.
    sqlite3_wal_hook(handle, remember_wal_pages, wal_pages_.get());
}

Result<Connection> Connection::open(const std::string& file, Mode mode, Duration busy_timeout) {
    stop_counting_memory();
    if (mode == Mode::ReadWrite) make_private_file(file);
    const int flags = SQLITE_OPEN_NOMUTEX | (mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    if (code != SQLITE_OK) {
        auto error = to_error(handle, code, file);
        sqlite3_close_v2(handle);
        return error.in("opening the database");
    }
    sqlite3_busy_timeout(handle, static_cast<int>(busy_timeout.count()));
    return Connection(handle, file);
}

Result<void> Connection::execute(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return to_error(handle_.get(), sqlite3_extended_errcode(handle_.get()), *file_);
    return {};
}

Result<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK) return to_error(handle_.get(), code, *file_).in(fmt::format("preparing \"{}\"", sql));
    return Statement(statement, file_.get());
}

Result<std::int64_t> Connection::number(std::string_view sql) {
    auto statement = prepare(sql);
    if (!statement) return statement.error();
    auto row = statement->step();
    if (!row) return row.error();
    return *row ? statement->take_int() : 0;
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

Result<int> Connection::checkpoint(Checkpoint kind) {
    const int mode = kind == Checkpoint::Passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_RESTART;
    int in_log = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, mode, &in_log, &copied);
    if (code != SQLITE_OK && code != SQLITE_BUSY) {
        return to_error(handle_.get(), code, *file_).in("copying the write-ahead log into the database");
    }
    return in_log;
}

Statement Preparer::operator()(std::string_view sql) {
    auto statement = connection_.prepare(sql);
    if (statement) return std::move(*statement);
    if (!error_) error_ = statement.error();
    return {};
}

Result<void> Preparer::result() const {
    if (error_) return *error_;
    return {};
}

}  // namespace tocsin::store
