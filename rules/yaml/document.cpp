// The only file that includes yaml-cpp. Its events are used, not its nodes: the events keep duplicate keys and the places of
// aliases.
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "core/base/text.hpp"
#include "rules/yaml/cursor.hpp"
#include "rules/yaml/source_text.hpp"
#include "rules/yaml/syntax_story.hpp"
#include "rules/yaml/tree.hpp"

namespace tocsin::yaml {
namespace {

constexpr std::string_view kStandardTag = "tag:yaml.org,2002:";

/// Makes the tree from the parser's events. After a mistake that makes the rest meaningless it takes no more of them.
class Builder final : public YAML::EventHandler {
public:
    Builder(Tree& tree, const SourceText& source) : tree_(tree), source_(source) {}

    [[nodiscard]] const SourceText& source() const { return source_; }
    [[nodiscard]] bool has_failed() const { return has_failed_; }
    [[nodiscard]] Place place_at(Stop at, std::int32_t length) const {
        const auto line = std::clamp(at.line + 1, 1, std::max(source_.line_count(), 1));
        return {tree_.path, line, source_.column(line - 1, std::max(at.byte, 0)), length};
    }
    [[nodiscard]] Place place_at(const YAML::Mark& mark, std::int32_t length) const {
        return place_at(Stop{mark.line, mark.column}, length);
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 1) return;
        if (source_.rest_of_line(mark.line, mark.column).starts_with("---")) {
            fail(mark, "a file holds one YAML document; write the second one in a file of its own");
        } else {
            fail(mark, "this does not belong to the value above; is it indented like its neighbours?");
        }
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        if (has_failed_) return;
        auto& node = add(Node::Kind::Empty, mark);
        place_empty(node, mark);
        attach(node, anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        if (has_failed_) return;
        const auto found = anchors_.find(anchor);
        if (found == anchors_.end()) return fail(mark, "an alias cannot stand inside the value that it names");
        alias_nodes_ += found->second->nodes;
        if (alias_nodes_ > kAliasNodesMax) {
            return fail(mark, fmt::format("the aliases of this file stand for more than {} values", kAliasNodesMax));
        }
        auto& node = add(found->second->kind, mark);
        const auto rest = source_.rest_of_line(mark.line, mark.column);
        node.length = length_of(rest.substr(0, rest.find_first_of(" ,]}")));
        node.is_quoted = found->second->is_quoted;
        node.text = found->second->text;
        node.items = found->second->items;
        node.entries = found->second->entries;
        node.nodes = found->second->nodes;
        attach(node, YAML::NullAnchor);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
        if (has_failed_) return;
        check_tag(mark, tag);
        auto& node = add(Node::Kind::Scalar, mark);
        node.is_quoted = tag != "?" && tag != "";
        node.text = value;
        const auto rest = source_.rest_of_line(mark.line, mark.column);
        const auto extent = extent_of(rest, value);
        if (is_left_open(mark, extent)) return fail(mark, "a quote is opened here and never closed");
        node.length = length_of(rest.substr(0, extent.bytes));
        node.is_verbatim = extent.is_verbatim;
        node.text_column = node.column + static_cast<std::int32_t>(code_points(rest.substr(0, extent.text_begin)));
        attach(node, anchor);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(Node::Kind::List, {mark, tag, anchor, style});
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(Node::Kind::Map, {mark, tag, anchor, style});
    }
    void OnMapEnd() override { close(); }

private:
    struct Open {
        Node* node;
        YAML::anchor_t anchor;
        const Node* key = nullptr;  ///< A key that waits for its value.
        std::unordered_map<std::string_view, const Node*> keys;
    };
    struct Start {
        const YAML::Mark& mark;
        const std::string& tag;
        YAML::anchor_t anchor;
        YAML::EmitterStyle::value style;
    };

    /// What there is to underline, which is never nothing.
    static std::int32_t length_of(std::string_view text) {
        return std::max<std::int32_t>(1, static_cast<std::int32_t>(code_points(text)));
    }

    void fail(const YAML::Mark& mark, std::string message) {
        has_failed_ = true;
        tree_.diagnostics->error(place_at(mark, 1), std::move(message));
    }

    /// yaml-cpp takes the rest of the file as the text of a quote that is not closed, if the file ends in a newline.
    [[nodiscard]] bool is_left_open(const YAML::Mark& mark, const Extent& extent) const {
        const auto text = source_.rest(mark.line, mark.column + static_cast<int>(extent.quote_begin));
        return extent.is_quoted && quoted_bytes(text) == std::string_view::npos;
    }

    void check_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!" || tag.starts_with(kStandardTag)) return;
        tree_.diagnostics->error(place_at(mark, 1),
                                 fmt::format("the tag {} means nothing here; if it is text, put it in quotes", tag));
    }

    Node& add(Node::Kind kind, const YAML::Mark& mark) {
        auto& node = tree_.nodes.emplace_back();
        const auto place = place_at(mark, 1);
        node.kind = kind;
        node.line = place.line;
        node.column = place.column;
        if (!open_.empty()) {
            node.parent = open_.back().node;
            node.key = open_.back().key;
        }
        return node;
    }

    void stand_at(Node& node, const Node& other) {
        node.line = other.line;
        node.column = other.column;
        node.length = other.length;
    }

    /// The parser's mark of an empty value is that of whatever comes next.
    void place_empty(Node& node, const YAML::Mark& mark) {
        const auto rest = source_.rest_of_line(mark.line, mark.column);
        if (node.key != nullptr) {
            stand_at(node, *node.key);
        } else if (rest.starts_with('~')) {
            node.length = 1;
        } else if (lower_ascii(rest.substr(0, 4)) == "null") {
            node.length = 4;
        } else if (node.parent != nullptr) {
            stand_at(node, *node.parent);
        }
    }

    void open(Node::Kind kind, const Start& start) {
        if (has_failed_) return;
        check_tag(start.mark, start.tag);
        if (open_.size() >= kDepthMax) {
            return fail(start.mark, fmt::format("maps and lists are nested more than {} deep", kDepthMax));
        }
        auto& node = add(kind, start.mark);
        if (start.style != YAML::EmitterStyle::Flow && node.key != nullptr) stand_at(node, *node.key);
        open_.push_back({&node, start.anchor, nullptr, {}});
    }

    void close() {
        if (has_failed_) return;
        auto& node = *open_.back().node;
        const auto anchor = open_.back().anchor;
        open_.pop_back();
        attach(node, anchor);
    }

    void attach(Node& node, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) anchors_[anchor] = &node;
        if (open_.empty()) {
            tree_.root = &node;
            return;
        }
        auto& holder = open_.back();
        holder.node->nodes += node.nodes;
        if (holder.node->kind == Node::Kind::List) {
            holder.node->items.push_back(&node);
        } else if (holder.key == nullptr) {
            check_key(node);
            holder.key = &node;
        } else {
            attach_value(holder, node);
        }
    }

    void check_key(const Node& key) {
        if (key.kind != Node::Kind::Scalar) {
            // What comes next makes no more sense than this.
            has_failed_ = true;
            tree_.diagnostics->error(tree_.place(key), "a key must be text")
                .hints.emplace_back("a text that begins with { or [ must stand in quotes");
        } else if (key.text == "<<" && !key.is_quoted) {
            tree_.diagnostics->error(tree_.place(key), "merge keys (<<) are not supported; write the keys out");
        }
    }

    void attach_value(Open& holder, const Node& value) {
        const auto* key = std::exchange(holder.key, nullptr);
        if (key->kind != Node::Kind::Scalar || (key->text == "<<" && !key->is_quoted)) return;
        const auto [first, is_new] = holder.keys.try_emplace(key->text, key);
        if (is_new) {
            holder.node->entries.emplace_back(key, &value);
            return;
        }
        tree_.diagnostics->error(tree_.place(*key), fmt::format("the key \"{}\" is written twice", key->text))
            .hints.push_back(fmt::format("the first is at {}", to_string(tree_.place(*first->second))));
    }

    Tree& tree_;
    const SourceText& source_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, const Node*> anchors_;
    std::size_t alias_nodes_ = 0;
    int documents_ = 0;
    bool has_failed_ = false;
};

void report_syntax(const YAML::Exception& error, const Builder& builder, Diagnostics& diagnostics) {
    const auto story = syntax_story(error.msg, builder.source(), {error.mark.line, error.mark.column});
    auto& reported =
        diagnostics.error(builder.place_at(story.at, story.length), fmt::format("this is not valid YAML: {}", story.message));
    if (!story.hint.empty()) reported.hints.push_back(story.hint);
}

/// The first byte that a YAML file must not hold: no UTF-8, or a control character.
std::optional<std::size_t> first_bad_byte(std::string_view text) {
    const auto valid = valid_utf8(text);
    const auto same =
        static_cast<std::size_t>(std::mismatch(text.begin(), text.end(), valid.begin(), valid.end()).first - text.begin());
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t'; };
    const auto control = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_control) - text.begin());
    const auto first = std::min(same, control);
    if (first >= text.size()) return {};
    return first;
}

bool is_readable(std::string_view text, const std::string& path, Diagnostics& diagnostics) {
    if (text.size() > kFileBytesMax) {
        diagnostics.error({path, 1, 1, 1}, fmt::format("the file has {} bytes; {} are the most", text.size(), kFileBytesMax));
        return false;
    }
    if (const auto bad = first_bad_byte(text)) {
        const auto before = text.substr(0, *bad);
        const auto line_begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        const auto column = 1 + code_points(before.substr(line_begin));
        diagnostics.error(
            {path, static_cast<std::int32_t>(line), static_cast<std::int32_t>(column), 1},
            fmt::format("byte 0x{:02X} is not text; the file must be UTF-8", static_cast<unsigned char>(text[*bad])));
        return false;
    }
    return true;
}

void parse_into(Tree& tree, const std::string& text) {
    const SourceText source(text);
    Builder builder(tree, source);
    try {
        std::istringstream stream(text);
        YAML::Parser parser(stream);
        while (!builder.has_failed() && parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        if (!builder.has_failed()) report_syntax(error, builder, *tree.diagnostics);
        tree.root = nullptr;
        return;
    }
    if (builder.has_failed()) {
        tree.root = nullptr;
    } else if (tree.root == nullptr) {
        tree.root = &tree.nodes.emplace_back();
    }
}

}  // namespace

Document Document::parse(std::string path, std::string text, Diagnostics& diagnostics) {
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    auto tree = std::make_unique<Tree>();
    tree->path = path;
    tree->diagnostics = &diagnostics;
    if (text.size() <= kFileBytesMax) diagnostics.add_file(path, text);
    if (is_readable(text, path, diagnostics)) parse_into(*tree, text);
    return Document(std::move(tree));
}

Document::Document(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Cursor Document::root() const { return {tree_.get(), tree_->root}; }

}  // namespace tocsin::yaml
