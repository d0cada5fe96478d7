// Verifies contacts: a code goes out over the channel itself, and whoever has it gives it back.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/contact_book.hpp"
#include "core/ports/notifier.hpp"
#include "rules/rulebook.hpp"

namespace tocsin::app {

/// Home: the io thread. Everything referred to outlives it.
class ContactVerifier {
public:
    struct World {
        Notifier& notifier;
        ContactBook& book;  ///< Only on the blocking thread.
        const Clock& clock;
        std::function<std::shared_ptr<const Rulebook>()> rulebook;
        std::function<void(std::function<void()> work, std::function<void()> done)> run_blocking;
    };
    struct ContactName {
        std::string person;
        std::string contact;
    };
    /// Called once, on the io thread.
    using OnDone = std::function<void(Result<void>)>;

    explicit ContactVerifier(World world) : world_(std::move(world)) {}

    /// One attempt, without retries: whoever asked is waiting, and asks again. NotFound for a contact that the rulebook does not
    /// have; else what the channel says.
    void send_code(const ContactName& name, OnDone on_done);
    void give_code(const ContactName& name, const std::string& code, OnDone on_done);

private:
    [[nodiscard]] Result<Contact> contact_of(const ContactName& name) const;
    void deliver(const ContactName& name, const Contact& contact, const std::string& code, OnDone on_done);

    World world_;
};

}  // namespace tocsin::app
