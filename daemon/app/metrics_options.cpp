#include "daemon/app/metrics_options.hpp"

#include "core/engine/triage.hpp"
#include "daemon/app/channels.hpp"

namespace tocsin::app {

observe::MetricsOptions metrics_options(const config::Settings& settings, const char* version) {
    observe::MetricsOptions options{version, {}, {}};
    for (const auto& [name, source] : settings.sources) options.sources.push_back(name);
    for (const auto& [name, channel] : settings.channels) options.channels.push_back(name);
    if (!two_way_of(settings).sources.empty()) options.channels.emplace_back(engine::kRelayChannel);
    options.channels.emplace_back(engine::kReplyChannel);
    return options;
}

}  // namespace tocsin::app
