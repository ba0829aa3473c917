#include "guarantor/report/json_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace guarantor::report {
namespace {

using model::Error;
using model::ErrorKind;
using Json = nlohmann::json;

/// Reads the text byte by byte and counts, so that each event knows how far the reader has come.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = char const*;
  using reference = char const&;

  CountingIterator(char const* at, std::size_t* count) : at_{at}, count_{count} {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*count_;
    return *this;
  }
  CountingIterator operator++(int) {
    auto before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(CountingIterator a, CountingIterator b) { return a.at_ == b.at_; }
  friend bool operator!=(CountingIterator a, CountingIterator b) { return a.at_ != b.at_; }

 private:
  char const* at_;
  std::size_t* count_;
};

class TreeBuilder : public nlohmann::json_sax<Json> {
 public:
  TreeBuilder(std::string const& text, std::size_t const& read, JsonLimits limits)
      : text_{text}, read_{read}, limits_{limits} {}

  bool null() override { return put({nullptr, read_ - 4}); }
  bool boolean(bool value) override { return put({value, read_ - (value ? 4U : 5U)}); }
  bool number_integer(number_integer_t value) override {
    return put({std::int64_t{value}, number_begin()});
  }
  bool number_unsigned(number_unsigned_t value) override {
    return put({std::uint64_t{value}, number_begin()});
  }
  bool number_float(number_float_t value, string_t const& /*digits*/) override {
    return put({value, number_begin()});
  }
  bool string(string_t& value) override { return put({std::move(value), string_begin()}); }
  bool binary(binary_t& /*value*/) override { return fail(read_, "bytes are no JSON"); }

  bool start_object(std::size_t /*size*/) override {
    return open({JsonTree::Members{}, read_ - 1});
  }
  bool start_array(std::size_t /*size*/) override { return open({JsonTree::Items{}, read_ - 1}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (stack_.back().member(name) != nullptr) {
      return fail(string_begin(), fmt::format("the key \"{}\" stands here a second time", name));
    }
    if (std::get<JsonTree::Members>(stack_.back().value).size() >= limits_.members) {
      return fail(string_begin(), fmt::format("more than {} keys in one object", limits_.members));
    }
    keys_.back() = name;
    return true;
  }
  bool parse_error(std::size_t position, std::string const& /*token*/,
                   Json::exception const& broken) override {
    std::string what = broken.what();
    auto const reason = what.find("syntax error");
    return fail(position == 0 ? 0 : position - 1,
                reason == std::string::npos ? what : what.substr(reason));
  }

  std::optional<JsonTree> root;
  std::optional<Error> error;

 private:
  /// The first byte of the number just read; one byte after it may have been read as well.
  [[nodiscard]] std::size_t number_begin() const {
    constexpr std::string_view kSigns{"0123456789+-.eE"};
    auto at = text_.find_last_of("0123456789", std::min(read_, text_.size()) - 1);
    while (at > 0 && kSigns.find(text_[at - 1]) != std::string_view::npos) {
      --at;
    }
    return at;
  }
  /// The opening quote of the string just read: the nearest one that no backslash stands before.
  [[nodiscard]] std::size_t string_begin() const {
    auto at = read_ - 2;
    while (at > 0 && (text_[at] != '"' || text_[at - 1] == '\\')) {
      --at;
    }
    return at;
  }
  bool fail(std::size_t offset, std::string const& message) {
    error =
        Error{ErrorKind::kBadInput, fmt::format("{}: {}", position_in(text_, offset), message), ""};
    return false;
  }
  bool open(JsonTree tree) {
    if (stack_.size() >= limits_.depth) {
      return fail(tree.begin, fmt::format("nested deeper than {} levels", limits_.depth));
    }
    stack_.push_back(std::move(tree));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    auto done = std::move(stack_.back());
    stack_.pop_back();
    keys_.pop_back();
    return put(std::move(done));
  }
  bool put(JsonTree tree) {
    if (stack_.empty()) {
      root = std::move(tree);
    } else if (auto* items = std::get_if<JsonTree::Items>(&stack_.back().value)) {
      items->push_back(std::move(tree));
    } else {
      std::get<JsonTree::Members>(stack_.back().value)
          .push_back({std::move(keys_.back()), std::move(tree)});
    }
    return true;
  }

  std::string const& text_;
  std::size_t const& read_;
  JsonLimits limits_;
  std::vector<JsonTree> stack_;
  std::vector<std::string> keys_;
};

}  // namespace

JsonTree const* JsonTree::member(std::string const& name) const {
  auto const* members = std::get_if<Members>(&value);
  if (members == nullptr) {
    return nullptr;
  }
  auto const found = std::find_if(members->begin(), members->end(),
                                  [&](auto const& member) { return member.name == name; });
  return found == members->end() ? nullptr : &found->value;
}

model::Result<JsonTree> parse_json(std::string const& text, JsonLimits limits) {
  if (text.size() > limits.bytes) {
    return Error{
        ErrorKind::kBadInput,
        fmt::format("1:1: {} bytes are more than the {} allowed", text.size(), limits.bytes), ""};
  }
  std::size_t read = 0;
  TreeBuilder builder{text, read, limits};
  char const* const begin = text.data();
  bool const ok = Json::sax_parse(CountingIterator{begin, &read},
                                  CountingIterator{begin + text.size(), &read}, &builder);
  if (!ok || !builder.root) {
    return builder.error.value_or(Error{ErrorKind::kBadInput, "1:1: expected a JSON value", ""});
  }
  return std::move(*builder.root);
}

std::string position_in(std::string const& text, std::size_t offset) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++column;
    }
  }
  return fmt::format("{}:{}", line, column);
}

}  // namespace guarantor::report
