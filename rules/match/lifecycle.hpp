// How an incident lives, out of what several rules say of it.
#pragma once

#include "core/model/lifecycle.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::match {

/// Takes what a later rule says over what earlier ones said.
void take(LifecycleSpec& decided, const LifecycleSpec& later);
/// With the defaults where no rule said anything.
[[nodiscard]] Lifecycle lifecycle_of(const LifecycleSpec& decided);

}  // namespace tocsin::match
