#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "guarantor/model/expression.h"

/// What parses, printed and parsed again, is the same expression; an error stands within the text.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor::model;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const parsed = parse_expression(text);
  if (auto const* error = std::get_if<ExpressionError>(&parsed)) {
    if (error->offset > size || error->message.empty()) {
      std::abort();
    }
    return 0;
  }
  auto const& expression = std::get<Expression>(parsed);
  auto const again = parse_expression(print(expression));
  auto const* same = std::get_if<Expression>(&again);
  if (same == nullptr || *same != expression) {
    std::abort();
  }
  auto const all_true = [](Atom const&) { return true; };
  if (expression.evaluate(all_true) != same->evaluate(all_true)) {
    std::abort();
  }
  return 0;
}
