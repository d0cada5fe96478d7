// Certificates made by the test: an authority, and servers that it vouches for.
#pragma once

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "tests/unit/http/wire.hpp"

namespace tocsin::http {

struct OpenSslFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};
template <class T>
using OpenSslPtr = std::unique_ptr<T, OpenSslFree>;

struct Identity {
    OpenSslPtr<EVP_PKEY> key;
    OpenSslPtr<X509> certificate;
};

/// An authority of its own, in a file that is gone with it.
class TestAuthority {
public:
    TestAuthority();
    ~TestAuthority();
    TestAuthority(const TestAuthority&) = delete;
    TestAuthority& operator=(const TestAuthority&) = delete;

    [[nodiscard]] const std::string& file() const { return file_; }
    /// A server's; `names` as OpenSSL writes them: "DNS:localhost,IP:127.0.0.1".
    [[nodiscard]] Identity vouch_for(const std::string& names) const;

private:
    Identity own_;
    std::string file_;
};

/// The server's end of a TLS connection, blocking.
class TlsPeer {
public:
    enum class Versions { All, AtMost1_1 };
    TlsPeer(Peer peer, const Identity& identity, Versions versions = Versions::All);
    ~TlsPeer();
    /// Whether the client accepts us.
    [[nodiscard]] bool shake_hands();
    /// The name that the client asked for, or "".
    [[nodiscard]] std::string server_name() const;
    /// Up to the first empty line and `body_bytes` more.
    [[nodiscard]] std::string read_request(std::size_t body_bytes);
    void send(std::string_view bytes);

private:
    Peer peer_;
    OpenSslPtr<SSL_CTX> context_;
    OpenSslPtr<SSL> ssl_;
};

}  // namespace tocsin::http
