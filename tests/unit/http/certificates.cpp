#include "tests/unit/http/certificates.hpp"

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdio>

namespace tocsin::http {
namespace {

constexpr long kHour = 3600;

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    auto* const extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    EXPECT_NE(extension, nullptr) << value;
    EXPECT_EQ(X509_add_ext(certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

Identity new_identity(const std::string& common_name, long serial) {
    Identity identity{OpenSslPtr<EVP_PKEY>{EVP_EC_gen("P-256")}, OpenSslPtr<X509>{X509_new()}};
    auto* const certificate = identity.certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -kHour);
    X509_gmtime_adj(X509_getm_notAfter(certificate), kHour);
    X509_set_pubkey(certificate, identity.key.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
    return identity;
}

}  // namespace

TestAuthority::TestAuthority() : own_(new_identity("tocsin test authority", 1)), file_(testing::TempDir() + "tocsin_ca_XXXXXX") {
    auto* const certificate = own_.certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign");
    EXPECT_NE(X509_sign(certificate, own_.key.get(), EVP_sha256()), 0);
    const int fd = ::mkstemp(file_.data());
    auto* const file = ::fdopen(fd, "w");
    EXPECT_EQ(PEM_write_X509(file, certificate), 1);
    (void)std::fclose(file);
}

TestAuthority::~TestAuthority() { (void)::unlink(file_.c_str()); }

Identity TestAuthority::vouch_for(const std::string& names) const {
    auto identity = new_identity("a server", 2);
    auto* const certificate = identity.certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(own_.certificate.get()));
    add_extension(certificate, own_.certificate.get(), NID_subject_alt_name, names);
    EXPECT_NE(X509_sign(certificate, own_.key.get(), EVP_sha256()), 0);
    return identity;
}

TlsPeer::TlsPeer(Peer peer, const Identity& identity, Versions versions)
    : peer_(std::move(peer)), context_(SSL_CTX_new(TLS_server_method())) {
    EXPECT_EQ(SSL_CTX_use_certificate(context_.get(), identity.certificate.get()), 1);
    EXPECT_EQ(SSL_CTX_use_PrivateKey(context_.get(), identity.key.get()), 1);
    if (versions == Versions::AtMost1_1) {
        SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context_.get(), TLS1_1_VERSION);
    }
    ssl_.reset(SSL_new(context_.get()));
    EXPECT_EQ(SSL_set_fd(ssl_.get(), peer_.fd()), 1);
}

TlsPeer::~TlsPeer() = default;

bool TlsPeer::shake_hands() { return SSL_accept(ssl_.get()) == 1; }

std::string TlsPeer::server_name() const {
    const auto* const name = SSL_get_servername(ssl_.get(), TLSEXT_NAMETYPE_host_name);
    return name == nullptr ? "" : name;
}

std::string TlsPeer::read_request(std::size_t body_bytes) {
    std::string request;
    auto end = std::string::npos;
    while (end == std::string::npos || request.size() < end + 4 + body_bytes) {
        char byte = 0;
        if (SSL_read(ssl_.get(), &byte, 1) != 1) return request;
        request += byte;
        if (end == std::string::npos) end = request.find("\r\n\r\n");
    }
    return request;
}

void TlsPeer::send(std::string_view bytes) {
    EXPECT_EQ(SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())), static_cast<int>(bytes.size()));
}

}  // namespace tocsin::http
