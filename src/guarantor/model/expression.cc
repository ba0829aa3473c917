#include "guarantor/model/expression.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace guarantor::model {
namespace {

constexpr std::size_t kLongestText = 64UL << 10;
constexpr std::size_t kDeepest = 256;

/// How tightly an operator binds; operands bind tightest.
int binding(Operator op) {
  switch (op) {
    case Operator::kOr:
      return 1;
    case Operator::kAnd:
      return 2;
    case Operator::kNot:
      return 3;
  }
  return 0;
}

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

/// Shunting-yard: operators and open parentheses wait on a stack, so nesting costs no recursion.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_{text} {}

  std::variant<Expression, ExpressionError> run() {
    if (text_.size() > kLongestText) {
      return ExpressionError{0, "expression is longer than 64 KiB",
                             "name a condition for part of it"};
    }
    skip_blanks();
    if (at_end()) {
      return Expression{};
    }
    while (!error_ && !at_end()) {
      expects_operand_ ? read_operand() : read_operator();
      skip_blanks();
    }
    if (!error_) {
      finish();
    }
    if (error_) {
      return *error_;
    }
    return Expression{std::move(output_)};
  }

 private:
  /// An operator or, without a value, an open parenthesis; and where it stands.
  struct Waiting {
    std::optional<Operator> op;
    std::size_t offset;
  };

  [[nodiscard]] bool at_end() const { return next_ == text_.size(); }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[next_]; }

  void skip_blanks() {
    while (!at_end() && (peek() == ' ' || peek() == '\t')) {
      ++next_;
    }
  }

  void fail(std::size_t offset, std::string message, std::string hint = {}) {
    if (!error_) {
      error_ = ExpressionError{offset, std::move(message), std::move(hint)};
    }
  }

  void wait(std::optional<Operator> op) {
    if (waiting_.size() >= kDeepest) {
      fail(next_, "expression is nested deeper than 256", "name a condition for part of it");
      return;
    }
    waiting_.push_back({op, next_});
    ++next_;
  }

  void read_operand() {
    char const c = peek();
    if (c == '(') {
      wait(std::nullopt);
    } else if (c == '!') {
      wait(Operator::kNot);
    } else if (is_word_character(c)) {
      read_word();
    } else if (c == ')' || c == '&' || c == '|') {
      fail(next_, std::string{"a condition is missing before `"} + c + "`");
    } else {
      fail(next_, "this character has no meaning in an expression",
           "write conditions joined by & and |, with ! for not");
    }
  }

  void read_operator() {
    char const c = peek();
    if (c == ')') {
      close_parenthesis();
      return;
    }
    if (c != '&' && c != '|') {
      fail(next_, "`&` or `|` is missing here",
           "two conditions need & (and) or | (or) between them");
      return;
    }
    Operator const op = c == '&' ? Operator::kAnd : Operator::kOr;
    while (!waiting_.empty() && waiting_.back().op && binding(*waiting_.back().op) >= binding(op)) {
      emit_waiting();
    }
    wait(op);
    if (!error_ && peek() == c) {
      fail(next_, std::string{"`"} + c + c + "` is not an operator",
           std::string{"write one `"} + c + "`");
    }
    expects_operand_ = true;
  }

  void close_parenthesis() {
    while (!waiting_.empty() && waiting_.back().op) {
      emit_waiting();
    }
    if (waiting_.empty()) {
      fail(next_, "`)` without its `(`");
      return;
    }
    waiting_.pop_back();
    ++next_;
  }

  void emit_waiting() {
    output_.emplace_back(*waiting_.back().op);
    waiting_.pop_back();
  }

  std::string_view take_word() {
    std::size_t const from = next_;
    while (!at_end() && is_word_character(peek())) {
      ++next_;
    }
    return text_.substr(from, next_ - from);
  }

  void read_word() {
    std::size_t const from = next_;
    std::string_view const word = take_word();
    std::size_t const after = next_;
    skip_blanks();
    bool const call = peek() == '(';
    if (call && word == "joins") {
      read_joins();
    } else if (call && word == "joined") {
      read_joined();
    } else if (call) {
      fail(from, "`" + std::string{word} + "(` is not known here",
           "there are joins(NATION) and joined(DOMAIN) >= k");
    } else if (word == "true" || word == "false") {
      operand(Constant{word == "true"});
    } else if (is_identifier(word)) {
      operand(ConditionAtom{ConditionId{std::string{word}}});
    } else {
      fail(from, "`" + std::string{word} + "` is not a condition's identifier",
           "identifiers are a-z, 0-9, `.`, `_`, `-`, at most 64");
    }
    if (!error_ && !call) {
      next_ = after;
    }
  }

  void operand(Atom atom) {
    output_.emplace_back(std::move(atom));
    expects_operand_ = false;
  }

  /// The word between parentheses; the next character is `(`.
  std::optional<std::string> argument(std::string_view what) {
    ++next_;
    skip_blanks();
    std::size_t const from = next_;
    std::string word{take_word()};
    skip_blanks();
    if (word.empty() || peek() != ')') {
      fail(from, "a " + std::string{what} + " and `)` are missing here");
      return std::nullopt;
    }
    ++next_;
    return word;
  }

  void read_joins() {
    std::size_t const from = next_ + 1;
    auto const nation = argument("nation");
    if (!nation) {
      return;
    }
    bool const capitals =
        nation->size() == 3 &&
        std::all_of(nation->begin(), nation->end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!capitals) {
      fail(from, "`" + *nation + "` is not a nation's code", "three capitals, as in joins(GBR)");
      return;
    }
    operand(JoinsAtom{NationId{*nation}});
  }

  void read_joined() {
    std::size_t const from = next_ + 1;
    auto const domain = argument("domain");
    if (!domain) {
      return;
    }
    if (!is_identifier(*domain)) {
      fail(from, "`" + *domain + "` is not a domain", "for example joined(land) >= 3");
      return;
    }
    skip_blanks();
    if (text_.substr(next_, 2) != ">=") {
      fail(next_, "`>= k` is missing after joined(" + *domain + ")",
           "for example joined(land) >= 3");
      return;
    }
    next_ += 2;
    skip_blanks();
    int count = 0;
    auto const [end, problem] =
        std::from_chars(text_.data() + next_, text_.data() + text_.size(), count);
    if (problem != std::errc{} || count < 0) {
      fail(next_, "a whole number is missing after `>=`");
      return;
    }
    next_ = static_cast<std::size_t>(end - text_.data());
    operand(JoinedAtom{DomainId{*domain}, count});
  }

  void finish() {
    if (expects_operand_) {
      fail(next_, "the expression ends where a condition is missing");
      return;
    }
    while (!waiting_.empty()) {
      if (!waiting_.back().op) {
        fail(waiting_.back().offset, "`(` without its `)`");
        return;
      }
      emit_waiting();
    }
  }

  std::string_view text_;
  std::size_t next_{0};
  bool expects_operand_{true};
  std::vector<Waiting> waiting_;
  std::vector<Expression::Item> output_;
  std::optional<ExpressionError> error_;
};

/// A printed part of an expression and how tightly its outermost operator binds.
struct Printed {
  std::string text;
  int binding;
};

std::string inside(Printed const& part, int needed) {
  return part.binding < needed ? "(" + part.text + ")" : part.text;
}

}  // namespace

std::variant<Expression, ExpressionError> parse_expression(std::string_view text) {
  return Parser{text}.run();
}

std::string print(Atom const& atom) {
  struct Printer {
    std::string operator()(Constant constant) const { return constant.value ? "true" : "false"; }
    std::string operator()(ConditionAtom const& a) const { return a.condition.text(); }
    std::string operator()(JoinsAtom const& a) const { return "joins(" + a.nation.text() + ")"; }
    std::string operator()(JoinedAtom const& a) const {
      return "joined(" + a.domain.text() + ") >= " + std::to_string(a.at_least);
    }
  };
  return std::visit(Printer{}, atom);
}

std::string print(Expression const& expression) {
  constexpr int kOperand = 4;
  std::vector<Printed> stack;
  for (auto const& item : expression.postfix()) {
    if (auto const* atom = std::get_if<Atom>(&item)) {
      stack.push_back({print(*atom), kOperand});
      continue;
    }
    Operator const op = std::get<Operator>(item);
    Printed right = std::move(stack.back());
    stack.pop_back();
    if (op == Operator::kNot) {
      stack.push_back({"!" + inside(right, binding(op)), binding(op)});
      continue;
    }
    Printed left = std::move(stack.back());
    stack.pop_back();
    // Equal operators group to the left, so a right-hand group of the same kind keeps its brackets.
    stack.push_back({inside(left, binding(op)) + (op == Operator::kAnd ? " & " : " | ") +
                         inside(right, binding(op) + 1),
                     binding(op)});
  }
  return stack.empty() ? std::string{} : std::move(stack.back().text);
}

bool Expression::evaluate(std::function<bool(Atom const&)> const& truth) const {
  if (postfix_.empty()) {
    return true;
  }
  std::vector<bool> stack;
  for (auto const& item : postfix_) {
    if (auto const* atom = std::get_if<Atom>(&item)) {
      auto const* constant = std::get_if<Constant>(atom);
      stack.push_back(constant != nullptr ? constant->value : truth(*atom));
      continue;
    }
    Operator const op = std::get<Operator>(item);
    bool const right = stack.back();
    if (op == Operator::kNot) {
      stack.back() = !right;
      continue;
    }
    stack.pop_back();
    bool const left = stack.back();
    stack.back() = op == Operator::kAnd ? left && right : left || right;
  }
  return stack.back();
}

std::vector<ConditionId> Expression::conditions() const {
  std::vector<ConditionId> named;
  for (Occurrence const& occurrence : occurrences()) {
    if (auto const* condition = std::get_if<ConditionAtom>(&occurrence.atom)) {
      named.push_back(condition->condition);
    }
  }
  return named;
}

std::vector<Occurrence> Expression::occurrences() const {
  // From the back, an operator stands before its operands: each open operand waits with whether it
  // is negated.
  std::vector<bool> open{false};
  std::vector<std::pair<Atom const*, bool>> backwards;
  for (auto item = postfix_.rbegin(); item != postfix_.rend(); ++item) {
    bool const negated = open.back();
    open.pop_back();
    if (auto const* atom = std::get_if<Atom>(&*item)) {
      backwards.emplace_back(atom, negated);
      continue;
    }
    Operator const op = std::get<Operator>(*item);
    open.push_back(op == Operator::kNot ? !negated : negated);
    if (op != Operator::kNot) {
      open.push_back(negated);
    }
  }
  std::vector<Occurrence> found;
  std::map<std::string, std::size_t> place_of;
  for (auto mention = backwards.rbegin(); mention != backwards.rend(); ++mention) {
    auto const& [atom, negated] = *mention;
    auto const [place, first] = place_of.emplace(print(*atom), found.size());
    if (first) {
      found.push_back({*atom});
    }
    (negated ? found[place->second].negated : found[place->second].plain) = true;
  }
  return found;
}

}  // namespace guarantor::model
