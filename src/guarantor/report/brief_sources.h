#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "guarantor/report/plan_reading.h"

namespace guarantor::report {

/// Every source behind the rows a plan uses, numbered in the order of first use: pledges in the
/// plan and pledges not stated, lines, conditions, and what sources.csv says about each of them.
class SourceList {
 public:
  explicit SourceList(PlanReading const& reading);

  /// The numbers behind a row, e.g. ` [3, 7]`, linked; empty where it has no source.
  [[nodiscard]] std::string marks(std::string const& table, std::string const& key) const;
  /// The numbered list as HTML.
  [[nodiscard]] std::string html() const;

 private:
  struct Entry {
    std::string source;
    std::optional<model::Date> date;
    std::optional<model::Confidence> confidence;
    std::string remark;  ///< the quotation, or the note of the row
    std::vector<std::string> rows;
  };
  void add(std::string const& table, std::string const& key, std::string const& row_title,
           model::Provenance const& provenance);
  std::size_t enter(Entry entry, std::string const& row_title);

  std::vector<Entry> entries_;
  std::map<std::string, std::size_t> numbers_;  ///< by source and date
  std::map<std::string, std::vector<std::size_t>> by_row_;
  std::map<std::string, std::vector<model::SourceNote const*>> notes_;
};

}  // namespace guarantor::report
