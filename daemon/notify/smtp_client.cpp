#include "daemon/notify/smtp_client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "core/base/assert.hpp"

namespace tocsin::notify {
namespace {

/// A connection that has been idle for longer is not used again: the server may have tired of it.
constexpr long kIdleSecondsMax = 30;

// libcurl's handles are all void*.
struct EasyFree {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct MultiFree {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};
struct ListFree {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// One message under way. It stays where it is: libcurl keeps pointers into it.
struct Transfer {
    SmtpMail mail;
    Duration patience{};
    Notifier::OnOutcome on_outcome;
    std::unique_ptr<curl_slist, ListFree> recipients{};
    std::size_t sent = 0;
    std::string said{};  ///< The server's last line.
    std::array<char, CURL_ERROR_SIZE> what_broke{};
    std::unique_ptr<CURL, EasyFree> easy{};  ///< Last: it uses all of the above.
};

std::size_t read_message(char* into, std::size_t size, std::size_t count, void* transfer_pointer) {
    auto& transfer = *static_cast<Transfer*>(transfer_pointer);
    const auto& message = transfer.mail.message;
    const auto bytes = std::min(size * count, message.size() - transfer.sent);
    std::memcpy(into, message.data() + transfer.sent, bytes);
    transfer.sent += bytes;
    return bytes;
}

std::size_t take_line(char* line, std::size_t size, std::size_t count, void* transfer_pointer) {
    static_cast<Transfer*>(transfer_pointer)->said.assign(line, size * count);
    return size * count;
}

std::size_t drop_body(char*, std::size_t size, std::size_t count, void*) { return size * count; }

/// The easy handle for a message; null if there is no memory for it.
void prepare(Transfer& transfer, const SmtpClient::Options& options) {
    transfer.easy.reset(curl_easy_init());
    auto* easy = transfer.easy.get();
    if (easy == nullptr) return;
    const auto& server = transfer.mail.server;
    transfer.recipients.reset(curl_slist_append(nullptr, transfer.mail.to.c_str()));
    const auto set = [easy](CURLoption option, auto value) {
        const auto done = curl_easy_setopt(easy, option, value);
        TOCSIN_ASSERT(done == CURLE_OK, "Debian's libcurl knows the option");
    };
    set(CURLOPT_URL, server.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_PROXY, "");  // None, whatever the environment says.
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_TIMEOUT_MS, std::max<long>(1, static_cast<long>(transfer.patience.count())));
    set(CURLOPT_USE_SSL, static_cast<long>(server.tls == MailServer::Tls::Required ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!options.ca_file.empty()) {
        set(CURLOPT_CAINFO, options.ca_file.c_str());
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    if (!server.username.empty()) {
        set(CURLOPT_USERNAME, server.username.c_str());
        set(CURLOPT_PASSWORD, server.password.c_str());
    }
    set(CURLOPT_MAIL_FROM, transfer.mail.from.c_str());
    set(CURLOPT_MAIL_RCPT, transfer.recipients.get());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, &read_message);
    set(CURLOPT_READDATA, &transfer);
    set(CURLOPT_HEADERFUNCTION, &take_line);
    set(CURLOPT_HEADERDATA, &transfer);
    set(CURLOPT_WRITEFUNCTION, &drop_body);
    set(CURLOPT_ERRORBUFFER, transfer.what_broke.data());
    set(CURLOPT_MAXAGE_CONN, kIdleSecondsMax);
}

SmtpEnding::How how_it_ended(CURLcode result, long code) {
    using How = SmtpEnding::How;
    constexpr long kFirstRefusal = 400;
    switch (result) {
        case CURLE_OK: return How::Accepted;
        case CURLE_OPERATION_TIMEDOUT: return How::TimedOut;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE: return How::Untrusted;
        default: break;
    }
    if (code >= kFirstRefusal) return How::Refused;
    return result == CURLE_USE_SSL_FAILED ? How::Untrusted : How::Unreachable;
}

SmtpEnding ending_of(const Transfer& transfer, CURLcode result) {
    SmtpEnding ending;
    (void)curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &ending.code);  // Stays 0 if there is none.
    ending.how = how_it_ended(result, ending.code);
    ending.said = transfer.said;
    ending.what_broke = transfer.what_broke.front() != '\0' ? transfer.what_broke.data() : curl_easy_strerror(result);
    if (result == CURLE_USE_SSL_FAILED) ending.what_broke = "the server offers no TLS";
    return ending;
}

}  // namespace

/// Home: its thread, but for what the mutex guards.
struct SmtpClient::Impl {
    Impl(std::function<void(std::function<void()>)> post_to_io, Options with)
        : post(std::move(post_to_io)), options(std::move(with)), multi(curl_multi_init()) {
        TOCSIN_ASSERT(multi != nullptr, "there is memory for a handle");
        thread = std::thread{[this] { work(); }};
    }

    void work() {
        while (begin_waiting()) {
            int running = 0;
            (void)curl_multi_perform(multi.get(), &running);  // What goes wrong with a transfer is told by its message.
            int left = 0;
            while (const auto* message = curl_multi_info_read(multi.get(), &left)) {
                if (message->msg == CURLMSG_DONE) end(message->easy_handle, message->data.result);
            }
            constexpr int kPollMs = 60'000;  // It returns sooner for a timer of libcurl's, a socket, or a wake-up.
            (void)curl_multi_poll(multi.get(), nullptr, 0, kPollMs, nullptr);
        }
        for (const auto& [easy, transfer] : under_way) (void)curl_multi_remove_handle(multi.get(), easy);
        under_way.clear();
    }

    /// Whether to go on.
    bool begin_waiting() {
        std::deque<std::unique_ptr<Transfer>> begun;
        {
            const std::lock_guard lock{mutex};
            if (is_stopping) return false;
            begun.swap(waiting);
        }
        for (auto& transfer : begun) {
            prepare(*transfer, options);
            auto* easy = transfer->easy.get();
            if (easy == nullptr || curl_multi_add_handle(multi.get(), easy) != CURLM_OK) {
                tell(std::move(transfer->on_outcome), Error{Errc::Unavailable, "no memory for another mail", Retry::now()});
            } else {
                under_way.emplace(easy, std::move(transfer));
            }
        }
        return true;
    }

    void end(CURL* easy, CURLcode result) {
        const auto found = under_way.find(easy);
        TOCSIN_ASSERT(found != under_way.end(), "libcurl ends what was begun");
        auto transfer = std::move(found->second);
        under_way.erase(found);
        (void)curl_multi_remove_handle(multi.get(), easy);
        tell(std::move(transfer->on_outcome), outcome_of(ending_of(*transfer, result), transfer->mail.server));
    }

    void tell(Notifier::OnOutcome on_outcome, Result<Receipt> outcome) const {
        post([on_outcome = std::move(on_outcome), outcome = std::move(outcome)] { on_outcome(outcome); });
    }

    std::function<void(std::function<void()>)> post;
    Options options;
    std::mutex mutex;
    std::deque<std::unique_ptr<Transfer>> waiting;
    bool is_stopping = false;
    std::unique_ptr<CURLM, MultiFree> multi;
    std::map<CURL*, std::unique_ptr<Transfer>> under_way;
    std::thread thread;  // Last: it uses all of the above.
};

SmtpClient::SmtpClient(std::function<void(std::function<void()>)> post, Options options)
    : impl_(std::make_unique<Impl>(std::move(post), std::move(options))) {}

SmtpClient::~SmtpClient() {
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->is_stopping = true;
    }
    (void)curl_multi_wakeup(impl_->multi.get());
    impl_->thread.join();
}

void SmtpClient::send(SmtpMail mail, Duration patience, Notifier::OnOutcome on_outcome) {
    auto transfer = std::make_unique<Transfer>();
    transfer->mail = std::move(mail);
    transfer->patience = patience;
    transfer->on_outcome = std::move(on_outcome);
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->waiting.push_back(std::move(transfer));
    }
    (void)curl_multi_wakeup(impl_->multi.get());
}

}  // namespace tocsin::notify
