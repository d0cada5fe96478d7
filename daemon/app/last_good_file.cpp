#include "daemon/app/last_good_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <boost/json.hpp>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "daemon/app/files.hpp"

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

Error failed(const std::string& what, const std::string& file) {
    return Error{Errc::Unavailable, fmt::format("{} {}: {}", what, file, std::strerror(errno))};
}

Result<void> write_all(int descriptor, std::string_view bytes, const std::string& file) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed("writing", file);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor) != 0) return failed("syncing", file);
    return {};
}

}  // namespace

Result<void> write_last_good(const std::string& file, const check::KeptRulebook& kept, const std::string& rulebook_directory) {
    const auto beside = file + ".new";
    const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("creating", beside);
    auto written = write_all(descriptor, to_json(kept, rulebook_directory), beside);
    ::close(descriptor);
    if (!written) return written;
    if (::rename(beside.c_str(), file.c_str()) != 0) return failed("replacing", file);
    return {};
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
