// The engine loop: takes what waits in the mailbox, steps the engine over it, commits once, then answers and hands out the pages.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/rng.hpp"
#include "core/engine/relay.hpp"
#include "core/model/alert.hpp"
#include "core/model/roster.hpp"
#include "core/model/verdict.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/probe.hpp"
#include "core/ports/store.hpp"
#include "core/runtime/mailbox.hpp"

namespace tocsin::runtime {

/// Where committed pages go. Implemented by Outbox.
class PageSink {
public:
    virtual ~PageSink() = default;
    /// From the engine thread, in the order of the commits. `pages` are under our lease; those of `overtaken` that have not left
    /// yet are to be dropped.
    virtual void take(std::vector<Notification> pages, std::vector<Overtaken> overtaken) = 0;
};

struct EngineLoopOptions {
    std::string node = "tocsin";  ///< The lease owner: one process of this name at a time.
    std::uint64_t seed = 0;
    /// Told, on the engine thread and before anybody is answered, what is arranged from now on: at start() and whenever it has
    /// changed. The roster in force and the silences are to follow at once. May be empty.
    std::function<void(std::shared_ptr<const Arrangements>)> on_arranged{};
    /// What the silences in force say of a heartbeat that is missing. May be empty: none is silenced.
    std::function<std::optional<Silencing>(const Alert&, const Verdict&, TimePoint)> silencing{};
    engine::TwoWay two_way{};  ///< None: nobody is told what is done here.
};

/// Home: the engine thread, but for mailbox().
class EngineLoop {
public:
    /// The roster in force, asked once per batch.
    using CurrentRoster = std::function<std::shared_ptr<const Roster>()>;
    /// Runs a function on the io thread (or at once, in a simulation).
    using Post = std::function<void(std::function<void()>)>;

    EngineLoop(Store& store, PageSink& sink, Probe& probe, const Clock& clock, CurrentRoster roster, Post post,
               EngineLoopOptions options);
    ~EngineLoop();

    [[nodiscard]] Mailbox& mailbox();

    /// Gives back the leases of an earlier life, and learns what is arranged. Before the first turn.
    [[nodiscard]] Result<void> start();
    /// Turns until the mailbox is closed and empty.
    void run();
    /// One turn: waits for messages (no longer than until something is due), then one batch. False once the mailbox is closed and
    /// empty.
    bool turn();
    /// One turn without waiting, for simulations: true if it did anything.
    bool turn_now();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::runtime
