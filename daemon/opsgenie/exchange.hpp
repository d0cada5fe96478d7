// One request of an Opsgenie client under way, and the forms in which it may be answered.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "daemon/api/services.hpp"
#include "daemon/http/server.hpp"
#include "daemon/opsgenie/field_errors.hpp"

namespace tocsin::opsgenie {

/// Answered once, by any of these; each carries the request's id, how long it took and the state of the rate limit.
struct Exchange {
    api::Services& services;
    std::string source;  ///< Of whom the key is; empty before that is known.
    std::string id;      ///< A UUID.
    MonotonicPoint began;
    std::string base_url;  ///< What the client wrote before the query, for links to other pages of a list.
    http::Respond respond;

    /// 202 {"result": ...}
    void accept(std::string_view result) const;
    /// `body` with what every answer holds.
    void answer(unsigned status, const boost::json::object& body) const;
    void data(boost::json::value data) const { answer(200, {{"data", std::move(data)}}); }
    /// {"message": ...}
    void refuse(unsigned status, std::string_view message) const { answer(status, {{"message", message}}); }
    void refuse(const FieldErrors& errors) const;
    /// What is read-only here, or not answered at all: 403 in Opsgenie's words for a key that lacks a right.
    void refuse_for_good(std::string_view message) const;
    /// 404 for what is not there; trouble of our own is 503 with Retry-After.
    void refuse(const Error& error) const;
    void refuse_method(std::string_view allowed) const;
    void not_processed() const;
    void throttle(Duration wait) const;

    [[nodiscard]] http::Response response(unsigned status, const boost::json::object& body) const;
};
using ExchangePtr = std::shared_ptr<const Exchange>;

/// Times as Opsgenie writes them: UTC with milliseconds.
[[nodiscard]] std::string iso_time(TimePoint t);

}  // namespace tocsin::opsgenie
