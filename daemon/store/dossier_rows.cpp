#include "daemon/store/dossier_rows.hpp"

#include <boost/json.hpp>

#include <string>

namespace tocsin::store {
namespace json = boost::json;
namespace {

constexpr std::string_view kNoteWord = "note";
constexpr std::string_view kLogWord = "log";
constexpr std::string_view kFailedWord = "failed";
constexpr std::string_view kDoneWord = "done";

std::string list_text(const std::vector<std::string>& texts) { return json::serialize(json::array(texts.begin(), texts.end())); }

std::string pairs_text(const std::vector<std::pair<std::string, std::string>>& pairs) {
    json::array all;
    for (const auto& [key, value] : pairs) all.push_back(json::array{key, value});
    return json::serialize(all);
}

std::string responders_text(const std::vector<Responder>& responders) {
    json::array all;
    for (const auto& responder : responders) all.push_back(json::array{responder.type, responder.name});
    return json::serialize(all);
}

std::string text_or_nothing(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : std::string();
}

/// Reads the lists of a row, and remembers whether each was one.
class Lists {
public:
    std::vector<std::string> texts(Statement& row) {
        std::vector<std::string> all;
        for (const auto& value : list(row)) all.push_back(text_or_nothing(value));
        return all;
    }
    std::vector<std::pair<std::string, std::string>> pairs(Statement& row) {
        std::vector<std::pair<std::string, std::string>> all;
        for (const auto& value : list(row)) {
            const auto* pair = value.if_array();
            if (pair != nullptr && pair->size() == 2) all.emplace_back(text_or_nothing((*pair)[0]), text_or_nothing((*pair)[1]));
        }
        return all;
    }
    [[nodiscard]] bool are_lists() const { return are_lists_; }

private:
    json::array list(Statement& row) {
        boost::system::error_code ec;
        auto value = json::parse(row.take_view(), ec);
        if (!ec && value.is_array()) return std::move(value.get_array());
        are_lists_ = false;
        return {};
    }

    bool are_lists_ = true;
};

}  // namespace

std::string_view to_string(DossierEntry::Kind kind) { return kind == DossierEntry::Kind::Note ? kNoteWord : kLogWord; }

void put(Statement& row, const Dossier& dossier) {
    row.put(dossier.id).put(dossier.source).put(dossier.alias).put(to_string(dossier.state)).put(dossier.incident.value);
    row.put(dossier.message).put(dossier.description).put(dossier.entity).put(dossier.origin).put(dossier.priority);
    row.put(dossier.owner).put_copy(list_text(dossier.tags)).put_copy(list_text(dossier.actions));
    row.put_copy(pairs_text(dossier.details)).put_copy(responders_text(dossier.responders)).put(dossier.count);
    row.put(dossier.created_at).put(dossier.updated_at).put(dossier.last_occurred_at).put(dossier.acknowledged_at);
    row.put(dossier.acknowledged_by).put(dossier.snoozed_until).put(dossier.closed_at).put(dossier.closed_by);
}

void put(Statement& row, const DossierEntry& entry) {
    row.put(entry.dossier).put(to_string(entry.kind)).put(entry.at).put(entry.owner).put(entry.text);
}

void put(Statement& row, const DossierRequest& request) {
    row.put(request.id).put(request.source).put(request.action).put(request.processed_at);
    row.put(request.outcome == DossierRequest::Outcome::Failed ? kFailedWord : kDoneWord);
    row.put(request.status).put(request.dossier).put(request.alias);
}

Result<Dossier> read_dossier(Statement& row) {
    Dossier dossier;
    Lists lists;
    dossier.tiny_id = row.take_int();
    dossier.id = row.take_text();
    dossier.source = row.take_text();
    dossier.alias = row.take_text();
    const auto state = parse_dossier_state(row.take_view());
    dossier.incident = {row.take_int()};
    dossier.message = row.take_text();
    dossier.description = row.take_text();
    dossier.entity = row.take_text();
    dossier.origin = row.take_text();
    dossier.priority = row.take_text();
    dossier.owner = row.take_text();
    dossier.tags = lists.texts(row);
    dossier.actions = lists.texts(row);
    dossier.details = lists.pairs(row);
    for (auto& [type, name] : lists.pairs(row)) dossier.responders.push_back({std::move(type), std::move(name)});
    dossier.count = row.take_int();
    dossier.created_at = row.take_time();
    dossier.updated_at = row.take_time();
    dossier.last_occurred_at = row.take_time();
    dossier.acknowledged_at = row.take_optional_time();
    dossier.acknowledged_by = row.take_text();
    dossier.snoozed_until = row.take_optional_time();
    dossier.closed_at = row.take_optional_time();
    dossier.closed_by = row.take_text();
    if (!state || !lists.are_lists()) return Error{Errc::Internal, "dossier " + dossier.id + " in the database cannot be read"};
    dossier.state = *state;
    return dossier;
}

DossierEntry read_entry(Statement& row) {
    DossierEntry entry;
    entry.number = row.take_int();
    entry.dossier = row.take_text();
    entry.kind = row.take_view() == kNoteWord ? DossierEntry::Kind::Note : DossierEntry::Kind::Log;
    entry.at = row.take_time();
    entry.owner = row.take_text();
    entry.text = row.take_text();
    return entry;
}

DossierRequest read_request(Statement& row) {
    DossierRequest request;
    request.id = row.take_text();
    request.source = row.take_text();
    request.action = row.take_text();
    request.processed_at = row.take_time();
    request.outcome = row.take_view() == kFailedWord ? DossierRequest::Outcome::Failed : DossierRequest::Outcome::Done;
    request.status = row.take_text();
    request.dossier = row.take_text();
    request.alias = row.take_text();
    return request;
}

}  // namespace tocsin::store
