// JSON as it was sent: a flat list of nodes in which numbers keep their spelling and repeated keys all stay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::intake {

enum class JsonType : std::uint8_t { Object, Array, Text, Number, Boolean, Null };

struct JsonNode {
    std::string_view key{};       ///< Unescaped; empty for the root and for elements of arrays.
    std::string_view value{};     ///< Text unescaped, numbers and booleans as spelled; empty for the rest.
    std::uint32_t raw_begin = 0;  ///< Where a value that is no container stands in the body, quotes included.
    std::uint32_t raw_bytes = 0;
    std::uint32_t end = 0;  ///< The index behind the last node inside this one.
    JsonType type = JsonType::Null;
};

/// One node and what is inside it, or nothing: looking into nothing finds nothing, so that callers need not ask at each step.
/// Good as long as the reader lives and reads no other body.
class JsonView {
public:
    JsonView() = default;
    JsonView(const std::vector<JsonNode>* nodes, std::uint32_t index) : nodes_(nodes), index_(index) {}

    [[nodiscard]] bool exists() const { return nodes_ != nullptr; }
    [[nodiscard]] bool is_object() const { return exists() && node().type == JsonType::Object; }
    [[nodiscard]] bool is_array() const { return exists() && node().type == JsonType::Array; }
    [[nodiscard]] std::string_view key() const { return exists() ? node().key : std::string_view{}; }
    /// The text of a text, number or boolean; empty for anything else.
    [[nodiscard]] std::string_view text() const { return exists() ? node().value : std::string_view{}; }
    /// The member of an object; the first one if the key is repeated, as Fields::first() has it.
    [[nodiscard]] JsonView find(std::string_view key) const;
    /// Calls visit(JsonView) for each member or element, in the order of the body.
    template <class Visit>
    void each(Visit visit) const {
        if (!exists()) return;
        for (auto i = index_ + 1; i < node().end; i = (*nodes_)[i].end) visit(JsonView{nodes_, i});
    }
    [[nodiscard]] const JsonNode& node() const { return (*nodes_)[index_]; }

private:
    const std::vector<JsonNode>* nodes_ = nullptr;
    std::uint32_t index_ = 0;
};

/// Reads one body after the other and keeps its buffers, which grow to what the largest body needed.
class JsonReader {
public:
    JsonReader();
    ~JsonReader();
    JsonReader(const JsonReader&) = delete;
    JsonReader& operator=(const JsonReader&) = delete;

    /// False if the body is no JSON object or array, nested at most limits::kJsonDepthMax deep (json_error() says why), holds a
    /// lone surrogate or bytes that are no UTF-8. The body gets spare capacity, and must stay as it is while views are used.
    [[nodiscard]] bool read(std::string& body);
    [[nodiscard]] JsonView root() const { return {&nodes_, 0}; }
    [[nodiscard]] const std::vector<JsonNode>& nodes() const { return nodes_; }
    /// Puts a text in the place of a node's value; the body is not touched.
    void replace(std::size_t node, std::string text);

private:
    struct Parser;

    std::unique_ptr<Parser> parser_;
    std::vector<JsonNode> nodes_;
    std::deque<std::string> replacements_;  ///< A deque, since views of its texts must outlive the next one.
};

}  // namespace tocsin::intake
