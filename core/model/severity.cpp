#include "core/model/severity.hpp"

#include "core/base/text.hpp"

namespace tocsin {

std::string_view to_string(Severity severity) {
    switch (severity) {
        case Severity::Critical: return "critical";
        case Severity::High: return "high";
        case Severity::Moderate: return "moderate";
        case Severity::Low: return "low";
        case Severity::Info: return "info";
    }
    return "moderate";
}

std::string_view to_string(Urgency urgency) {
    switch (urgency) {
        case Urgency::Page: return "page";
        case Urgency::Notice: return "notice";
        case Urgency::Record: return "record";
    }
    return "page";
}

std::optional<Severity> parse_severity(std::string_view text) {
    if (text.size() == 2 && (text[0] == 'P' || text[0] == 'p') && text[1] >= '1' && text[1] <= '5') {
        return kSeverities[static_cast<std::size_t>(text[1] - '1')];
    }
    for (const auto severity : kSeverities) {
        if (equal_ignoring_case(text, to_string(severity))) return severity;
    }
    return {};
}

std::optional<Severity> severity_meant(std::string_view word) {
    struct Word {
        std::string_view name;
        Severity severity;
    };
    static constexpr std::array kWords{
        Word{"fatal", Severity::Critical},     Word{"emergency", Severity::Critical}, Word{"disaster", Severity::Critical},
        Word{"page", Severity::Critical},      Word{"major", Severity::High},         Word{"error", Severity::High},
        Word{"urgent", Severity::High},        Word{"minor", Severity::Moderate},     Word{"medium", Severity::Moderate},
        Word{"average", Severity::Moderate},   Word{"warning", Severity::Low},        Word{"warn", Severity::Low},
        Word{"informational", Severity::Info}, Word{"information", Severity::Info},   Word{"none", Severity::Info},
    };
    if (const auto severity = parse_severity(word)) return severity;
    for (const auto& known : kWords) {
        if (equal_ignoring_case(word, known.name)) return known.severity;
    }
    return {};
}

std::optional<Urgency> parse_urgency(std::string_view text) {
    for (const auto urgency : {Urgency::Page, Urgency::Notice, Urgency::Record}) {
        if (text == to_string(urgency)) return urgency;
    }
    return {};
}

Urgency default_urgency(Severity severity) {
    switch (severity) {
        case Severity::Critical:
        case Severity::High:
        case Severity::Moderate: return Urgency::Page;
        case Severity::Low: return Urgency::Notice;
        case Severity::Info: return Urgency::Record;
    }
    return Urgency::Page;
}

}  // namespace tocsin
