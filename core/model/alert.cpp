#include "core/model/alert.hpp"

namespace tocsin {

std::string_view to_string(AlertAction action) {
    switch (action) {
        case AlertAction::Fire: return "fire";
        case AlertAction::Resolve: return "resolve";
        case AlertAction::Acknowledge: return "acknowledge";
        case AlertAction::Unacknowledge: return "unacknowledge";
        case AlertAction::Snooze: return "snooze";
        case AlertAction::EndSnooze: return "end_snooze";
        case AlertAction::Note: return "note";
        case AlertAction::Escalate: return "escalate";
        case AlertAction::Update: return "update";
        case AlertAction::Other: return "other";
    }
    return "other";
}

std::string_view status_of(AlertAction action) {
    switch (action) {
        case AlertAction::Resolve: return "resolved";
        case AlertAction::Acknowledge: return "acknowledged";
        case AlertAction::Snooze: return "snoozed";
        case AlertAction::Fire:
        case AlertAction::Unacknowledge:
        case AlertAction::EndSnooze:
        case AlertAction::Note:
        case AlertAction::Escalate:
        case AlertAction::Update:
        case AlertAction::Other: return "firing";
    }
    return "firing";
}

}  // namespace tocsin
