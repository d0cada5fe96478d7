// One TCP or TLS connection of the client: open, write, read, rest, close.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "daemon/http/client.hpp"

namespace tocsin::http {

class Loop;

/// What is trusted: TLS 1.2 or later, the system's authorities and those of `ca_file`, if it is not empty.
class TlsContext {
public:
    struct Impl;
    [[nodiscard]] static Result<std::shared_ptr<TlsContext>> create(const std::string& ca_file);
    explicit TlsContext(std::unique_ptr<Impl> impl);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;
    [[nodiscard]] Impl& impl() { return *impl_; }

private:
    std::unique_ptr<Impl> impl_;
};

/// "host:port", as errors name a peer; the target is left out, for it may hold a secret.
[[nodiscard]] std::string peer_name(const Url& url);

/// Home: the loop's thread. One operation at a time. Nothing is called from within a call, and nothing after close().
class Connection {
public:
    using OnDone = std::function<void(std::optional<Error>)>;
    /// What came, good until the next call; empty when the peer has closed in an orderly way.
    using OnRead = std::function<void(Result<std::string_view>)>;

    virtual ~Connection() = default;
    /// Tries every address of the host in turn. Errors: Unavailable, Rejected (the certificate).
    virtual void open(OnDone on_done) = 0;
    virtual void write(std::shared_ptr<const std::string> bytes, OnDone on_done) = 0;
    virtual void read(OnRead on_read) = 0;
    /// Waits for another use; `on_dropped` is called if the peer closes it, or after `at_most`.
    virtual void rest(Duration at_most, std::function<void()> on_dropped) = 0;
    /// Ends the rest.
    virtual void wake() = 0;
    virtual void close() = 0;
    /// What it was last asked to do, for the story of a deadline: "connecting to example.org:443".
    [[nodiscard]] virtual std::string doing() const = 0;
};

/// `tls` is null for a plain connection.
[[nodiscard]] std::shared_ptr<Connection> make_connection(Loop& loop, std::shared_ptr<TlsContext> tls, Url url);

}  // namespace tocsin::http
