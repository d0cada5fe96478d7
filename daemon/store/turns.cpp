// A mutex whose holder has a name, that can be waited for with a limit, and that knows one kind of precedence.
#include "daemon/store/turns.hpp"

#include "core/base/assert.hpp"

namespace tocsin::store {

Result<void> Turns::take(const void* who, Duration patience) {
    std::unique_lock lock(mutex_);
    TOCSIN_ASSERT(holder_ != who, "a store has one transaction at a time, and claims between them");
    if (!ended_.wait_for(lock, patience, [&] { return holder_ == nullptr && first_waiting_ == 0; })) {
        return Error{Errc::Unavailable, "another transaction is taking too long", Retry::now()};
    }
    holder_ = who;
    return {};
}

void Turns::take_first(const void* who) {
    std::unique_lock lock(mutex_);
    ++first_waiting_;
    ended_.wait(lock, [&] { return holder_ == nullptr; });
    --first_waiting_;
    holder_ = who;
}

void Turns::end() {
    {
        const std::lock_guard lock(mutex_);
        holder_ = nullptr;
    }
    ended_.notify_all();
}

}  // namespace tocsin::store
