// The part of a batch that is about dossiers.
#pragma once

#include "core/ports/store.hpp"
#include "daemon/store/sqlite.hpp"

namespace tocsin::store {

/// Within the batch's transaction.
class DossierWriter {
public:
    DossierWriter() = default;
    explicit DossierWriter(Preparer& prepared);

    /// What became of requests is kept for a day: clients ask within seconds.
    [[nodiscard]] Result<void> write(const Writes& writes);

private:
    Statement put_dossier_;
    Statement put_entry_;
    Statement put_request_;
    Statement forget_requests_;
};

}  // namespace tocsin::store
