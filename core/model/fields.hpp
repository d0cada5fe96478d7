// What rules see of an alert: a flat list of (path, value) in one block of memory.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/alert.hpp"

namespace tocsin {

enum class FieldType : std::uint8_t { Text, Number, Boolean, Null };

/// The paths and values of one alert. A path is its keys with dots between them, and a key that holds a dot, a quote, a space or
/// nothing is quoted: `payload.result."a.b"` (see FieldPath). Elements of an array stand under the array's path, so a path may
/// have many values, in the order in which they were sent; an empty array or object has none. Values keep the sender's spelling;
/// numbers are text here too ("1.50"), so that no digit is lost.
class Fields {
public:
    struct Field {
        std::string_view path;
        std::string_view value;
        FieldType type;
    };

    Fields();

    /// Copies both into the block. False, and nothing added, at limits::kFieldsMax.
    bool add(std::string_view path, std::string_view value, FieldType type = FieldType::Text);
    /// The names that are the same for every source: source, kind, status, title, text, key, priority, tags, labels.*, url.
    /// Empty ones are left out, so that `present` means what it says.
    void add_alert(const Alert& alert);

    /// Views are good until the next add() and as long as this object stays where it is.
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] Field operator[](std::size_t i) const;
    /// How many were not added because there were too many.
    [[nodiscard]] std::size_t left_out() const { return left_out_; }

    /// Calls visit(value, type) for each value of the path until one call returns true; returns whether one did.
    template <class Visit>
    bool any_of(std::string_view path, Visit visit) const {
        for (const auto& entry : entries_) {
            if (entry.path_bytes == path.size() && path_of(entry) == path && visit(value_of(entry), entry.type)) return true;
        }
        return false;
    }
    [[nodiscard]] bool has(std::string_view path) const {
        return any_of(path, [](std::string_view, FieldType) { return true; });
    }
    /// The first value of the path, or empty.
    [[nodiscard]] std::string_view first(std::string_view path) const;

private:
    struct Entry {
        std::uint32_t begin;
        std::uint32_t path_bytes;
        std::uint32_t value_bytes;
        FieldType type;
    };
    [[nodiscard]] std::string_view path_of(const Entry& e) const { return {block_.data() + e.begin, e.path_bytes}; }
    [[nodiscard]] std::string_view value_of(const Entry& e) const {
        return {block_.data() + e.begin + e.path_bytes, e.value_bytes};
    }

    std::string block_;
    std::vector<Entry> entries_;
    std::size_t left_out_ = 0;
};

/// Appends `.key` to a path, quoted if it must be: a key that is empty or holds anything but letters, digits, `_`, `-`, `@`, `/`,
/// `:`, `{`, `}`, `(`, `)` and bytes above 0x7F stands in double quotes, with `\` before `"` and `\`.
void append_key(std::string& path, std::string_view key);

}  // namespace tocsin
