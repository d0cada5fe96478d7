#include "rules/language/warnings.hpp"

#include <algorithm>

namespace tocsin::language {

std::string_view to_string(Warning warning) {
    switch (warning) {
        case Warning::ImpossibleMatch: return "impossible-match";
        case Warning::ShadowedRule: return "shadowed-rule";
        case Warning::NoCatchAll: return "no-catch-all";
        case Warning::IdleContinue: return "idle-continue";
        case Warning::UntoldNotice: return "untold-notice";
        case Warning::AlwaysTrueRegex: return "always-true-regex";
        case Warning::EmptyField: return "empty-field";
        case Warning::UnusedPerson: return "unused-person";
        case Warning::UnusedContact: return "unused-contact";
        case Warning::UnusedSchedule: return "unused-schedule";
        case Warning::UnusedEscalation: return "unused-escalation";
        case Warning::UnusedService: return "unused-service";
        case Warning::PersonWithoutContact: return "person-without-contact";
        case Warning::PersonWithoutPaged: return "person-without-paged";
        case Warning::ContactTwice: return "contact-twice";
        case Warning::QuietWithoutZone: return "quiet-without-zone";
        case Warning::ServiceWithoutEscalation: return "service-without-escalation";
        case Warning::FirstStepGap: return "first-step-gap";
        case Warning::StepWithoutAnybody: return "step-without-anybody";
        case Warning::TooManyAcknowledgements: return "too-many-acknowledgements";
        case Warning::IdleHandOver: return "idle-hand-over";
        case Warning::SilenceOver: return "silence-over";
        case Warning::SilenceTooBroad: return "silence-too-broad";
        case Warning::SilenceTooLong: return "silence-too-long";
        case Warning::FixedZone: return yaml::kFixedZone;
        case Warning::ShadowedMapping: return "shadowed-mapping";
        case Warning::ConstantKey: return "constant-key";
        case Warning::ForeignTemplate: return "foreign-template";
        case Warning::OperatorInText: return "operator-in-text";
        case Warning::SplitWindow: return "split-window";
        case Warning::UnusedWaiver: return "unused-waiver";
    }
    return "";
}

const std::array<Warning, kWarningCount>& warnings() {
    static const auto kAll = [] {
        std::array<Warning, kWarningCount> all{};
        for (std::size_t i = 0; i < all.size(); ++i) all.at(i) = static_cast<Warning>(i);
        return all;
    }();
    return kAll;
}

std::optional<Warning> parse_warning(std::string_view code) {
    const auto& all = warnings();
    const auto* found = std::find_if(all.begin(), all.end(), [code](Warning warning) { return to_string(warning) == code; });
    if (found == all.end()) return {};
    return *found;
}

yaml::Diagnostic& warn(const yaml::Cursor& at, Warning warning, std::string message) {
    auto& diagnostic = at.warning(std::move(message));
    diagnostic.code = to_string(warning);
    return diagnostic;
}

}  // namespace tocsin::language
