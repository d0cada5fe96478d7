// A walk through a schedule from change to change: what on_call(), next_change() and shifts() share.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/base/zone.hpp"
#include "core/model/roster.hpp"
#include "core/model/window_state.hpp"
#include "core/oncall/rotation.hpp"

namespace tocsin::oncall {

/// Later than anything that a schedule knows of.
inline constexpr TimePoint kNever = TimePoint::max();

/// Who has a role, and by what: a layer's name, or "override". Both null: nobody.
struct Holder {
    const std::string* person = nullptr;
    const std::string* by = nullptr;
};

/// Who is in line in a layer, and until when that surely stays so. A default one has run out.
struct Line {
    const std::vector<std::string>* people = nullptr;  ///< Null: the layer holds nobody.
    std::size_t first = 0;                             ///< Whose turn it is; after the last comes the first again.
    TimePoint until = TimePoint::min();
};

/// The crew of a schedule at now(), and for how long; advance() goes to the next instant at which it may change. The schedule
/// must outlive it. Each layer is asked again only when what it said has run out, which is what makes a year cheap.
class Walk {
public:
    Walk(const Schedule& schedule, TimePoint start);

    [[nodiscard]] Holder primary() const { return primary_; }
    /// Never the primary.
    [[nodiscard]] Holder secondary() const { return secondary_; }
    /// Neither the primary nor the secondary, and none twice.
    [[nodiscard]] const std::vector<Holder>& shadows() const { return shadows_; }
    /// Those of one role: one, none, or several shadows.
    [[nodiscard]] std::span<const Holder> holders(Role role) const;
    [[nodiscard]] TimePoint now() const { return now_; }
    /// Nothing changes in [now, until); kNever if nothing ever does.
    [[nodiscard]] TimePoint until() const { return until_; }
    void advance();

private:
    struct LayerState {
        Line line;
        Turn turn;
        Zone::Period period{TimePoint::min(), TimePoint::min(), {}};  ///< Of the layer's own zone.
    };
    void look();
    void look_at_overrides();
    void look_at_vacations();
    [[nodiscard]] Line line_of(const Layer& layer, LayerState& state);
    [[nodiscard]] const Zone::Period& period_for(const Layer& layer, LayerState& state);
    [[nodiscard]] bool is_away(const std::string& person) const;
    /// The first in the line, or who stands in for them; null if it is a shift that nobody has or all are away.
    [[nodiscard]] const std::string* first_of(const Line& line) const;
    [[nodiscard]] Holder topmost(Role role) const;
    void choose_primary();
    void choose_secondary();
    void choose_shadows();
    void add_shadow(Holder holder);

    const Schedule& schedule_;
    TimePoint now_;
    Zone::Period period_;
    std::vector<LayerState> layers_;  ///< As schedule_.layers.

    Holder primary_override_;
    Holder secondary_override_;
    std::vector<Holder> shadow_overrides_;
    TimePoint overrides_until_ = TimePoint::min();
    std::vector<const std::string*> away_;
    TimePoint vacations_until_ = TimePoint::min();

    Holder primary_;
    const std::string* replaced_ = nullptr;  ///< Whom an override takes the place of.
    Holder secondary_;
    std::vector<Holder> shadows_;
    TimePoint until_;
};

}  // namespace tocsin::oncall
