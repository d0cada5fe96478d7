#include "daemon/app/calendar_copies.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <filesystem>
#include <utility>

#include "daemon/app/files.hpp"
#include "daemon/app/whole_file.hpp"
#include "daemon/http/client.hpp"
#include "daemon/http/signature.hpp"
#include "daemon/notify/dealing.hpp"

namespace tocsin::app {
namespace json = boost::json;
namespace fs = std::filesystem;
namespace {

std::string digest_of(const std::string& address) { return http::hmac_sha256_hex({"calendar", address}); }

/// "https://calendar.example.org/team/rota.ics?token=x" -> "rota.ics"
std::string last_part_of(const std::string& address) {
    const auto path = address.substr(0, address.find_first_of("?#"));
    return path.substr(path.rfind('/') + 1);
}

}  // namespace

bool is_address(std::string_view named) { return named.find("://") != std::string_view::npos; }

std::string calendar_name(const std::string& address) {
    constexpr std::size_t kDigits = 8;
    const auto url = http::parse_url(address);
    return fmt::format("{}#{}", url ? notify::place_of(*url) : std::string("?"), digest_of(address).substr(0, kDigits));
}

std::optional<CalendarCopy> CalendarCopies::find(const std::string& address) const {
    const auto text = read_file(file_of(address));
    if (!text) return {};
    std::error_code ec;
    const auto read = json::parse(*text, ec);
    const auto* copy = ec ? nullptr : read.if_object();
    const auto* at = copy == nullptr ? nullptr : copy->if_contains("fetched_at");
    const auto* calendar = copy == nullptr ? nullptr : copy->if_contains("text");
    if (at == nullptr || calendar == nullptr || !at->is_int64() || !calendar->is_string()) return {};
    return CalendarCopy{std::string(calendar->get_string()), from_unix_ms(at->get_int64())};
}

Result<void> CalendarCopies::keep(const std::string& address, const CalendarCopy& copy) const {
    std::error_code ec;
    fs::create_directories(folder_, ec);  // If it cannot be had, writing says why.
    return write_whole(file_of(address),
                       json::serialize(json::object{{"fetched_at", to_unix_ms(copy.fetched_at)}, {"text", copy.text}}));
}

std::string CalendarCopies::file_of(const std::string& address) const {
    return fmt::format("{}/{}.json", folder_, digest_of(address));
}

ReadNamed reading_calendars_by(std::function<Result<std::string>(const std::string& address)> read_calendar) {
    return [read_calendar = std::move(read_calendar)](std::string_view rulebook_path, std::string_view named) {
        return is_address(named) ? read_calendar(std::string(named)) : read_sample(rulebook_path, named);
    };
}

Result<std::string> read_fetched(const CalendarPlaces& places, const std::string& address) {
    if (!places.folder.empty()) {
        auto text = read_file(places.folder + "/" + last_part_of(address));
        if (text) return text;
        return Error{Errc::NotFound, fmt::format("nothing is fetched here, and {}", text.error().message())};
    }
    if (!places.data_directory.empty()) {
        if (auto copy = CalendarCopies(places.data_directory).find(address)) return std::move(copy->text);
    }
    return Error{Errc::NotFound,
                 fmt::format("nothing is fetched here, and {}: fetch it into a folder as {} and say --calendar-dir FOLDER",
                             places.data_directory.empty() ? std::string("no --config says where a daemon keeps copies")
                                                           : fmt::format("{} has no copy of it", places.data_directory),
                             last_part_of(address))};
}

}  // namespace tocsin::app
