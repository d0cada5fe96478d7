// A walk through a schedule from change to change: what on_call(), next_change() and shifts() share.
#pragma once

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

/// Who a layer (or the overrides) name, and until when they surely go on to. A default one has run out.
struct Stretch {
    const std::string* person = nullptr;  ///< Null: nobody.
    TimePoint until = TimePoint::min();
};

/// `turn` is the layer's turn, kept between calls: it is looked up again only if it does not hold at `t` any more, so a caller
/// that keeps one must not go back in time with it.
[[nodiscard]] Stretch stretch_of(const Layer& layer, const Zone& zone, const Zone::Period& period, TimePoint t, Turn& turn);
[[nodiscard]] Stretch stretch_of(const std::vector<Override>& overrides, TimePoint t);

/// Who is on call at now(), and for how long; advance() goes to the next instant at which that may change. The schedule must
/// outlive it. Each layer is asked again only when what it said has run out, which is what makes a year cheap.
class Walk {
public:
    Walk(const Schedule& schedule, TimePoint start);

    /// Null: nobody.
    [[nodiscard]] const std::string* person() const { return person_; }
    /// The layer's name, or "override"; meaningless where there is nobody.
    [[nodiscard]] const std::string& by() const { return *by_; }
    [[nodiscard]] TimePoint now() const { return now_; }
    /// Nothing changes in [now, until); kNever if nothing ever does.
    [[nodiscard]] TimePoint until() const { return until_; }
    void advance();

private:
    void look();

    const Schedule& schedule_;
    TimePoint now_;
    Zone::Period period_;
    Stretch overrides_;
    struct LayerState {
        Stretch stretch;
        Turn turn;
    };
    std::vector<LayerState> layers_;  ///< As schedule_.layers.
    const std::string* person_ = nullptr;
    const std::string* by_;
    TimePoint until_;
};

}  // namespace tocsin::oncall
