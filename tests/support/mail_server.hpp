// A mail server in a process of its own (Debian's python3-aiosmtpd): takes messages over SMTP, keeps them, answers as it is told.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace tocsin::test {

struct ReceivedMail {
    std::string from;
    std::string to;
    std::string text;  ///< As it came, headers and body.

    /// The value of a header, as it stands there, or empty.
    [[nodiscard]] std::string header(const std::string& name) const;
};

/// Who may send mail, and only by TLS.
struct MailLogin {
    std::string username;
    std::string password;
};

class MailServer {
public:
    /// In clear text, and from everybody.
    MailServer();
    /// By STARTTLS, after a login. Its certificate is good for 127.0.0.1.
    explicit MailServer(const MailLogin& login);

    /// "smtp://127.0.0.1:40123".
    [[nodiscard]] std::string url() const;
    /// Of the certificate, which is its own authority.
    [[nodiscard]] std::string ca_file() const { return folder_.path("certificate.pem"); }

    /// How every message from now on is answered, such as "451 4.3.0 not now".
    void answer(const std::string& line) const { folder_.write("answer", line); }
    /// The oldest message that was accepted and not taken yet; waits for it. Nothing after ten seconds.
    [[nodiscard]] std::optional<ReceivedMail> next() { return take(".eml"); }
    /// The same of a message that was refused.
    [[nodiscard]] std::optional<ReceivedMail> next_refused() { return take(".refused"); }
    [[nodiscard]] int taken() const { return taken_; }

private:
    void start(std::vector<std::string> more);
    [[nodiscard]] std::optional<ReceivedMail> take(const std::string& kind);

    TempDir folder_;
    std::unique_ptr<Process> process_;
    int taken_ = 0;
};

}  // namespace tocsin::test
