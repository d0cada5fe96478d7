// An alert that is a set of labels, as Prometheus, Alertmanager and Grafana have it.
#pragma once

#include <string>
#include <string_view>

#include "core/model/alert.hpp"
#include "daemon/intake/json.hpp"

namespace tocsin::intake {

/// The fingerprint by which Prometheus and Alertmanager know a set of labels: 16 hexadecimal digits, whatever their order. Labels
/// without a value are none.
[[nodiscard]] std::string fingerprint_of(JsonView labels);

/// Something like it of an alert that has a key of another form.
[[nodiscard]] std::string fingerprint_of(std::string_view key);

/// `{status, labels, annotations, startsAt, endsAt, generatorURL, fingerprint}`. Resolved if its status says so, else firing; its
/// times are left to the caller.
[[nodiscard]] Alert labelled_alert(JsonView alert);

}  // namespace tocsin::intake
