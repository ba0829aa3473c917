#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "guarantor/model/id.h"

namespace guarantor::model {

/// A condition by name, e.g. `vote-gbr`.
struct ConditionAtom {
  ConditionId condition;
  friend bool operator==(ConditionAtom const&, ConditionAtom const&) = default;
};
/// `joins(GBR)`: at least one presence pledge of that nation holds.
struct JoinsAtom {
  NationId nation;
  friend bool operator==(JoinsAtom const&, JoinsAtom const&) = default;
};
/// `joined(land) >= 3`: that many nations have a presence pledge that holds in that domain.
struct JoinedAtom {
  DomainId domain;
  int at_least{};
  friend bool operator==(JoinedAtom const&, JoinedAtom const&) = default;
};
struct Constant {
  bool value{};
  friend bool operator==(Constant, Constant) = default;
};
using Atom = std::variant<Constant, ConditionAtom, JoinsAtom, JoinedAtom>;

enum class Operator { kNot, kAnd, kOr };

/// Whether an atom stands somewhere plainly, and whether somewhere under an odd number of `!`.
struct Occurrence {
  Atom atom;
  bool plain{};
  bool negated{};
  friend bool operator==(Occurrence const&, Occurrence const&) = default;
};

/// A boolean expression over conditions and the coalition, as a value. Stored in postfix order, so
/// that no depth of nesting can exhaust the stack. Empty means `true`.
class Expression {
 public:
  using Item = std::variant<Atom, Operator>;

  Expression() = default;
  /// REQUIRES: `postfix` leaves exactly one operand, or is empty.
  explicit Expression(std::vector<Item> postfix) : postfix_{std::move(postfix)} {}

  [[nodiscard]] bool empty() const { return postfix_.empty(); }
  [[nodiscard]] std::vector<Item> const& postfix() const { return postfix_; }

  /// The value when `truth` says whether each atom other than a constant is true. O(length).
  [[nodiscard]] bool evaluate(std::function<bool(Atom const&)> const& truth) const;

  /// The conditions named, in order of first mention, each once.
  [[nodiscard]] std::vector<ConditionId> conditions() const;

  /// Every atom with the signs it stands under, in order of first mention. O(n log n).
  [[nodiscard]] std::vector<Occurrence> occurrences() const;

  friend bool operator==(Expression const&, Expression const&) = default;

 private:
  std::vector<Item> postfix_;
};

/// Where and why a text is no expression. `offset` counts bytes from 0.
struct ExpressionError {
  std::size_t offset{};
  std::string message;
  std::string hint;
};

/// Reads `!`, `&`, `|` (binding in that order, tightest first), parentheses, `true`, `false`,
/// condition ids, `joins(NATION)` and `joined(DOMAIN) >= k`. Blank text is the empty expression.
/// Longer than 64 KiB or nested deeper than 256 is an error. O(length).
[[nodiscard]] std::variant<Expression, ExpressionError> parse_expression(std::string_view text);

/// The text with the fewest parentheses that reads back as the same expression.
[[nodiscard]] std::string print(Expression const& expression);

/// The atom as it stands in an expression.
[[nodiscard]] std::string print(Atom const& atom);

}  // namespace guarantor::model
