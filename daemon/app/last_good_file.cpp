#include "daemon/app/last_good_file.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

#include <filesystem>
#include <utility>

#include "daemon/app/files.hpp"
#include "daemon/app/whole_file.hpp"

namespace tocsin::app {
namespace json = boost::json;
namespace {

std::string to_json(const check::KeptRulebook& kept, const std::string& rulebook_directory) {
    json::array files;
    for (const auto& file : kept.files) files.push_back(json::object{{"path", file.path}, {"text", file.text}});
    json::array samples;
    for (const auto& [path, named, bytes] : kept.samples) {
        samples.push_back(json::object{{"rulebook_path", path}, {"named", named}, {"bytes", bytes}});
    }
    return json::serialize(
        json::object{{"directory", rulebook_directory}, {"files", std::move(files)}, {"samples", std::move(samples)}});
}

/// A member that is a text; empty for anything else.
std::string text_of(const json::value& object, std::string_view name) {
    const auto* map = object.if_object();
    const auto* member = map == nullptr ? nullptr : map->if_contains(name);
    return member != nullptr && member->is_string() ? std::string(member->get_string()) : std::string();
}

const json::array& list_of(const json::value& object, std::string_view name) {
    static const json::array kNone;
    const auto* map = object.if_object();
    const auto* member = map == nullptr ? nullptr : map->if_contains(name);
    return member != nullptr && member->is_array() ? member->get_array() : kNone;
}

std::string moved(const std::string& path, const std::string& from, const std::string& to) {
    return path.starts_with(from) ? to + path.substr(from.size()) : path;
}

}  // namespace

Result<void> write_last_good(const std::string& file, const check::KeptRulebook& kept, const std::string& rulebook_directory) {
    return write_whole(file, to_json(kept, rulebook_directory));
}

Result<check::KeptRulebook> read_last_good(const std::string& file, const std::string& rulebook_directory) {
    check::KeptRulebook kept;
    std::error_code ec;
    if (!std::filesystem::exists(file, ec)) return kept;
    const auto text = read_file(file, std::size_t{1} << 30U);
    if (!text) return text.error();
    const auto read = json::parse(*text, ec);
    if (ec) return Error{Errc::Invalid, fmt::format("{} is damaged: {}", file, ec.message())};
    const auto from = text_of(read, "directory");
    for (const auto& one : list_of(read, "files")) {
        kept.files.push_back({moved(text_of(one, "path"), from, rulebook_directory), text_of(one, "text")});
    }
    for (const auto& one : list_of(read, "samples")) {
        kept.samples.push_back(
            {moved(text_of(one, "rulebook_path"), from, rulebook_directory), text_of(one, "named"), text_of(one, "bytes")});
    }
    return kept;
}

}  // namespace tocsin::app
