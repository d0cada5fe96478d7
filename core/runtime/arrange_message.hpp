// What people arrange at run time, on its way into the engine: overrides and silences made, ended and moved, and what is told
// once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/arrangements.hpp"
#include "core/model/incident.hpp"
#include "core/model/verdict.hpp"

namespace tocsin::runtime {

/// What the silences say of an open incident once the change has been made, judged by those who know its fields.
struct JudgedIncident {
    IncidentId id;
    /// How many it had when it was judged. If there are more by now, the judgement is void: it is not silenced by it, and no
    /// longer silenced if it was.
    std::int64_t alerts = 0;
    std::optional<Silencing> silencing;
};

/// All or none. Their ids, and when they were made, are set when they are.
struct MakeOverrides {
    std::vector<MadeOverride> overrides;
};
struct EndOverride {
    ArrangementId id;
    std::string by;
};
/// An empty name in what was judged stands for this silence, which has none yet.
struct MakeSilence {
    MadeSilence silence;
    std::vector<JudgedIncident> judged;
};
/// What it silences and what was not judged is paged for.
struct EndSilence {
    ArrangementId id;
    std::string name;  ///< MadeSilence::name() of that id.
    std::string by;
    std::vector<JudgedIncident> judged;
};
/// To a later end.
struct ExtendSilence {
    ArrangementId id;
    TimePoint until;
    std::string by;
    std::vector<JudgedIncident> judged;
};
/// Pages about no incident, unless this was told before.
struct Tell {
    Told told;
    std::vector<Page> pages;
};

struct ArrangeMessage {
    std::variant<MakeOverrides, EndOverride, MakeSilence, EndSilence, ExtendSilence, Tell> what;
};

}  // namespace tocsin::runtime
