// What the endpoints need of the daemon: references and a few functions, wired up in daemon/app.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/rng.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/contact_book.hpp"
#include "core/ports/key_book.hpp"
#include "core/ports/store.hpp"
#include "core/runtime/mailbox.hpp"
#include "daemon/api/key_ring.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/observe/metrics.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::api {

/// What came of a reload.
struct ReloadOutcome {
    enum class Result : std::uint8_t { Loaded, Partial, Refused };
    Result result = Result::Refused;
    std::string hash;                ///< Of the rulebook in force after it.
    std::string diagnostics;         ///< Rendered: what is wrong on disk, or the warnings of a loaded one.
    std::string summary;             ///< "2 errors, 1 warning"
    std::vector<std::string> stale;  ///< Files with mistakes, which are not in force as they are on disk.
};

/// The rulebook in force, file by file, beside what is on disk.
struct RulebookStatus {
    enum class FileState : std::uint8_t {
        Current,
        Stale,    ///< Not in force as it is on disk.
        LeftOut,  ///< Not in force at all.
    };
    struct File {
        std::string path;
        std::string hash;  ///< Of what is in force; empty if nothing is.
        FileState state = FileState::Current;
        std::string problems;  ///< What is wrong with it on disk, rendered.
    };
    /// A calendar that is fetched.
    struct Calendar {
        std::string name;      ///< Of its address, without the path.
        TimePoint fetched_at;  ///< What is in force; the epoch: never.
        std::string problem;   ///< Why the last attempt gave nothing; empty: it did.
    };
    TimePoint loaded_at;
    std::vector<File> files;
    std::vector<Calendar> calendars;
    TimePoint last_reload_at;
    ReloadOutcome last_reload;
};

/// The most that one answer lists.
constexpr std::size_t kListMax = 1'000;

/// A contact, and the code that somebody gives back for it; without one a new code is sent over it.
struct ContactProof {
    std::string person;
    std::string contact;
    std::string code;
};

/// Home: the io thread. Everything referred to outlives the endpoints.
struct Services {
    const config::Settings& settings;
    const Clock& clock;
    Rng& rng;
    runtime::Mailbox& mailbox;
    StoreReader& reader;        ///< Only inside run_blocking().
    ContactBook& contact_book;  ///< The same.
    KeyBook& key_book;          ///< The same.
    KeyRing& keys;
    observe::Metrics& metrics;
    std::function<std::shared_ptr<const Rulebook>()> rulebook;
    std::function<RulebookStatus()> rulebook_status;
    /// Runs `work` on the blocking thread, then `done` on the io thread.
    std::function<void(std::function<void()> work, std::function<void()> done)> run_blocking;
    /// `done` is called once, on the io thread, with why it did not work.
    std::function<void(const ContactProof&, std::function<void(Result<void>)> done)> verify;
    /// Reads, compiles and swaps the rulebook off the io thread; `done` is called on it.
    std::function<void(std::function<void(ReloadOutcome)> done)> reload;
    /// Whether a sender may be told at this URL: Refused or Invalid with what to do.
    std::function<Result<void>(const std::string& url)> check_reply;
    /// Whether alerts can be accepted: running, not stopping, and the last commit went well.
    std::function<bool()> is_ready;
};

}  // namespace tocsin::api
