// A request parser over Beast's basic_parser that keeps all header text of a request in one reused string.
#include "daemon/http/request_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>
#include <optional>
#include <vector>

#include "core/base/text.hpp"

namespace tocsin::http {
namespace {

namespace beast = boost::beast;
using beast::error_code;

/// What a peer announces is believed up to here; a body that really is larger grows as it comes.
constexpr std::size_t kBodyReserveMax = std::size_t{64} << 10U;

/// Header text of one request. Positions instead of views, because the text moves while it grows.
class HeaderText {
public:
    struct Span {
        std::size_t at = 0;
        std::size_t size = 0;
    };
    struct Field {
        Span name;
        Span value;
    };

    Span add(std::string_view text) {
        const Span span{text_.size(), text.size()};
        text_.append(text);
        return span;
    }
    void add_field(std::string_view name, std::string_view value) {
        const auto name_span = add(name);
        fields_.push_back({name_span, add(value)});
    }
    [[nodiscard]] std::string_view view(Span span) const { return std::string_view{text_}.substr(span.at, span.size); }
    [[nodiscard]] std::string_view find(std::string_view name) const {
        for (const auto& field : fields_) {
            if (equal_ignoring_case(view(field.name), name)) return view(field.value);
        }
        return {};
    }
    void clear() {
        text_.clear();
        fields_.clear();
    }

private:
    std::string text_;
    std::vector<Field> fields_;
};

struct Parsed {
    HeaderText header;
    HeaderText::Span method;
    HeaderText::Span target;
    std::string body;
    bool is_http_1_0 = false;
    bool expects_continue = false;
    bool has_unknown_coding = false;
};

class RequestParser final : public beast::http::basic_parser<true> {
public:
    RequestParser(Parsed& parsed, const RequestLimits& limits) : parsed_(parsed) {
        eager(true);
        body_limit(limits.body_bytes_max);
        header_limit(static_cast<std::uint32_t>(
            std::min<std::size_t>(limits.header_bytes_max, std::numeric_limits<std::uint32_t>::max())));
    }

private:
    using Text = beast::string_view;
    using Field = beast::http::field;
    using Verb = beast::http::verb;

    void on_request_impl(Verb /*verb*/, Text method, Text target, int version, error_code& /*ec*/) override {
        parsed_.method = parsed_.header.add(method);
        parsed_.target = parsed_.header.add(target);
        parsed_.is_http_1_0 = version < 11;
    }

    void on_field_impl(Field field, Text name, Text value, error_code& /*ec*/) override {
        if (is_header_done()) return;  // A trailer: nobody asks for it, and it must not pass for a header.
        if (field == Field::expect) parsed_.expects_continue = equal_ignoring_case(value, "100-continue");
        if (field == Field::transfer_encoding) parsed_.has_unknown_coding = !equal_ignoring_case(value, "chunked");
        parsed_.header.add_field(name, value);
    }

    void on_header_impl(error_code& ec) override {
        // Beast takes such a request for one without a body; what follows would be read as another request.
        if (parsed_.has_unknown_coding) ec = beast::http::error::bad_transfer_encoding;
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code& /*ec*/) override {
        if (length) parsed_.body.reserve(std::min<std::uint64_t>(*length, kBodyReserveMax));
    }

    std::size_t on_body_impl(Text body, error_code& /*ec*/) override {
        parsed_.body.append(body.data(), body.size());
        return body.size();
    }

    void on_chunk_header_impl(std::uint64_t /*size*/, Text /*extensions*/, error_code& /*ec*/) override {}

    std::size_t on_chunk_body_impl(std::uint64_t /*remain*/, Text body, error_code& ec) override {
        return on_body_impl(body, ec);
    }

    void on_finish_impl(error_code& /*ec*/) override {}
    void on_response_impl(int /*status*/, Text /*reason*/, int /*version*/, error_code& /*ec*/) override {}

    Parsed& parsed_;
};

/// The path of a target in absolute form ("http://host/path", as sent to proxies) begins after the authority.
std::string_view without_authority(std::string_view target) {
    if (target.starts_with('/')) return target;
    const auto scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos) return target;
    const auto path = target.find_first_of("/?", scheme_end + 3);
    return path == std::string_view::npos ? "/" : target.substr(path);
}

}  // namespace

struct RequestReader::Impl {
    explicit Impl(RequestLimits of) : limits(of) { parser.emplace(parsed, limits); }

    RequestLimits limits;
    Parsed parsed;
    std::optional<RequestParser> parser;
    std::size_t header_bytes =
        0;  ///< Taken so far. Beast's own limit begins anew with every field of a header that comes in pieces.
    Request request;
    Refusal refusal;

    Progress refuse(Refusal why) {
        refusal = std::move(why);
        return Progress::Refused;
    }

    Progress refuse_header() {
        return refuse({431, "too_large", fmt::format("the header is larger than {} bytes", limits.header_bytes_max),
                       limits.header_bytes_max});
    }

    Progress refuse(const error_code& ec) {
        if (ec == beast::http::error::body_limit) {
            return refuse({413, "too_large", fmt::format("the body is larger than {} bytes", limits.body_bytes_max),
                           limits.body_bytes_max});
        }
        if (ec == beast::http::error::header_limit) return refuse_header();
        return refuse({400, "bad_request", "this is not a well-formed HTTP/1.1 request: " + ec.message(), 0});
    }

    /// What is left must be short: a header line, or the line before a chunk, or trailers.
    Progress need_more(std::size_t left) {
        if (!parser->is_header_done() && header_bytes + left > limits.header_bytes_max) return refuse_header();
        if (parser->is_header_done() && left > limits.header_bytes_max) {
            return refuse({400, "bad_request", "the line before a chunk, or the trailer, is too long", 0});
        }
        return Progress::NeedMore;
    }

    void publish() {
        request.method = parsed.header.view(parsed.method);
        request.target = parsed.header.view(parsed.target);
        const auto local = without_authority(request.target);
        const auto question = local.find('?');
        request.path = local.starts_with('?') ? "/" : local.substr(0, question);
        request.query = question == std::string_view::npos ? std::string_view{} : local.substr(question + 1);
        request.body = std::move(parsed.body);
        request.header = [header = &parsed.header](std::string_view name) { return header->find(name); };
    }
};

RequestReader::RequestReader(RequestLimits limits) : impl_(std::make_unique<Impl>(limits)) {}
RequestReader::~RequestReader() = default;

RequestReader::Progress RequestReader::take(std::string_view& input) {
    auto& parser = *impl_->parser;
    // Old clients send an empty line after a body; RFC 9112 2.2 asks to overlook it.
    if (!parser.got_some()) input.remove_prefix(std::min(input.find_first_not_of("\r\n"), input.size()));
    if (input.empty()) return Progress::NeedMore;
    const bool was_header = !parser.is_header_done();
    error_code ec;
    const auto taken = parser.put({input.data(), input.size()}, ec);
    input.remove_prefix(taken);
    if (was_header && !parser.is_header_done()) impl_->header_bytes += taken;
    if (ec == beast::http::error::need_more) return impl_->need_more(input.size());
    if (ec) return impl_->refuse(ec);
    if (!parser.is_done()) return Progress::NeedMore;
    impl_->publish();
    return Progress::Done;
}

void RequestReader::begin_next() {
    impl_->parsed.header.clear();
    impl_->parsed.body = {};
    impl_->parsed.is_http_1_0 = impl_->parsed.expects_continue = impl_->parsed.has_unknown_coding = false;
    impl_->request.body = {};
    impl_->header_bytes = 0;
    impl_->parser.emplace(impl_->parsed, impl_->limits);
}

bool RequestReader::has_begun() const { return impl_->parser->got_some(); }

bool RequestReader::take_expectation() {
    const bool waits = impl_->parsed.expects_continue && !impl_->parsed.is_http_1_0 && impl_->parser->is_header_done();
    if (waits) impl_->parsed.expects_continue = false;
    return waits;
}

Request& RequestReader::request() { return impl_->request; }
bool RequestReader::is_keep_alive() const { return impl_->parser->keep_alive(); }
bool RequestReader::is_http_1_0() const { return impl_->parsed.is_http_1_0; }
const Refusal& RequestReader::refusal() const { return impl_->refusal; }

}  // namespace tocsin::http
