// Includes point down only: who may include what, as one table, and which third-party header belongs to which folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace tocsin::tidy::layers_test {
namespace {

struct Layer {
    std::string folder;
    std::vector<std::string> may_include;  ///< Besides itself.
};

const std::vector<std::string> kUpToModel{"core/base", "core/model"};
const std::vector<std::string> kUpToEngine{"core/base", "core/model", "core/oncall", "core/engine"};
const std::vector<std::string> kUpToPorts{"core/base", "core/model", "core/oncall", "core/engine", "core/ports"};

std::vector<std::string> with(std::vector<std::string> places, const std::vector<std::string>& more) {
    places.insert(places.end(), more.begin(), more.end());
    return places;
}

/// The picture of core/README.md as a table. The first folder that a file is in decides.
const std::vector<Layer>& layers() {
    static const std::vector<Layer> kLayers{
        {"core/base", {}},
        {"core/model", {"core/base"}},
        {"core/oncall", kUpToModel},
        {"core/engine", with(kUpToModel, {"core/oncall"})},
        {"core/ports", kUpToEngine},
        {"core/runtime", kUpToPorts},
        {"rules/yaml", {"core/base"}},
        {"rules/match", kUpToModel},
        {"rules/calendar", kUpToModel},
        {"rules/rulebook.hpp", with(kUpToModel, {"rules/match", "rules/yaml"})},
        {"rules/language", with(kUpToModel, {"rules/match", "rules/yaml", "rules/rulebook.hpp"})},
        {"rules/check", with(kUpToEngine, {"rules"})},
        {"rules", with(kUpToEngine, {"rules"})},
        {"daemon/http", {"core/base"}},
        {"daemon/intake", kUpToModel},
        {"daemon/config", {"core/base", "rules/yaml"}},
        {"daemon/store", kUpToPorts},
        {"daemon/observe", {"core"}},
        {"daemon/notify", with(kUpToPorts, {"daemon/http"})},
        {"daemon/api", {"core", "rules", "daemon/http", "daemon/intake", "daemon/observe", "daemon/config"}},
        {"daemon/opsgenie", {"core", "rules", "daemon/http", "daemon/intake", "daemon/observe", "daemon/config", "daemon/api"}},
        {"daemon/app",
         {"core", "rules", "daemon/http", "daemon/intake", "daemon/observe", "daemon/config", "daemon/store", "daemon/notify",
          "daemon/api", "daemon/opsgenie"}},
        {"daemon", {"core", "rules", "daemon"}},
        {"tests", {"core", "rules", "daemon", "tests"}},
    };
    return kLayers;
}

TEST(Tidy, IncludesPointDownOnly) {
    for (const auto& source : sources()) {
        const auto layer = std::find_if(layers().begin(), layers().end(),
                                        [&](const Layer& candidate) { return is_in(source.path, {candidate.folder}); });
        if (layer == layers().end()) {
            ADD_FAILURE() << source.path << ": no layer is known for this folder; add it to the table in " << __FILE__;
            continue;
        }
        for (const auto& include : source.includes) {
            if (!include.is_ours || is_in(include.name, {layer->folder}) || is_in(include.name, layer->may_include)) continue;
            ADD_FAILURE() << place(source.path, include.line) << ": " << layer->folder << " must not include \"" << include.name
                          << "\"; move what it needs down, or hand it in from above";
        }
    }
}

TEST(Tidy, OurHeadersAreIncludedFromTheRoot) {
    for (const auto& source : sources()) {
        for (const auto& include : source.includes) {
            const bool looks_ours = is_in(include.name, {"core", "rules", "daemon", "tests"});
            if (include.is_ours == looks_ours) continue;
            ADD_FAILURE() << place(source.path, include.line) << ": write our headers as \"folder/file.hpp\" from the root, "
                          << "all others as <file>; not " << include.name;
        }
    }
}

/// A library whose headers only some folders may see, in their .cpp files (tests, which stand outside, may too).
struct Library {
    std::vector<std::string> headers;  ///< What the include's name begins with.
    std::vector<std::string> owners;
    std::string say_instead;
    bool is_fine_in_headers = false;
};

const std::vector<Library>& libraries() {
    static const std::vector<Library> kLibraries{
        {{"boost/asio", "boost/beast"}, {"daemon/http"}, "use daemon/http/{loop,server,client}.hpp"},
        {{"openssl/"}, {"daemon/http", "daemon/config", "daemon/notify"}, "use daemon/http/client.hpp, or hand the bytes in"},
        {{"curl/"}, {"daemon/notify"}, "use daemon/notify/smtp.hpp, and daemon/http/client.hpp for HTTP"},
        {{"sqlite3.h"}, {"daemon/store"}, "use core/ports/store.hpp"},
        {{"libpq-fe.h"}, {"daemon/store"}, "use core/ports/store.hpp"},
        {{"prometheus/"}, {"daemon/observe"}, "use the metrics of daemon/observe"},
        {{"spdlog/"}, {"daemon/observe"}, "use the log of daemon/observe"},
        {{"simdjson.h"}, {"daemon/intake"}, "use daemon/intake/parser.hpp, or Boost.JSON off the hot path"},
        {{"gmime/"}, {"daemon/intake"}, "use daemon/intake/parser.hpp"},
        {{"boost/json", "boost/url"}, {"daemon", "rules/check"}, "core and rules see values, not JSON", true},
        {{"yaml-cpp/"}, {"rules/yaml"}, "use rules/yaml/cursor.hpp"},
        {{"libical/"}, {"rules/calendar"}, "use rules/calendar/calendar.hpp"},
        {{"re2/"}, {"rules/match", "rules/check"}, "use rules/match"},
        {{"date/"}, {"core/base"}, "use core/base/zone.hpp"},
        {{"CLI/"}, {"daemon/cli"}, "use daemon/cli"},
        {{"systemd/"}, {"daemon/app"}, "tell the supervisor through daemon/app"},
        {{"fstream", "iostream"}, {"daemon"}, "hand the text in; daemon reads files"},
        {{"regex"}, {}, "RE2, through rules/match, or plain find()"},
    };
    return kLibraries;
}

TEST(Tidy, LibrariesAreSeenByTheirOwnersOnly) {
    for (const auto& source : sources()) {
        for (const auto& include : source.includes) {
            if (include.is_ours) continue;
            for (const auto& library : libraries()) {
                const bool is_it = std::any_of(library.headers.begin(), library.headers.end(), [&](const std::string& header) {
                    return header.ends_with('/') ? include.name.starts_with(header)
                                                 : include.name == header || include.name.starts_with(header + "/") ||
                                                       include.name == header + ".hpp" || include.name.starts_with(header + "_");
                });
                if (!is_it || (is_in(source.path, {"tests"}) && !library.owners.empty())) continue;
                const bool is_owner = is_in(source.path, library.owners);
                if (is_owner && (library.is_fine_in_headers || !source.is_header())) continue;
                ADD_FAILURE() << place(source.path, include.line) << ": <" << include.name << "> "
                              << (is_owner ? "belongs into the .cpp; keep it out of the header" : "is not for this folder")
                              << "; say instead: " << library.say_instead;
            }
        }
    }
}

}  // namespace
}  // namespace tocsin::tidy::layers_test
