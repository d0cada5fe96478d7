// The calendars at an address that a rulebook names: fetched now and then, kept in the data directory, and handed to the compiler
// as texts, so that a rulebook compiles without the network.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "daemon/api/services.hpp"
#include "daemon/app/calendar_copies.hpp"
#include "daemon/app/worker.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/observe/metrics.hpp"

namespace tocsin::app {

class Calendars {
public:
    struct Outside {
        std::function<void(Duration delay, std::function<void()> what)> after;
        std::function<void(std::function<void()>)> post;
        /// A calendar says something else than when the rulebook was read.
        std::function<void()> on_change;
    };
    /// All must outlive it.
    Calendars(const config::Settings& settings, observe::Metrics& metrics, const Clock& clock, Outside outside);

    // Of the thread that loads rulebooks.
    void begin_load();
    /// What the address last gave. It is fetched if that is known of no life before; the error says what to do.
    [[nodiscard]] Result<std::string> read(const std::string& address);
    /// Those that were not asked for in a load that went well are not fetched any more.
    enum class Load : std::uint8_t { WentWell, WasNotTaken };
    void end_load(Load how);

    /// Home of these two: the io thread.
    void begin();
    /// Waits for the calendar that is being fetched.
    void stop();

    /// From any thread.
    [[nodiscard]] std::vector<api::RulebookStatus::Calendar> status() const;

private:
    struct State {
        TimePoint fetched_at{};
        std::string problem{};  ///< Why the last fetch gave nothing; empty: it did.
    };
    [[nodiscard]] Result<std::string> fetch_calendar(const std::string& address) const;
    /// Fetches and keeps it; on trouble what was kept stays so. Whether the text is another.
    [[nodiscard]] bool refresh(const std::string& address);
    [[nodiscard]] std::vector<std::string> wanted() const;
    void refresh_all();
    void again();
    void show() const;

    const config::Settings& settings_;
    observe::Metrics& metrics_;
    const Clock& clock_;
    const Outside outside_;
    const CalendarCopies copies_;
    std::set<std::string> asked_;  ///< In this load; of its thread.
    std::mutex refreshing_;        ///< Held for as long as a calendar is fetched and kept; taken before mutex_.
    std::atomic<bool> is_stopping_ = false;
    mutable std::mutex mutex_;
    std::map<std::string, State> states_;  ///< Of those that are wanted; under the mutex.
    std::unique_ptr<Worker> worker_;       ///< Null before begin(). Last: it uses all of the above.
};

}  // namespace tocsin::app
