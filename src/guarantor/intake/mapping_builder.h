#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guarantor/intake/mapping.h"

namespace guarantor::intake {

/// Builds a mapping from the entries of its text, and gathers all that is wrong with them.
class MappingBuilder {
 public:
  explicit MappingBuilder(std::vector<MappingProblem> problems) : problems_{std::move(problems)} {}

  [[nodiscard]] MappingReading build(std::vector<MappingEntry> const& entries);

 private:
  void add(MappingEntry const& entry);
  void add_setting(MappingEntry const& entry);
  void add_id(MappingEntry const& entry);
  void add_separator(MappingEntry const& entry, char& separator);
  void add_formats(MappingEntry const& entry);
  void add_column(MappingEntry const& entry, Mapping::Filling& filling);
  void add_constant(MappingEntry const& entry, MappedField field, Mapping::Filling& filling);
  void add_unit(MappingEntry const& entry, MappedField field, Mapping::Filling& filling);
  void add_word(MappingEntry const& entry, MappedField field, Mapping::Filling& filling);
  void check_value(MappingEntry const& entry, MappedField field, std::string const& value);
  void check_whole();

  [[nodiscard]] std::size_t column(std::string const& name);
  [[nodiscard]] bool wants_text(MappingEntry const& entry);
  void problem(MappingEntry const& entry, std::string message);

  Mapping mapping_{};
  std::vector<MappingProblem> problems_;
};

}  // namespace guarantor::intake
