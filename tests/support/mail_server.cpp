#include "tests/support/mail_server.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <utility>

#include "tests/support/places.hpp"
#include "tests/support/stopwatch.hpp"

namespace tocsin::test {
namespace {

constexpr Duration kMailPatience = std::chrono::seconds{10};

bool comes_to_be(const std::string& path) {
    const auto until = monotonic_now() + kMailPatience;
    while (!std::filesystem::exists(path)) {
        if (monotonic_now() > until) return false;
        wait_a_moment();
    }
    return true;
}

}  // namespace

std::string ReceivedMail::header(const std::string& name) const {
    const auto head = "\r\n" + text.substr(0, text.find("\r\n\r\n")) + "\r\n";
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

MailServer::MailServer() { start({}); }

MailServer::MailServer(const MailLogin& login) {
    const auto made = run(
        {{"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
          "/CN=mail.test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder_.path("key.pem"), "-out", ca_file()}});
    EXPECT_EQ(made.exit.code, 0) << made.error;
    start({ca_file(), folder_.path("key.pem"), login.username, login.password});
}

void MailServer::start(std::vector<std::string> more) {
    Command command{{"/usr/bin/python3", source_path("tests/support/mail_server.py"), folder_.path()}};
    command.argv.insert(command.argv.end(), more.begin(), more.end());
    command.error_path = folder_.path("errors");
    process_ = std::make_unique<Process>(command);
    EXPECT_TRUE(comes_to_be(folder_.path("port"))) << folder_.read("errors");
}

std::string MailServer::url() const { return "smtp://127.0.0.1:" + folder_.read("port"); }

std::optional<ReceivedMail> MailServer::take(const std::string& kind) {
    const auto file = std::to_string(taken_ + 1) + kind;
    if (!comes_to_be(folder_.path(file))) return {};
    ++taken_;
    const auto text = folder_.read(file);
    const auto space = text.find(' ');
    const auto end = text.find("\r\n");
    return ReceivedMail{text.substr(0, space), text.substr(space + 1, end - space - 1), text.substr(end + 2)};
}

}  // namespace tocsin::test
