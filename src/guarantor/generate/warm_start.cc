#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "guarantor/generate/component_cache.h"

/// A cache as bytes, so that one run of the program can begin where another ended.
namespace guarantor::generate {
namespace {

constexpr std::string_view kMagic = "guarantor warm start 1\n";

class Writer {
 public:
  template <class Number>
  void number(Number value)
    requires(std::is_arithmetic_v<Number>)
  {
    std::size_t const from = bytes_.size();
    bytes_.resize(from + sizeof value);
    std::memcpy(bytes_.data() + from, &value, sizeof value);
  }
  void count(std::size_t value) { number(static_cast<std::uint64_t>(value)); }
  void text(std::string const& value) {
    count(value.size());
    bytes_ += value;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what `Writer` wrote; after an end that comes too soon everything is 0 and empty.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_{bytes} {}

  template <class Number>
  Number number() {
    Number value{};
    if (left_.size() < sizeof value) {
      torn_ = true;
      left_ = {};
      return value;
    }
    std::copy_n(left_.begin(), sizeof value, reinterpret_cast<char*>(&value));
    left_.remove_prefix(sizeof value);
    return value;
  }
  /// A number of things of at least `least` bytes each.
  std::size_t count(std::size_t least) {
    auto const value = number<std::uint64_t>();
    if (value > left_.size() / least) {
      torn_ = true;
      return 0;
    }
    return static_cast<std::size_t>(value);
  }
  std::string text() {
    std::size_t const size = count(1);
    std::string value{left_.substr(0, size)};
    left_.remove_prefix(size);
    return value;
  }
  [[nodiscard]] bool whole() const { return !torn_ && left_.empty(); }

 private:
  std::string_view left_;
  bool torn_{false};
};

template <class Value>
void write_named(Writer& out, ComponentCache::ByName<Value> const& named) {
  out.count(named.size());
  for (auto const& [key, value] : named) {
    out.text(std::get<0>(key).text());
    out.text(std::get<1>(key).text());
    out.number(std::get<2>(key));
    out.number(value);
  }
}

template <class Value>
void read_named(Reader& in, ComponentCache::ByName<Value>& named) {
  constexpr std::size_t kLeast = 2 * sizeof(std::uint64_t) + sizeof(int) + sizeof(Value);
  for (std::size_t left = in.count(kLeast); left > 0; --left) {
    model::PledgeId pledge{in.text()};
    model::RequirementId line{in.text()};
    int const month = in.number<int>();
    named.insert_or_assign({std::move(pledge), std::move(line), month}, in.number<Value>());
  }
}

void write_answer(Writer& out, ComponentAnswer const& answer) {
  out.number(answer.objective);
  out.number(answer.bound);
  out.count(answer.starts.size());
  for (Start const& start : answer.starts) {
    out.count(start.option.place);
    out.number(start.month);
    out.number(start.units);
  }
  out.count(answer.prices.size());
  for (float const price : answer.prices) {
    out.number(price);
  }
}

ComponentAnswer read_answer(Reader& in) {
  ComponentAnswer answer;
  answer.objective = in.number<double>();
  answer.bound = in.number<double>();
  constexpr std::size_t kStart = sizeof(std::uint64_t) + 2 * sizeof(int);
  for (std::size_t left = in.count(kStart); left > 0; --left) {
    auto const option = static_cast<std::size_t>(in.number<std::uint64_t>());
    int const month = in.number<int>();
    answer.starts.push_back({OptionIndex{option}, month, in.number<int>()});
  }
  for (std::size_t left = in.count(sizeof(float)); left > 0; --left) {
    answer.prices.push_back(in.number<float>());
  }
  return answer;
}

}  // namespace

std::string ComponentCache::to_bytes(std::string const& version) const {
  Writer body;
  body.text(version);
  body.count(answers_.size());
  for (auto const& [key, answer] : answers_) {
    body.text(key);
    write_answer(body, answer);
  }
  write_named(body, tours);
  write_named(body, prices);
  std::string bytes = body.take();
  Writer head;
  head.number(stream_number(bytes));
  return std::string{kMagic} + head.take() + bytes;
}

model::Result<ComponentCache> ComponentCache::from_bytes(std::string const& bytes,
                                                         std::string const& version) {
  auto const refuse = [](std::string what) {
    return model::Error{model::ErrorKind::kBadInput, std::move(what),
                        "remove the file, or name another: it is written anew"};
  };
  std::string_view rest{bytes};
  if (!rest.starts_with(kMagic)) {
    return refuse("this is no warm start");
  }
  rest.remove_prefix(kMagic.size());
  Reader head{rest.substr(0, sizeof(std::uint64_t))};
  auto const sum = head.number<std::uint64_t>();
  std::string const body{rest.substr(std::min(rest.size(), sizeof(std::uint64_t)))};
  if (stream_number(body) != sum) {
    return refuse("the warm start is torn or was altered");
  }
  Reader in{body};
  if (in.text() != version) {
    return refuse("the warm start is of another version of the program");
  }
  ComponentCache cache;
  constexpr std::size_t kLeast = 3 * sizeof(std::uint64_t) + 2 * sizeof(double);
  for (std::size_t left = in.count(kLeast); left > 0; --left) {
    std::string key = in.text();
    cache.keep(std::move(key), read_answer(in));
  }
  read_named(in, cache.tours);
  read_named(in, cache.prices);
  if (!in.whole()) {
    return refuse("the warm start ends too soon or too late");
  }
  return cache;
}

}  // namespace guarantor::generate
