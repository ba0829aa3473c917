#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// The texts of numbers: '.' for decimals, nothing between thousands, no sign but a minus.
namespace guarantor::tables {

/// Why a cell's text is not what its column asks for.
struct CellProblem {
  std::string message;
  std::string hint;
  std::size_t offset{};  ///< bytes into the cell
  bool malformed_name{
      false};  ///< a name that breaks the form of names but could still be looked up
};

[[nodiscard]] std::variant<std::int64_t, CellProblem> parse_whole(std::string_view text,
                                                                  std::int64_t least,
                                                                  std::int64_t most);

/// A finite number; hexadecimal, infinity and NaN are none. Minus zero reads as zero.
[[nodiscard]] std::variant<double, CellProblem> parse_number(std::string_view text);

/// The shortest text that reads back as the same number; without an exponent from 1e-5 to 1e15.
[[nodiscard]] std::string print_number(double number);

}  // namespace guarantor::tables
