// What templates and incident keys are filled from: an alert's fields, with the service and the severity that the rules gave it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/fields.hpp"
#include "rules/match/rule_set.hpp"

namespace tocsin::match {

/// Both outlive it. `service` and `severity` stand before fields of these names; empty: not given.
struct NamedValues {
    const Fields& fields;
    std::string_view service;
    std::string_view severity;

    /// Calls visit(value) for each value of the path that is not null.
    template <class Visit>
    void for_each(std::string_view path, Visit visit) const {
        const auto given = path == "service" ? service : path == "severity" ? severity : std::string_view();
        if (!given.empty()) return visit(given);
        (void)fields.any_of(path, [&](std::string_view value, FieldType type) {
            if (type != FieldType::Null) visit(value);
            return false;
        });
    }
    /// Whether the path has a value that is neither null nor empty.
    [[nodiscard]] bool has_text(std::string_view path) const;
};

[[nodiscard]] Rendered render(const Template& text, const NamedValues& values);

}  // namespace tocsin::match
