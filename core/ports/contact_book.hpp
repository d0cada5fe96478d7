// What is needed of a database to know which contacts are verified.
#pragma once

#include <vector>

#include "core/base/result.hpp"
#include "core/model/verification.hpp"

namespace tocsin {

/// Called from one thread, which may block. Each call is a transaction of its own.
class ContactBook {
public:
    virtual ~ContactBook() = default;

    /// All that is kept, by person and contact.
    [[nodiscard]] virtual Result<std::vector<Verification>> verifications() = 0;
    /// In place of what is kept of the same contact of the same person. Durable when it returns without error.
    [[nodiscard]] virtual Result<void> keep(const Verification& verification) = 0;
};

}  // namespace tocsin
