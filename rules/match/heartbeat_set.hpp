// Heartbeats, ready to be asked: which of them an alert is a beat of.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/model/fields.hpp"
#include "rules/match/expression.hpp"

namespace tocsin::match {

/// A heartbeat that alerts can beat.
struct HeartbeatSpec {
    std::string key;  ///< heartbeat_key()
    Expression match;
};

class HeartbeatSet {
public:
    HeartbeatSet();
    /// The specs must have been checked: a regex or prefix that does not compile aborts.
    explicit HeartbeatSet(std::vector<HeartbeatSpec> heartbeats);
    ~HeartbeatSet();
    HeartbeatSet(HeartbeatSet&&) noexcept;
    HeartbeatSet& operator=(HeartbeatSet&&) noexcept;

    /// Their keys. Costs nothing where the rulebook has none. Thread-safe.
    [[nodiscard]] std::vector<std::string> beats(const Fields& fields) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace tocsin::match
