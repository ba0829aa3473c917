#include "guarantor/ledger/canonical_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "guarantor/ledger/canonical_number.h"
#include "guarantor/ledger/canonical_string.h"
#include "guarantor/ledger/utf8.h"

namespace guarantor::ledger {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

/// A part of a text.
struct Slice {
  std::size_t begin;
  std::size_t end;

  [[nodiscard]] std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
};

/// A member of an object that is being read.
struct Member {
  Slice name;         ///< in `names_`, without escapes
  Slice text;         ///< in `out_`, name and value
  std::size_t where;  ///< in the input
};

bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

/// Whether a number with a point, and no exponent, surely is as ECMAScript writes it: fifteen
/// digits come back from a double as they were, from a millionth on without an exponent.
bool is_canonical_decimal(std::string_view written) {
  constexpr std::size_t kMostCharacters = 16;  // fifteen digits and the point
  constexpr std::size_t kPlainPlaces = 6;
  written.remove_prefix(written.front() == '-' ? 1 : 0);
  auto const point = written.find('.');
  if (written.size() > kMostCharacters || point == std::string_view::npos ||
      written.back() == '0' || written.find_first_of("eE") != std::string_view::npos) {
    return false;
  }
  return written.front() != '0' || written.substr(point + 1).find_first_not_of('0') < kPlainPlaces;
}

/// Reads the input once and writes its canonical text behind itself; an object whose members are
/// out of order is put right when it ends.
class Canonicaliser {
 public:
  Canonicaliser(std::string_view text, CanonicalLimits limits) : text_{text}, limits_{limits} {
    constexpr std::size_t kUsualMembers = 32;
    constexpr std::size_t kUsualNameBytes = 512;
    out_.reserve(text.size());
    members_.reserve(kUsualMembers);
    names_.reserve(kUsualNameBytes);
  }

  Result<std::string> run() {
    if (text_.size() > limits_.most_bytes) {
      return Error{
          ErrorKind::kLimit,
          fmt::format("the JSON has {} bytes, more than {}", text_.size(), limits_.most_bytes), ""};
    }
    skip_blanks();
    if (!value(0)) {
      return error();
    }
    skip_blanks();
    if (at_ != text_.size()) {
      fail("the JSON value has ended, but the text goes on");
      return error();
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool more() const { return at_ < text_.size(); }
  [[nodiscard]] char next() const { return more() ? text_[at_] : '\0'; }

  bool fail(std::string_view message) { return fail_at(at_, message); }
  bool fail_at(std::size_t where, std::string_view message, ErrorKind kind = ErrorKind::kBadInput) {
    failure_ = {where, std::string{message}, kind};
    return false;
  }

  [[nodiscard]] Error error() const {
    std::string_view const before = text_.substr(0, failure_.where);
    auto const line = 1 + std::ranges::count(before, '\n');
    std::string_view const row = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
    auto const column = 1 + std::ranges::count_if(row, [](char byte) {
                          return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
                        });
    return {failure_.kind, fmt::format("{}:{}: {}", line, column, failure_.message), ""};
  }

  void skip_blanks() {
    while (next() == ' ' || next() == '\n' || next() == '\t' || next() == '\r') {
      ++at_;
    }
  }

  bool take(char character) {
    if (next() != character) {
      return false;
    }
    out_ += character;
    ++at_;
    return true;
  }

  bool no_value() {
    return fail("a value is expected: an object, array, string or number, true, false or null");
  }

  bool word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) {
      return no_value();
    }
    out_ += expected;
    at_ += expected.size();
    return true;
  }

  bool value(int depth) {
    switch (next()) {
      case '{':
      case '[':
        if (depth == limits_.most_depth) {
          return fail_at(
              at_,
              fmt::format("more than {} arrays and objects within one another", limits_.most_depth),
              ErrorKind::kLimit);
        }
        return next() == '{' ? object(depth) : array(depth);
      case '"':
        return string(nullptr);
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }

  bool array(int depth) {
    take('[');
    skip_blanks();
    if (take(']')) {
      return true;
    }
    while (true) {
      skip_blanks();
      if (!value(depth + 1)) {
        return false;
      }
      skip_blanks();
      if (take(']')) {
        return true;
      }
      if (!take(',')) {
        return fail("\",\" or \"]\" is expected");
      }
    }
  }

  bool object(int depth) {
    std::size_t const first = members_.size();
    std::size_t const first_name = names_.size();
    take('{');
    skip_blanks();
    if (take('}')) {
      return true;
    }
    bool in_order = true;
    while (true) {
      skip_blanks();
      if (!member(depth)) {
        return false;
      }
      in_order = in_order && (members_.size() == first + 1 ||
                              less_by_utf16(name(members_.size() - 2), name(members_.size() - 1)));
      skip_blanks();
      if (next() == '}') {
        break;
      }
      if (!take(',')) {
        return fail("\",\" or \"}\" is expected");
      }
    }
    if (!in_order && !put_in_order(first)) {
      return false;
    }
    members_.resize(first, Member{});
    names_.resize(first_name);
    return take('}');
  }

  [[nodiscard]] std::string_view name(std::size_t member) const {
    return members_[member].name.of(names_);
  }

  bool member(int depth) {
    Member member{.name = {names_.size(), 0}, .text = {out_.size(), 0}, .where = at_};
    if (next() != '"') {
      return fail("a member's name in quotes is expected");
    }
    if (!string(&names_)) {
      return false;
    }
    member.name.end = names_.size();
    skip_blanks();
    if (!take(':')) {
      return fail("\":\" is expected");
    }
    skip_blanks();
    if (!value(depth + 1)) {
      return false;
    }
    member.text.end = out_.size();
    members_.push_back(member);
    return true;
  }

  /// Sorts the members from `first` on, which are the end of `out_`; false where a name comes
  /// twice.
  bool put_in_order(std::size_t first) {
    auto const begin = members_.begin() + static_cast<std::ptrdiff_t>(first);
    std::size_t const out_begin = begin->text.begin;
    auto const name_of = [this](Member const& member) { return member.name.of(names_); };
    std::stable_sort(begin, members_.end(), [&](Member const& a, Member const& b) {
      return less_by_utf16(name_of(a), name_of(b));
    });
    auto const twice = std::adjacent_find(begin, members_.end(), [&](auto const& a, auto const& b) {
      return name_of(a) == name_of(b);
    });
    if (twice != members_.end()) {
      return fail_at((twice + 1)->where,
                     fmt::format("the name \"{}\" comes twice in one object", name_of(*twice)));
    }
    std::string sorted;
    sorted.reserve(out_.size() - out_begin);
    for (auto member = begin; member != members_.end(); ++member) {
      sorted += member == begin ? "" : ",";
      sorted += member->text.of(out_);
    }
    out_.replace(out_begin, std::string::npos, sorted);
    return true;
  }

  /// A string; where `plain` is given its characters without escapes are added there.
  bool string(std::string* plain) {
    take('"');
    while (true) {
      std::size_t const run = plain_bytes(text_.substr(at_));
      std::string_view const bytes = text_.substr(at_, run);
      out_ += bytes;
      if (plain != nullptr) {
        *plain += bytes;
      }
      at_ += run;
      if (take('"')) {
        return true;
      }
      std::size_t const where = at_;
      auto const character = next() == '\\' ? escape() : plain_character();
      if (!character) {
        return failure_.message.empty() ? fail_at(where, "a string is UTF-8") : false;
      }
      append_canonical_character(out_, *character);
      if (plain != nullptr) {
        append_utf8(*plain, *character);
      }
    }
  }

  std::optional<char32_t> plain_character() {
    if (!more()) {
      fail("the string has no closing quote");
      return std::nullopt;
    }
    if (static_cast<unsigned char>(next()) < 0x20) {
      fail("a control character in a string is written as an escape");
      return std::nullopt;
    }
    std::string_view rest = text_.substr(at_);
    auto const character = take_character(rest);
    at_ = text_.size() - rest.size();
    return character;
  }

  std::optional<char32_t> escape() {
    std::size_t const where = at_;
    ++at_;
    char const kind = next();
    ++at_;
    constexpr std::string_view kKinds = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (auto const known = kKinds.find(kind); known != std::string_view::npos) {
      return static_cast<char32_t>(kMeanings[known]);
    }
    auto const unit = kind == 'u' ? hex_unit() : std::nullopt;
    if (!unit) {
      fail_at(where, R"(an escape is one of \" \\ \/ \b \f \n \r \t and \u with four digits)");
      return std::nullopt;
    }
    bool const high = *unit >= 0xd800 && *unit < 0xdc00;
    if (!high && (*unit < 0xdc00 || *unit > 0xdfff)) {
      return unit;
    }
    if (high && text_.substr(at_, 2) == "\\u") {
      at_ += 2;
      auto const low = hex_unit();
      if (low && *low >= 0xdc00 && *low <= 0xdfff) {
        return 0x10000 + ((*unit - 0xd800) << 10U) + (*low - 0xdc00);
      }
    }
    fail_at(where, "half a surrogate pair stands for no character");
    return std::nullopt;
  }

  std::optional<char32_t> hex_unit() {
    constexpr std::size_t kDigits = 4;
    std::string_view const digits = text_.substr(std::min(at_, text_.size()), kDigits);
    std::uint32_t unit = 0;
    auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    if (read.ec != std::errc{} || read.ptr != digits.data() + kDigits) {
      return std::nullopt;
    }
    at_ += kDigits;
    return unit;
  }

  std::size_t skip_digits() {
    std::size_t const before = at_;
    while (is_digit(next())) {
      ++at_;
    }
    return at_ - before;
  }

  bool number() {
    constexpr std::size_t kExactDigits = 15;
    std::size_t const begin = at_;
    at_ += next() == '-' ? 1U : 0U;
    char const lead = next();
    std::size_t const digits = skip_digits();
    if (digits == 0) {
      at_ = begin;
      return no_value();
    }
    if (lead == '0' && digits > 1) {
      return fail_at(begin, "a number begins with no needless zero");
    }
    bool whole = true;
    if (next() == '.') {
      whole = false;
      ++at_;
      if (skip_digits() == 0) {
        return fail_at(begin, "a digit is missing behind the number's point");
      }
    }
    if (next() == 'e' || next() == 'E') {
      whole = false;
      ++at_;
      at_ += next() == '+' || next() == '-' ? 1U : 0U;
      if (skip_digits() == 0) {
        return fail_at(begin, "a digit is missing in the number's exponent");
      }
    }
    std::string_view const written = text_.substr(begin, at_ - begin);
    if (whole && digits <= kExactDigits) {
      out_ += written == "-0" ? "0" : written;
      return true;
    }
    if (is_canonical_decimal(written)) {
      out_ += written;
      return true;
    }
    return real(written, begin);
  }

  bool real(std::string_view written, std::size_t begin) {
    double value = 0;
    auto const read = std::from_chars(written.data(), written.data() + written.size(), value);
    std::string_view const significand = written.substr(0, written.find_first_of("eE"));
    bool const vanished =
        value == 0 && significand.find_first_of("123456789") != std::string_view::npos;
    if (read.ec != std::errc{} || vanished) {
      return fail_at(begin, "the number lies beyond what a double holds");
    }
    append_canonical_number(out_, value);
    return true;
  }

  struct Failure {
    std::size_t where;
    std::string message;
    ErrorKind kind;
  };

  std::string_view text_;
  CanonicalLimits limits_;
  std::size_t at_{};
  std::string out_;
  std::string names_;            ///< of the members of all objects that are open
  std::vector<Member> members_;  ///< of all objects that are open
  Failure failure_{};
};

}  // namespace

Result<std::string> canonical_json(std::string_view text, CanonicalLimits limits) {
  return Canonicaliser{text, limits}.run();
}

}  // namespace guarantor::ledger
