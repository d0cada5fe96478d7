// How a page leaves the house.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/incident.hpp"

namespace tocsin {

/// A page and what it is about, as committed. The incident is an empty one if the page is about a topic of its own.
struct Notification {
    Page page;
    Incident incident;             ///< Of a digest: the words for all of it (core/engine/digest.hpp); its id is not set.
    std::vector<HeldPage> held{};  ///< Of a digest: what it stands for, in the order in which it was decided.
};

/// A provider's word that it has the page.
struct Receipt {
    std::string reference;  ///< The provider's own id for it, or empty.
};

class Notifier {
public:
    using OnOutcome = std::function<void(Result<Receipt>)>;

    virtual ~Notifier() = default;
    /// Hands the page to `page.channel`, once, without retries: the engine decides those by the error's Retry. Calls `on_outcome`
    /// exactly once, on the thread that called send() or later on the same loop, by `deadline` at the latest. A channel that does
    /// not exist is an error like any other (NotFound, never retried).
    virtual void send(Notification notification, Deadline deadline, OnOutcome on_outcome) = 0;
};

}  // namespace tocsin
