#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guarantor/model/coalition.h"
#include "guarantor/model/date.h"
#include "guarantor/model/expression.h"
#include "guarantor/tables/numbers.h"

/// How the texts of cells are read that are more than a word or a number. Each sets the value as
/// far as it can and tells what is wrong.
namespace guarantor::tables {

using Problem = std::optional<CellProblem>;

/// "`x` is none of the words" with the nearest and all of them.
[[nodiscard]] CellProblem unknown_word(std::string_view text,
                                       std::span<std::string_view const> words);
[[nodiscard]] Problem check_identifier(std::string_view text);
[[nodiscard]] Problem read_yes_no(std::string_view text, bool& value);
[[nodiscard]] Problem read_date(std::string_view text, model::Date& value);
[[nodiscard]] Problem read_expression(std::string_view text, model::Expression& value);
[[nodiscard]] Problem read_given(std::string_view text, std::vector<model::Given>& value);
[[nodiscard]] std::string write_given(std::vector<model::Given> const& value);

/// The words of a list cell with their offsets.
[[nodiscard]] std::vector<std::pair<std::string_view, std::size_t>> split_words(
    std::string_view text);

}  // namespace guarantor::tables
