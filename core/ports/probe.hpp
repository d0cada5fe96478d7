// What the runtime lets be seen of itself; the daemon turns it into metrics and log lines. Called on the engine thread and on the
// io thread: implementations are thread-safe and quick.
#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "core/base/result.hpp"
#include "core/model/incident.hpp"

namespace tocsin {

class Probe {
public:
    virtual ~Probe() = default;

    /// A batch of `messages` was committed; `took` is the store's part of it.
    virtual void committed(std::size_t messages, std::chrono::nanoseconds took) = 0;
    /// The store refused; every sender of the batch was told to come again.
    virtual void commit_failed(std::size_t messages, const Error& error) = 0;
    /// One entry was committed to a timeline.
    virtual void happened(const TimelineEntry& entry, const Incident& incident) = 0;
    /// An attempt to send a page ended. `since_decided` is from the commit of the page to now.
    virtual void page_attempted(const Page& page, const Result<void>& outcome, std::chrono::milliseconds since_decided) = 0;
    virtual void mailbox_depth(std::size_t messages) = 0;
};

}  // namespace tocsin
