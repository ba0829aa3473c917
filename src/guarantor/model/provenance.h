#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/date.h"
#include "guarantor/model/vocabulary.h"

namespace guarantor::model {

/// Where a row comes from and how sure it is. An absent confidence counts as illustrative wherever
/// shares are computed: nothing unsourced may look reported.
struct Provenance {
  std::string source;
  std::optional<Date> source_date;
  std::optional<Confidence> confidence;
  std::string note;

  friend bool operator==(Provenance const&, Provenance const&) = default;
};

/// How much of an answer rests on what, by the lowest confidence among the rows each part of it
/// rests on; the three add up to 1, or are all 0 where there is nothing to rest.
struct ProvenanceShares {
  double reported{};
  double estimated{};
  double illustrative{};

  friend bool operator==(ProvenanceShares const&, ProvenanceShares const&) = default;
};

/// A column this version does not know, kept as it was.
struct Extra {
  std::string column;
  std::string value;

  friend bool operator==(Extra const&, Extra const&) = default;
};

/// What every row of every table carries beside its own columns.
struct Row {
  Provenance provenance;
  std::vector<Extra> extras;

  friend bool operator==(Row const&, Row const&) = default;
};

}  // namespace guarantor::model
