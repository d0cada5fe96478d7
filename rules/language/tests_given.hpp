// What a rulebook test gives: alerts, answers and silences in the order of time.
#pragma once

#include <optional>
#include <vector>

#include "core/base/time.hpp"
#include "rules/language/written.hpp"
#include "rules/yaml/cursor.hpp"

namespace tocsin::language {

/// Of one test, item by item in the order in which they are written.
class GivenDecoder {
public:
    explicit GivenDecoder(std::vector<WrittenGiven>& given) : given_(given) {}

    void decode(const yaml::Cursor& item);

private:
    void decode_at(const yaml::Cursor& value, WrittenGiven& given);
    void decode_alert(const yaml::Record& record, WrittenGiven& given);
    void decode_alert_names(const yaml::Record& record, WrittenGiven& given) const;
    /// The name of an alert above; empty if there is none, which is reported.
    [[nodiscard]] std::string known_alert(const Name& name) const;

    std::vector<WrittenGiven>& given_;
    std::vector<yaml::NamedPlace> alerts_;  ///< Those that have a name.
    std::optional<TimePoint> first_alert_;
    std::optional<TimePoint> last_;
};

}  // namespace tocsin::language
