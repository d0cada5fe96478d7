// Speaks SMTP (libcurl) on a thread of its own, with as many servers and messages at once as there are.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "daemon/notify/smtp.hpp"

namespace tocsin::notify {

class SmtpClient {
public:
    struct Options {
        std::string ca_file;  ///< Authorities to trust in place of the system's; empty: the system's.
    };
    /// `post` runs a function on the io thread.
    SmtpClient(std::function<void(std::function<void()>)> post, Options options);
    /// Stops: what is under way is broken off, and its outcome is not told.
    ~SmtpClient();
    SmtpClient(const SmtpClient&) = delete;
    SmtpClient& operator=(const SmtpClient&) = delete;

    /// As MailTransport. Calls `on_outcome` exactly once, later, on the io thread; not at all if the client is destroyed first.
    void send(SmtpMail mail, Duration patience, Notifier::OnOutcome on_outcome);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tocsin::notify
