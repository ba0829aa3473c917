#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/report/brief_chapter.h"
#include "guarantor/report/plan_reading.h"

/// The pieces the first page is put together from.
namespace guarantor::report {

/// A sentence as HTML, and how many columns it takes as text.
struct Sentence {
  std::string html;
  std::size_t width{};
};

/// One heading of the first page and what stands beside it, the most important sentence first:
/// where the page is full, the last go.
struct BriefPart {
  std::string title;
  std::vector<Sentence> sentences;
  std::optional<Chapter> more;
};

/// The sentence that text makes.
[[nodiscard]] Sentence plain(std::string const& text);
/// A title in quotation marks, cut where it is very long.
[[nodiscard]] std::string quoted(std::string const& title);
/// A nation's name as it stands within a sentence: the United Havens.
[[nodiscard]] std::string in_sentence(std::string const& nation);
/// Titles of lines, quoted, listed within a length.
[[nodiscard]] std::string quoted_lines(PlanReading const& reading,
                                       std::vector<model::RequirementId> const& lines,
                                       std::size_t columns);

/// Pledges by nation, nations in the order of their first pledge; unknown pledges are passed over.
using PledgesByNation = std::vector<std::pair<model::NationId, std::vector<model::Pledge const*>>>;
[[nodiscard]] PledgesByNation pledges_by_nation(PlanReading const& reading,
                                                std::vector<model::PledgeId> const& ids);
/// What those pledges are of, each once.
[[nodiscard]] std::vector<std::string> capabilities_of(
    PlanReading const& reading, std::vector<model::Pledge const*> const& pledges);

}  // namespace guarantor::report
