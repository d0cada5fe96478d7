// A rulebook that is not in force as it is on disk is an alert like any other, of the source `tocsin`: its own rules say whom to
// tell, so that each team hears of its own file.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/ports/store.hpp"
#include "daemon/api/services.hpp"
#include "daemon/intake/own_alert.hpp"

namespace tocsin::app {

/// Home: the io thread.
class RulebookAlerts {
public:
    /// Puts an alert where those of the senders go.
    using Send = std::function<void(const intake::OwnAlert&)>;
    explicit RulebookAlerts(Send send) : send_(std::move(send)) {}

    /// What the last life said and did not take back, as the store has it.
    void remember(StoreReader& reader);
    /// After every reload: says what is wrong now and was not before, and what is right again.
    void tell(const api::RulebookStatus& status);

private:
    Send send_;
    std::map<std::string, std::string> told_;  ///< By file, empty for the whole: what is wrong.
};

}  // namespace tocsin::app
