#include "tests/support/rulebooks.hpp"

#include <fmt/format.h>

namespace tocsin::test {
namespace {

constexpr const char* kTemplate = R"(people:
  ana:
    name: Ana
    time_zone: UTC
    contacts: {{ push: {{ hook: ana }} }}
    paged: [ {{ via: push }} ]
  ben:
    name: Ben
    time_zone: UTC
    contacts: {{ push: {{ hook: ben }} }}
    paged: [ {{ via: push }} ]
  meg:
    name: Meg
    time_zone: UTC
    contacts: {{ push: {{ hook: meg }} }}
    paged: [ {{ via: push }} ]

schedules:
  primary:
    title: Primary
    time_zone: UTC
    layers: [ {{ name: always, people: [ana] }} ]
  secondary:
    title: Secondary
    time_zone: UTC
    layers: [ {{ name: always, people: [ben] }} ]

escalations:
  site:
    steps:
      - page: primary
      - {{ after: {0}, page: secondary }}
    repeat: 0
    fallback: meg

services:
  site: {{ title: The site, team: web, escalation: site }}

rules:
  - name: everything
    service: site
)";

constexpr const char* kLoud = R"(    severity: high
    urgency: page
)";

}  // namespace

Rulebook Rulebook::tiny() { return escalating_after("5m"); }

Rulebook Rulebook::escalating_after(const std::string& wait) { return {fmt::format(kTemplate, wait) + kLoud}; }

Rulebook Rulebook::as_sent() { return {fmt::format(kTemplate, "5m")}; }

}  // namespace tocsin::test
