// What clients ask back, read on the blocking thread.
#include <fmt/format.h>
#include <boost/json.hpp>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/api/reading.hpp"
#include "daemon/intake/opsgenie_api.hpp"
#include "daemon/opsgenie/alert_json.hpp"
#include "daemon/opsgenie/alerts.hpp"
#include "daemon/opsgenie/roster.hpp"
#include "daemon/opsgenie/search.hpp"

namespace tocsin::opsgenie {
namespace json = boost::json;
namespace {

/// Of one source, the newest so many are looked through.
constexpr std::size_t kSearchedMax = 20'000;
constexpr std::size_t kPageUsual = 20;
constexpr std::size_t kPageMax = 100;

/// What a read answers with.
struct Found {
    json::object body;
    std::vector<std::pair<std::string, std::string>> headers{};
};

/// Reads on the blocking thread, answers on the io thread.
template <class Read>
void answer_read(const ExchangePtr& exchange, Read read) {
    auto found = std::make_shared<Result<Found>>(Error{Errc::Internal, "nothing was read"});
    exchange->services.run_blocking([found, read = std::move(read)] { *found = read(); },
                                    [found, exchange] {
                                        if (!*found) return exchange->refuse(found->error());
                                        auto answer = exchange->response(200, (*found)->body);
                                        for (auto& header : (*found)->headers) answer.headers.push_back(std::move(header));
                                        exchange->respond(std::move(answer));
                                    });
}

struct ListAsked {
    Search search;
    std::size_t offset = 0;
    std::size_t limit = kPageUsual;
    std::string sort;
    Order order = Order::Descending;
};

Result<std::size_t> number_in(std::string_view query, std::string_view name, std::size_t usual) {
    const auto text = parameter(query, name);
    if (text.empty()) return usual;
    const auto number = api::to_integer(text);
    if (!number) return Error{Errc::Invalid, fmt::format("{} should be a number", name)};
    return static_cast<std::size_t>(*number);
}

Result<ListAsked> list_asked(std::string_view query) {
    if (!parameter(query, "searchIdentifier").empty()) {
        return Error{Errc::NotFound, "Saved searches are not kept here. Write the query into the parameter `query`."};
    }
    auto search = Search::read(parameter(query, "query"));
    if (!search) return search.error();
    ListAsked asked;
    asked.search = std::move(*search);
    const auto offset = number_in(query, "offset", 0);
    const auto limit = number_in(query, "limit", kPageUsual);
    if (!offset || !limit) return offset ? limit.error() : offset.error();
    asked.offset = *offset;
    asked.limit = std::clamp<std::size_t>(*limit, 1, kPageMax);
    asked.sort = parameter(query, "sort");
    if (!asked.sort.empty() && !is_sortable(asked.sort)) {
        return Error{Errc::Invalid, fmt::format("alerts cannot be sorted by \"{}\"", printable(asked.sort))};
    }
    if (parameter(query, "order") == "asc") asked.order = Order::Ascending;
    return asked;
}

Result<std::vector<Listed>> search_in(DossierReader& reader, const std::string& source, const Search& search, TimePoint now) {
    auto views = reader.newest(source, kSearchedMax);
    if (!views) return views.error();
    std::vector<Listed> found;
    for (auto& view : *views) {
        auto facts = facts_of(view, now);
        if (search.matches(facts)) found.push_back({std::move(view), std::move(facts)});
    }
    return found;
}

/// The query with another offset.
std::string link_to(const std::string& base_url, std::string_view query, std::size_t offset) {
    std::string link = base_url + "?";
    for (const auto pair : split(query, '&')) {
        if (!pair.empty() && !pair.starts_with("offset=")) link += fmt::format("{}&", pair);
    }
    return fmt::format("{}offset={}", link, offset);
}

/// Absent at the ends of the list.
json::object paging_of(const std::string& base_url, std::string_view query, const ListAsked& asked, std::size_t total) {
    const auto last = total == 0 ? 0 : (total - 1) / asked.limit * asked.limit;
    json::object paging;
    if (asked.offset > 0) {
        paging["prev"] = link_to(base_url, query, asked.offset - std::min(asked.offset, asked.limit));
    }
    if (asked.offset + asked.limit < total) paging["next"] = link_to(base_url, query, asked.offset + asked.limit);
    paging["first"] = link_to(base_url, query, 0);
    paging["last"] = link_to(base_url, query, last);
    return paging;
}

void add_paging_headers(Found& found, const json::object& paging) {
    for (const auto& link : paging) {
        found.headers.emplace_back(fmt::format("X-Paging-{}", std::string_view(link.key())),
                                   std::string(link.value().get_string()));
    }
}

void list_alerts(const ExchangePtr& exchange, DossierReader& reader, std::string query) {
    auto asked = list_asked(query);
    if (!asked) return exchange->refuse(asked.error());
    const auto now = exchange->services.clock.now();
    answer_read(exchange,
                [&reader, source = exchange->source, base_url = exchange->base_url, query = std::move(query),
                 asked = std::move(*asked), now]() -> Result<Found> {
                    auto listed = search_in(reader, source, asked.search, now);
                    if (!listed) return listed.error();
                    sort_alerts(*listed, asked.sort, asked.order);
                    json::array data;
                    for (auto i = asked.offset; i < listed->size() && data.size() < asked.limit; ++i) {
                        data.push_back(short_alert_json((*listed)[i].view, now));
                    }
                    auto paging = paging_of(base_url, query, asked, listed->size());
                    Found found;
                    add_paging_headers(found, paging);
                    found.body = {{"data", std::move(data)}, {"paging", std::move(paging)}};
                    return found;
                });
}

void count_alerts(const ExchangePtr& exchange, DossierReader& reader, std::string_view query) {
    auto asked = list_asked(query);
    if (!asked) return exchange->refuse(asked.error());
    const auto now = exchange->services.clock.now();
    answer_read(exchange, [&reader, source = exchange->source, asked = std::move(*asked), now]() -> Result<Found> {
        const auto listed = search_in(reader, source, asked.search, now);
        if (!listed) return listed.error();
        return Found{{{"data", json::object{{"count", listed->size()}}}}};
    });
}

json::object status_json(const DossierRequest& request) {
    const bool is_done = request.outcome == DossierRequest::Outcome::Done;
    json::object data{{"success", is_done},
                      {"isSuccess", is_done},
                      {"action", request.action},
                      {"processedAt", iso_time(request.processed_at)},
                      {"integrationId", request.source},
                      {"status", request.status}};
    if (!request.dossier.empty()) data["alertId"] = request.dossier;
    data["alias"] = request.alias;
    return data;
}

void show_status(const ExchangePtr& exchange, DossierReader& reader, const std::string& id) {
    auto found = std::make_shared<Result<DossierRequest>>(Error{Errc::Internal, "nothing was read"});
    exchange->services.run_blocking(
        [&reader, found, source = exchange->source, id] { *found = reader.request(source, lower_ascii(id)); },
        [found, exchange] {
            if (*found) return exchange->data(status_json(**found));
            if (found->error().code() == Errc::NotFound) return exchange->not_processed();
            exchange->refuse(found->error());
        });
}

json::object entry_json(const DossierEntry& entry) {
    const bool is_note = entry.kind == DossierEntry::Kind::Note;
    return {{is_note ? "note" : "log", entry.text},
            {"type", "system"},
            {"owner", entry.owner},
            {"createdAt", iso_time(entry.at)},
            {"offset", std::to_string(entry.number)}};
}

/// Notes or logs: from an entry on, in the direction and the order that are asked for; newest first if nothing is said.
struct EntriesAsked {
    std::string identifier_type;
    std::int64_t offset = 0;
    std::size_t limit = kPageMax;
    bool is_ascending = false;
    bool is_back = false;
};

EntriesAsked entries_asked(std::string_view query) {
    EntriesAsked asked;
    asked.identifier_type = parameter(query, "identifierType");
    asked.offset = api::to_integer(parameter(query, "offset")).value_or(0);
    const auto limit = api::to_integer(parameter(query, "limit"));
    if (limit) asked.limit = std::clamp<std::size_t>(static_cast<std::size_t>(*limit), 1, kPageMax);
    asked.is_ascending = parameter(query, "order") == "asc";
    asked.is_back = parameter(query, "direction") == "prev";
    return asked;
}

/// The query of another page: without the type of its identifier the alert would not be found again.
std::string way_of(const EntriesAsked& asked) {
    const bool has_type = asked.identifier_type == "alias" || asked.identifier_type == "tiny";
    return fmt::format("limit={}&order={}&direction=next{}{}", asked.limit, asked.is_ascending ? "asc" : "desc",
                       has_type ? "&identifierType=" : "", has_type ? asked.identifier_type : "");
}

json::object entries_json(std::vector<DossierEntry> entries, const EntriesAsked& asked, const std::string& base_url) {
    if (!asked.is_ascending) std::reverse(entries.begin(), entries.end());
    const auto is_before = [&](const DossierEntry& entry) {
        return asked.is_ascending ? entry.number < asked.offset : entry.number > asked.offset;
    };
    auto begin = asked.offset == 0 ? entries.begin() : std::find_if_not(entries.begin(), entries.end(), is_before);
    if (asked.is_back) {
        const auto end = begin;
        begin -= std::min(end - entries.begin(), static_cast<std::ptrdiff_t>(asked.limit));
        entries.erase(end, entries.end());
    }
    json::array data;
    auto at = begin;
    for (; at != entries.end() && data.size() < asked.limit; ++at) data.push_back(entry_json(*at));
    const auto way = way_of(asked);
    json::object paging{{"first", fmt::format("{}?{}", base_url, way)}};
    if (at != entries.end()) paging["next"] = fmt::format("{}?offset={}&{}", base_url, at->number, way);
    return {{"data", std::move(data)}, {"paging", std::move(paging)}};
}

/// Whom pages about it went to, as recipients; the alert's own responders where there is no incident.
json::array recipients_json(const DossierView& view, const std::vector<Page>& pages, const Roster& roster) {
    json::array all;
    std::set<std::string> known;
    for (const auto& page : pages) {
        if (page.person.empty() || !known.insert(page.person).second) continue;
        all.push_back(
            json::object{{"user", json::object{{"id", page.person}, {"username", username_of(roster, page.person)}}},
                         {"state", view.incident && view.incident->acknowledged_by == page.person ? "action" : "notactive"},
                         {"method", page.via},
                         {"createdAt", iso_time(page.decided_at)},
                         {"updatedAt", iso_time(page.due_at)}});
    }
    return all;
}

/// What is asked of one alert, once it is found.
Result<Found> found_of(const Exchange& exchange, DossierReader& reader, const AlertPath& path, const DossierView& view,
                       const EntriesAsked& entries) {
    using Kind = DossierEntry::Kind;
    if (path.what == AlertPath::What::Show) {
        return Found{{{"data", alert_json(view, exchange.services.clock.now())}}};
    }
    if (path.what == AlertPath::What::Attachments) return Found{json::object{{"data", json::array()}}};
    if (path.what == AlertPath::What::Recipients) {
        auto pages = exchange.services.reader.pages(view.dossier.incident);
        if (!pages) return pages.error();
        return Found{{{"data", recipients_json(view, *pages, exchange.services.rulebook()->roster())}}};
    }
    const auto kind = path.what == AlertPath::What::Notes ? Kind::Note : Kind::Log;
    auto all = reader.entries(view.dossier.id, kind);
    if (!all) return all.error();
    return Found{entries_json(std::move(*all), entries, exchange.base_url)};
}

}  // namespace

Result<DossierView> look_up(DossierReader& reader, const std::string& source, const NamedAlert& named) {
    auto missing = Error{Errc::NotFound, fmt::format("Alert with {} [{}] is not found.", named.type.empty() ? "id" : named.type,
                                                     printable(named.identifier))};
    const auto number = named.type == "tiny" ? api::to_integer(named.identifier) : std::nullopt;
    if (named.type == "tiny" && !number) return missing;
    auto name = DossierName{source, named.identifier, {}};
    if (named.type == "alias") name = {source, {}, intake::opsgenie_alias(named.identifier)};
    auto found = number ? reader.dossier(source, *number) : reader.dossier(name);
    if (!found && found.error().code() == Errc::NotFound) return missing;
    return found;
}

void read_alerts(const ExchangePtr& exchange, DossierReader& reader, const AlertPath& path, std::string_view query) {
    using What = AlertPath::What;
    switch (path.what) {
        case What::List: return list_alerts(exchange, reader, std::string(query));
        case What::Count: return count_alerts(exchange, reader, query);
        case What::RequestStatus: return show_status(exchange, reader, path.identifier);
        case What::Attachment: return exchange->refuse(404, "Attachment is not found: none are kept here.");
        case What::AttachmentChange: return exchange->refuse_for_good("Attachments are not kept here. Send a link instead.");
        case What::WrongMethod: return exchange->refuse_method(path.identifier.empty() ? "GET, POST" : "GET, DELETE");
        case What::Show:
        case What::Notes:
        case What::Logs:
        case What::Attachments:
        case What::Recipients: break;
        case What::Create:
        case What::Change:
        case What::SavedSearches: return exchange->refuse(404, "nothing answers here");
    }
    const auto* type = path.what == What::Attachments ? "alertIdentifierType" : "identifierType";
    const NamedAlert named{path.identifier, parameter(query, type)};
    answer_read(exchange, [&reader, exchange, path, named, entries = entries_asked(query)]() -> Result<Found> {
        const auto view = look_up(reader, exchange->source, named);
        if (!view) return view.error();
        return found_of(*exchange, reader, path, *view, entries);
    });
}

}  // namespace tocsin::opsgenie
