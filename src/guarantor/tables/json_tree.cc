#include "guarantor/tables/json_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "guarantor/tables/characters.h"

namespace guarantor::tables {
namespace {

/// Lets the parser read a text while we see how far it has come.
class WatchedIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char const&;

  WatchedIterator(char const* at, char const** furthest) : at_{at}, furthest_{furthest} {}
  reference operator*() const { return *at_; }
  WatchedIterator& operator++() {
    *furthest_ = ++at_;
    return *this;
  }
  WatchedIterator operator++(int) {
    WatchedIterator const before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(WatchedIterator const& a, WatchedIterator const& b) {
    return a.at_ == b.at_;
  }
  friend bool operator!=(WatchedIterator const& a, WatchedIterator const& b) { return !(a == b); }

 private:
  char const* at_;
  char const** furthest_;
};

/// Receives the parser's events and builds the tree; the names are the library's.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(std::string_view text, char const** furthest, int deepest, Placer const& place,
              Diagnostics& log)
      : text_{text}, furthest_{furthest}, deepest_{deepest}, place_{place}, log_{log} {}

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(value); }
  bool number_unsigned(std::uint64_t value) override { return add(value); }
  bool number_float(double value, std::string const& /*literal*/) override { return add(value); }
  bool string(std::string& value) override {
    return add(std::make_unique<std::string>(std::move(value)));
  }
  bool binary(nlohmann::json::binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(std::make_unique<JsonObject>()); }
  bool start_array(std::size_t /*size*/) override { return open(std::make_unique<JsonArray>()); }
  bool end_array() override { return close(); }

  bool key(std::string& name) override {
    token_start();
    keys_.back() = std::move(name);
    return true;
  }

  bool end_object() override {
    auto const& members = *std::get<std::unique_ptr<JsonObject>>(open_.back()->value);
    std::vector<std::string_view> names;
    for (auto const& [name, node] : members) {
      names.emplace_back(name);
    }
    std::sort(names.begin(), names.end());
    auto const twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) {
      log_.error(place_(open_.back()->offset),
                 fmt::format("`{}` stands twice in this object", excerpt(*twice)),
                 "keep one of them");
      return false;
    }
    return close();
  }

  bool parse_error(std::size_t position, std::string const& /*token*/,
                   nlohmann::json::exception const& error) override {
    std::string_view what = error.what();
    for (std::string_view const before : {": ", " - "}) {
      if (auto const found = what.find(before); found != std::string_view::npos) {
        what.remove_prefix(found + before.size());
      }
    }
    constexpr std::size_t kLongest = 160;
    bool const ended = position >= text_.size() && what.find("end of input") != std::string::npos;
    log_.error(place_(position > 0 ? std::min(position - 1, text_.size()) : 0),
               ended ? "this is not JSON: it ends too early"
                     : "this is not JSON: " + std::string{what.substr(0, kLongest)},
               ended ? "is the file cut off?" : "");
    return false;
  }

  JsonNode take() { return std::move(root_); }

 private:
  /// Where the token that the parser has just read begins: after what it had read before, and after
  /// blanks, commas and colons.
  std::size_t token_start() {
    std::size_t const start = std::min(text_.find_first_not_of(" \t\r\n,:", last_), text_.size());
    last_ = static_cast<std::size_t>(*furthest_ - text_.data());
    return start;
  }

  JsonNode* attach(JsonNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return &root_;
    }
    if (auto* array = std::get_if<std::unique_ptr<JsonArray>>(&open_.back()->value)) {
      return &(*array)->emplace_back(std::move(node));
    }
    auto& members = *std::get<std::unique_ptr<JsonObject>>(open_.back()->value);
    return &members.emplace_back(std::move(keys_.back()), std::move(node)).second;
  }

  bool add(JsonNode::Value value) {
    attach({token_start(), std::move(value)});
    return true;
  }

  bool open(JsonNode::Value value) {
    std::size_t const start = token_start();
    if (open_.size() >= static_cast<std::size_t>(deepest_)) {
      log_.error(place_(start), fmt::format("nested deeper than {}", deepest_),
                 "maps need no more than a handful of levels");
      return false;
    }
    // A pointer into a container stays good: nothing is added beside an open node.
    open_.push_back(attach({start, std::move(value)}));
    keys_.emplace_back();
    return true;
  }

  bool close() {
    last_ = static_cast<std::size_t>(*furthest_ - text_.data());
    open_.pop_back();
    keys_.pop_back();
    return true;
  }

  std::string_view text_;
  char const** furthest_;
  int deepest_;
  Placer const& place_;
  Diagnostics& log_;
  JsonNode root_;
  std::vector<JsonNode*> open_;
  std::vector<std::string> keys_;
  std::size_t last_{};
};

}  // namespace

std::string const* JsonNode::string() const {
  auto const* held = std::get_if<std::unique_ptr<std::string>>(&value);
  return held == nullptr ? nullptr : held->get();
}

JsonArray const* JsonNode::array() const {
  auto const* held = std::get_if<std::unique_ptr<JsonArray>>(&value);
  return held == nullptr ? nullptr : held->get();
}

JsonObject const* JsonNode::object() const {
  auto const* held = std::get_if<std::unique_ptr<JsonObject>>(&value);
  return held == nullptr ? nullptr : held->get();
}

std::optional<double> JsonNode::number() const {
  if (auto const* whole = std::get_if<std::int64_t>(&value)) {
    return static_cast<double>(*whole);
  }
  if (auto const* natural = std::get_if<std::uint64_t>(&value)) {
    return static_cast<double>(*natural);
  }
  auto const* real = std::get_if<double>(&value);
  return real == nullptr ? std::nullopt : std::optional{*real};
}

JsonNode const* JsonNode::member(std::string_view name) const {
  if (JsonObject const* members = object()) {
    for (auto const& [key, node] : *members) {
      if (key == name) {
        return &node;
      }
    }
  }
  return nullptr;
}

std::optional<JsonNode> read_json(std::string_view text, int deepest, Placer const& place,
                                  Diagnostics& log) {
  char const* furthest = text.data();
  TreeBuilder builder{text, &furthest, deepest, place, log};
  // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the end is given beside it
  WatchedIterator const begin{text.data(), &furthest};
  WatchedIterator const end{text.data() + text.size(), &furthest};
  if (!nlohmann::json::sax_parse(begin, end, &builder)) {
    return std::nullopt;
  }
  return builder.take();
}

std::string print_json_string(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool is_json(std::string_view text) {
  return nlohmann::json::accept(text);
}

std::string print(JsonNode const& node) {
  if (JsonArray const* array = node.array()) {
    std::string text = "[";
    for (JsonNode const& item : *array) {
      text += (text.size() > 1 ? "," : "") + print(item);
    }
    return text + "]";
  }
  if (JsonObject const* object = node.object()) {
    std::string text = "{";
    for (auto const& [name, item] : *object) {
      text +=
          fmt::format("{}{}:{}", text.size() > 1 ? "," : "", print_json_string(name), print(item));
    }
    return text + "}";
  }
  struct Scalar {
    std::string operator()(std::unique_ptr<std::string> const& text) const {
      return print_json_string(*text);
    }
    std::string operator()(std::unique_ptr<JsonArray> const& /*array*/) const { return {}; }
    std::string operator()(std::unique_ptr<JsonObject> const& /*object*/) const { return {}; }
    std::string operator()(std::nullptr_t) const { return "null"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return nlohmann::json(value).dump(); }
  };
  return std::visit(Scalar{}, node.value);
}

}  // namespace guarantor::tables
