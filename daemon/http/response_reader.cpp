// A response parser over Beast's basic_parser that cuts a body at its limit instead of failing.
#include "daemon/http/response_reader.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>

namespace tocsin::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;

constexpr std::size_t kHeaderBytesMax = std::size_t{64} << 10U;

class ResponseParser final : public beast::http::basic_parser<false> {
public:
    ResponseParser(ClientResponse& response, std::size_t body_bytes_max) : response_(response), body_bytes_max_(body_bytes_max) {
        eager(true);
        body_limit(boost::none);
        header_limit(kHeaderBytesMax);
    }
    [[nodiscard]] bool is_cut() const { return is_cut_; }

private:
    using Text = beast::string_view;

    void on_response_impl(int status, Text /*reason*/, int /*version*/, error_code& /*ec*/) override {
        response_.status = static_cast<unsigned>(status);
    }

    void on_field_impl(beast::http::field /*field*/, Text name, Text value, error_code& /*ec*/) override {
        if (is_header_done()) return;  // A trailer.
        response_.headers.emplace_back(std::string{name}, std::string{value});
    }

    void on_header_impl(error_code& /*ec*/) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/, error_code& /*ec*/) override {}

    std::size_t on_body_impl(Text body, error_code& /*ec*/) override {
        const auto room = body_bytes_max_ - response_.body.size();
        response_.body.append(body.data(), std::min(room, body.size()));
        is_cut_ = is_cut_ || body.size() > room;
        return body.size();
    }

    void on_chunk_header_impl(std::uint64_t /*size*/, Text /*extensions*/, error_code& /*ec*/) override {}

    std::size_t on_chunk_body_impl(std::uint64_t /*remain*/, Text body, error_code& ec) override {
        return on_body_impl(body, ec);
    }

    void on_finish_impl(error_code& /*ec*/) override {}
    void on_request_impl(beast::http::verb /*verb*/, Text /*method*/, Text /*target*/, int /*version*/,
                         error_code& /*ec*/) override {}

    ClientResponse& response_;
    std::size_t body_bytes_max_;
    bool is_cut_ = false;
};

bool is_interim(unsigned status) { return status >= 100 && status < 200 && status != 101; }

}  // namespace

struct ResponseReader::Impl {
    Impl(std::size_t body_bytes, Expects what) : body_bytes_max(body_bytes), expects(what) { begin(); }

    std::size_t body_bytes_max;
    Expects expects;
    ClientResponse response;
    std::optional<ResponseParser> parser;
    std::size_t header_bytes = 0;
    std::string complaint;

    void begin() {
        response = {};
        header_bytes = 0;
        parser.emplace(response, body_bytes_max);
        if (expects == Expects::NoBody) parser->skip(true);
    }

    Progress malformed(std::string why) {
        complaint = std::move(why);
        return Progress::Malformed;
    }
};

ResponseReader::ResponseReader(std::size_t body_bytes_max, Expects expects)
    : impl_(std::make_unique<Impl>(body_bytes_max, expects)) {}
ResponseReader::~ResponseReader() = default;

ResponseReader::Progress ResponseReader::take(std::string_view& input) {
    while (!input.empty()) {
        auto& parser = *impl_->parser;
        const bool was_header = !parser.is_header_done();
        error_code ec;
        const auto taken = parser.put({input.data(), input.size()}, ec);
        input.remove_prefix(taken);
        if (was_header && !parser.is_header_done()) impl_->header_bytes += taken;
        if (ec && ec != beast::http::error::need_more) return impl_->malformed(ec.message());
        if (parser.is_cut()) return Progress::Done;
        if (!parser.is_done()) {
            // What is left, and before that the header, must be short: Beast's own limit begins anew with every field.
            if (impl_->header_bytes + input.size() > kHeaderBytesMax) return impl_->malformed("its header is too large");
            return Progress::NeedMore;
        }
        if (!is_interim(impl_->response.status)) return Progress::Done;
        impl_->begin();
    }
    return Progress::NeedMore;
}

ResponseReader::Progress ResponseReader::take_end() {
    if (!impl_->parser->got_some()) return Progress::NeedMore;
    error_code ec;
    impl_->parser->put_eof(ec);
    return ec ? Progress::NeedMore : Progress::Done;
}

const std::string& ResponseReader::complaint() const { return impl_->complaint; }

ClientResponse ResponseReader::take_response() { return std::move(impl_->response); }

bool ResponseReader::leaves_connection_open() const { return !impl_->parser->is_cut() && impl_->parser->keep_alive(); }

}  // namespace tocsin::http
