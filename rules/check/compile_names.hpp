// Names that one part of a rulebook declares and others use.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/language/written.hpp"
#include "rules/yaml/cursor.hpp"

namespace tocsin::check {

/// The names of one kind, and where each is declared.
class NameTable {
public:
    /// `what` is the word for one of them: "escalation".
    explicit NameTable(std::string what) : what_(std::move(what)) {}

    void add(const language::Name& name) { declared_.try_emplace(name.text, name.at); }
    [[nodiscard]] bool has(std::string_view name) const { return declared_.contains(name); }
    /// Where it is declared; it must be.
    [[nodiscard]] yaml::Place place(std::string_view name) const { return declared_.find(name)->second.place(); }
    /// False, and an error with the nearest name, if there is none such.
    bool require(const language::Name& used) const;
    void add_places(std::vector<yaml::NamedPlace>& to) const;

private:
    std::string what_;
    std::map<std::string, yaml::Cursor, std::less<>> declared_;
};

/// The names of a whole rulebook.
struct Names {
    explicit Names(const language::Written& written);

    NameTable people{"person"};
    NameTable schedules{"schedule"};
    NameTable escalations{"escalation"};
    NameTable services{"service"};
    NameTable rules{"rule"};
    NameTable silences{"silence"};
};

/// Reports a name that is not among those of the daemon's settings, which have no place.
void report_unknown(const yaml::Cursor& at, std::string_view what, std::string_view name, const std::vector<std::string>& known);

}  // namespace tocsin::check
