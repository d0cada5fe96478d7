// What is needed of a database to know the keys of sources.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/source_key.hpp"

namespace tocsin {

struct KeyUse {
    std::string id;
    TimePoint at;
};

/// Called from one thread, which may block. Each call is a transaction of its own.
class KeyBook {
public:
    virtual ~KeyBook() = default;

    /// All that are kept, revoked ones too, by source and the time of making.
    [[nodiscard]] virtual Result<std::vector<SourceKey>> keys() = 0;
    /// In place of what is kept under the same id. Durable when it returns without error.
    [[nodiscard]] virtual Result<void> keep(const SourceKey& key) = 0;
    /// When keys were last used. Unknown ids are left out.
    [[nodiscard]] virtual Result<void> note_uses(std::span<const KeyUse> uses) = 0;
};

}  // namespace tocsin
