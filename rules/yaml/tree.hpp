// What a document holds behind its cursors. Private to rules/yaml.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "rules/yaml/diagnostics.hpp"

namespace tocsin::yaml {

struct Node {
    enum class Kind : std::uint8_t { Empty, Scalar, List, Map };
    Kind kind = Kind::Empty;
    bool is_quoted = false;
    /// The scalar's text stands in its line as it reads, from `text_column` on.
    bool is_verbatim = false;
    std::int32_t line = 1;
    std::int32_t column = 1;
    std::int32_t length = 1;
    std::int32_t text_column = 1;
    std::string text;
    const Node* key = nullptr;     ///< Of a map's value.
    const Node* parent = nullptr;  ///< The map or list that it is in.
    std::vector<const Node*> items;
    std::vector<std::pair<const Node*, const Node*>> entries;  ///< In order; of duplicates only the first.
    std::size_t nodes = 1;                                     ///< How many values it holds, with itself.
};

struct Tree {
    std::string path;
    std::deque<Node> nodes;
    const Node* root = nullptr;
    Diagnostics* diagnostics = nullptr;

    [[nodiscard]] Place place(const Node& node) const { return {path, node.line, node.column, node.length}; }
};

}  // namespace tocsin::yaml
