// What is told of shifts and of silences that end soon: looks again and again whether somebody is to be told, reads what the
// summary needs, and puts the pages into the engine's mailbox, which tells each once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "core/engine/shift_notice.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/store.hpp"
#include "core/runtime/arrange_message.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::app {

/// Home: the io thread.
class Notices {
public:
    struct Outside {
        const Clock& clock;
        StoreReader& reader;   ///< Only inside run_blocking().
        Duration told_before;  ///< Of a silence's end; zero: never.
        std::function<std::shared_ptr<const Rulebook>()> rulebook;
        std::function<std::shared_ptr<const Arrangements>()> arrangements;
        std::function<void(Duration, std::function<void()>)> after;
        std::function<void(std::function<void()> work, std::function<void()> done)> run_blocking;
        std::function<void(runtime::ArrangeMessage)> send;
    };
    explicit Notices(Outside outside) : outside_(std::move(outside)) {}

    /// Now, and from now on whenever something is due.
    void look();

private:
    void tell_of_silences(const Roster& roster, const Arrangements& arrangements, TimePoint now);
    void tell_of_shifts(std::vector<engine::ShiftChange> changes, TimePoint now);
    void look_again(TimePoint now);

    Outside outside_;
    bool is_reading_ = false;
    std::uint64_t looks_ = 0;  ///< A timer that is not the last one set does nothing.
};

}  // namespace tocsin::app
