#include "daemon/intake/html_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/intake/characters.hpp"

namespace tocsin::intake {
namespace {

constexpr std::array<std::string_view, 2> kUnreadable{"style", "script"};
constexpr std::array<std::string_view, 10> kBlocks{"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities{
    {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}}};

/// "td" of `td class="x"` and of `/td`.
std::string name_of_tag(std::string_view tag) {
    if (tag.starts_with('/')) tag.remove_prefix(1);
    return lower_ascii(tag.substr(0, tag.find_first_of(" \t\r\n/>")));
}

std::size_t find_ignoring_case(std::string_view text, std::string_view what, std::size_t from) {
    for (auto at = text.find('<', from); at != std::string_view::npos; at = text.find('<', at + 1)) {
        if (equal_ignoring_case(text.substr(at, what.size()), what)) return at;
    }
    return text.size();
}

void append_text(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_space(text[i])) {
            if (!out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
            continue;
        }
        const auto* entity = std::find_if(kEntities.begin(), kEntities.end(),
                                          [&](const auto& known) { return text.substr(i).starts_with(known.first); });
        if (entity == kEntities.end()) {
            out += text[i];
        } else {
            out += entity->second;
            i += entity->first.size() - 1;
        }
    }
}

void begin_line(std::string& out) {
    while (!out.empty() && out.back() == ' ') out.pop_back();
    if (!out.empty() && out.back() != '\n') out += '\n';
}

}  // namespace

std::string html_as_text(std::string_view html) {
    std::string out;
    std::size_t at = 0;
    while (at < html.size()) {
        const auto tag = std::min(html.find('<', at), html.size());
        append_text(out, html.substr(at, tag - at));
        if (tag == html.size()) break;
        const bool is_comment = html.substr(tag).starts_with("<!--");
        const auto end = html.find(is_comment ? "-->" : ">", tag);
        if (end == std::string_view::npos) break;
        const auto name = name_of_tag(html.substr(tag + 1, end - tag - 1));
        at = end + (is_comment ? 3 : 1);
        const bool is_closing = html[tag + 1] == '/';
        if (!is_closing && std::find(kUnreadable.begin(), kUnreadable.end(), name) != kUnreadable.end()) {
            at = find_ignoring_case(html, "</" + name, at);
        } else if (std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end()) {
            begin_line(out);
        }
    }
    return std::string(trimmed(out));
}

}  // namespace tocsin::intake
