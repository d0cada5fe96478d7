// Walks a body with simdjson On-Demand: that is the one of its interfaces that leaves numbers as they were spelled.
#include "daemon/intake/json.hpp"
#include "daemon/intake/characters.hpp"

#include <simdjson.h>

#include <limits>

#include "core/base/limits.hpp"

namespace tocsin::intake {
namespace {

namespace ondemand = simdjson::ondemand;

std::size_t skip_digits(std::string_view text, std::size_t i) {
    while (i < text.size() && is_digit(text[i])) ++i;
    return i;
}

/// JSON's grammar of numbers: simdjson checks a number only when it is converted, and converting would lose digits.
bool is_json_number(std::string_view text) {
    std::size_t i = !text.empty() && text[0] == '-' ? 1 : 0;
    const auto whole = skip_digits(text, i);
    if (whole == i || (text[i] == '0' && whole > i + 1)) return false;
    i = whole;
    if (i < text.size() && text[i] == '.') {
        const auto fraction = skip_digits(text, i + 1);
        if (fraction == i + 1) return false;
        i = fraction;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
        const auto exponent = skip_digits(text, i);
        if (exponent == i) return false;
        i = exponent;
    }
    return i == text.size();
}

/// One pass over a document: appends its nodes, or says false at the first thing that is not as it should be.
class Walk {
public:
    Walk(const std::string& body, std::vector<JsonNode>& nodes) : body_(body), nodes_(nodes) {}

    bool document(ondemand::document& document) {
        ondemand::json_type type{};
        if (document.type().get(type) != simdjson::SUCCESS) return false;
        if (type == ondemand::json_type::object ? !object(document) : !array(document)) return false;
        nodes_[0].end = static_cast<std::uint32_t>(nodes_.size());
        // At the end of the body there is no location left to point to.
        return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    }

private:
    bool object(ondemand::document& document) {
        ondemand::object root;
        if (document.get_object().get(root) != simdjson::SUCCESS) return false;
        nodes_.push_back({.type = JsonType::Object});
        return members(root, 1);
    }

    /// A value that is neither is no array either.
    bool array(ondemand::document& document) {
        ondemand::array root;
        if (document.get_array().get(root) != simdjson::SUCCESS) return false;
        nodes_.push_back({.type = JsonType::Array});
        return elements(root, 1);
    }

    bool members(ondemand::object& object, std::size_t depth) {
        auto begin = object.begin();
        if (begin.error() != simdjson::SUCCESS) return false;
        const auto end = object.end();
        for (auto& it = begin; it != end; ++it) {
            ondemand::field field;
            std::string_view key;
            if ((*it).get(field) != simdjson::SUCCESS || !key_of(field, key)) return false;
            if (!value(field.value(), key, depth)) return false;
        }
        return true;
    }

    bool elements(ondemand::array& array, std::size_t depth) {
        auto begin = array.begin();
        if (begin.error() != simdjson::SUCCESS) return false;
        const auto end = array.end();
        for (auto& it = begin; it != end; ++it) {
            ondemand::value element;
            if ((*it).get(element) != simdjson::SUCCESS || !value(element, {}, depth)) return false;
        }
        return true;
    }

    bool value(ondemand::value& value, std::string_view key, std::size_t depth) {
        ondemand::json_type type{};
        if (value.type().get(type) != simdjson::SUCCESS) return false;
        if (type == ondemand::json_type::object) return object(value, key, depth + 1);
        if (type == ondemand::json_type::array) return array(value, key, depth + 1);
        auto raw = value.raw_json_token();
        while (!raw.empty() && is_space(raw.back())) raw.remove_suffix(1);
        JsonNode node{.key = key,
                      .raw_begin = static_cast<std::uint32_t>(raw.data() - body_.data()),
                      .raw_bytes = static_cast<std::uint32_t>(raw.size()),
                      .end = static_cast<std::uint32_t>(nodes_.size() + 1)};
        if (!scalar(value, raw, node)) return false;
        nodes_.push_back(node);
        return true;
    }

    bool object(ondemand::value& value, std::string_view key, std::size_t depth) {
        ondemand::object object;
        if (depth > limits::kJsonDepthMax || value.get_object().get(object) != simdjson::SUCCESS) return false;
        const auto index = nodes_.size();
        nodes_.push_back({.key = key, .type = JsonType::Object});
        if (!members(object, depth)) return false;
        nodes_[index].end = static_cast<std::uint32_t>(nodes_.size());
        return true;
    }

    bool array(ondemand::value& value, std::string_view key, std::size_t depth) {
        ondemand::array array;
        if (depth > limits::kJsonDepthMax || value.get_array().get(array) != simdjson::SUCCESS) return false;
        const auto index = nodes_.size();
        nodes_.push_back({.key = key, .type = JsonType::Array});
        if (!elements(array, depth)) return false;
        nodes_[index].end = static_cast<std::uint32_t>(nodes_.size());
        return true;
    }

    static bool scalar(ondemand::value& value, std::string_view raw, JsonNode& node) {
        if (raw.empty()) return false;
        if (raw.front() == '"') {
            node.type = JsonType::Text;
            // Most texts hold no escape and are taken from the body as they are.
            if (raw.find('\\') != std::string_view::npos) return value.get_string().get(node.value) == simdjson::SUCCESS;
            node.value = raw.substr(1, raw.size() - 2);
            ondemand::raw_json_string passed_over;
            return raw.size() >= 2 && raw.back() == '"' && value.get_raw_json_string().get(passed_over) == simdjson::SUCCESS;
        }
        if (raw == "null") {
            node.type = JsonType::Null;
            return true;
        }
        node.type = raw == "true" || raw == "false" ? JsonType::Boolean : JsonType::Number;
        node.value = raw;
        return node.type == JsonType::Boolean || is_json_number(raw);
    }

    static bool key_of(ondemand::field& field, std::string_view& key) {
        const char* begin = field.key().raw();
        const char* end = begin;
        while (*end != '"' && *end != '\\') ++end;  // simdjson has made sure that there is a closing quote.
        if (*end == '\\') return field.unescaped_key().get(key) == simdjson::SUCCESS;
        key = {begin, static_cast<std::size_t>(end - begin)};
        return true;
    }

    const std::string& body_;
    std::vector<JsonNode>& nodes_;
};

}  // namespace

struct JsonReader::Parser {
    ondemand::parser parser;
};

JsonReader::JsonReader() : parser_(std::make_unique<Parser>()) {}
JsonReader::~JsonReader() = default;

bool JsonReader::read(std::string& body) {
    nodes_.clear();
    replacements_.clear();
    if (body.size() > std::numeric_limits<std::uint32_t>::max() - simdjson::SIMDJSON_PADDING) return false;
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    ondemand::document document;
    const simdjson::padded_string_view padded(body.data(), body.size(), body.capacity());
    if (parser_->parser.iterate(padded).get(document) != simdjson::SUCCESS) return false;
    return Walk(body, nodes_).document(document);
}

void JsonReader::replace(std::size_t node, std::string text) {
    nodes_[node].value = replacements_.emplace_back(std::move(text));
    nodes_[node].type = JsonType::Text;
}

JsonView JsonView::find(std::string_view key) const {
    if (!is_object()) return {};
    const auto& nodes = *nodes_;
    for (auto i = index_ + 1; i < node().end; i = nodes[i].end) {
        if (nodes[i].key == key) return {nodes_, i};
    }
    return {};
}

}  // namespace tocsin::intake
