#include "guarantor/policy/release_cells.h"

#include <algorithm>
#include <array>
#include <span>

namespace guarantor::policy {
namespace {

template <class Row>
struct Emptier {
  std::string_view column;
  void (*empty)(Row&);
};

template <class Row>
constexpr Emptier<Row> kNote{"note", [](Row& row) { row.row.provenance.note.clear(); }};

constexpr std::array<Emptier<model::Header>, 1> kHeader{{
    {"viable_if", [](model::Header& row) { row.viable_if = {}; }},
}};

constexpr std::array<Emptier<model::Condition>, 4> kConditions{{
    {"probability", [](model::Condition& row) { row.probability.reset(); }},
    {"given", [](model::Condition& row) { row.given.clear(); }},
    {"revoke_per_month", [](model::Condition& row) { row.revoke_per_month.reset(); }},
    kNote<model::Condition>,
}};

constexpr std::array<Emptier<model::Assessment>, 1> kAssessments{{kNote<model::Assessment>}};

constexpr std::array<Emptier<model::Pledge>, 5> kPledges{{
    {"notice_days", [](model::Pledge& row) { row.notice.reset(); }},
    {"readiness", [](model::Pledge& row) { row.readiness.reset(); }},
    {"lift", [](model::Pledge& row) { row.lift.clear(); }},
    {"cost_per_unit_month", [](model::Pledge& row) { row.cost_per_unit_month.reset(); }},
    kNote<model::Pledge>,
}};

constexpr std::array<Emptier<model::Offer>, 1> kOffers{{kNote<model::Offer>}};

constexpr std::array<Emptier<model::Delivery>, 1> kDeliveries{{kNote<model::Delivery>}};

constexpr std::array<Emptier<model::ForceClaim>, 1> kForceClaims{{kNote<model::ForceClaim>}};

template <class Row>
Emptier<Row> const* find(std::span<Emptier<Row> const> emptiers, std::string_view column) {
  auto const found = std::ranges::find(emptiers, column, &Emptier<Row>::column);
  return found == emptiers.end() ? nullptr : &*found;
}

template <class Row>
void empty_one(std::span<Emptier<Row> const> emptiers, Row& row, std::string_view column) {
  if (Emptier<Row> const* const emptier = find(emptiers, column)) {
    emptier->empty(row);
  }
}

template <class Row, std::size_t N>
std::span<Emptier<Row> const> all(std::array<Emptier<Row>, N> const& emptiers) {
  return emptiers;
}

}  // namespace

void empty_cell(model::Header& row, std::string_view column) {
  empty_one(all(kHeader), row, column);
}

void empty_cell(model::Condition& row, std::string_view column) {
  empty_one(all(kConditions), row, column);
}

void empty_cell(model::Assessment& row, std::string_view column) {
  empty_one(all(kAssessments), row, column);
}

void empty_cell(model::Pledge& row, std::string_view column) {
  empty_one(all(kPledges), row, column);
}

void empty_cell(model::Offer& row, std::string_view column) {
  empty_one(all(kOffers), row, column);
}

void empty_cell(model::Delivery& row, std::string_view column) {
  empty_one(all(kDeliveries), row, column);
}

void empty_cell(model::ForceClaim& row, std::string_view column) {
  empty_one(all(kForceClaims), row, column);
}

bool can_empty(model::Table table, std::string_view column) {
  switch (table) {
    case model::Table::kScenario:
      return find(all(kHeader), column) != nullptr;
    case model::Table::kConditions:
      return find(all(kConditions), column) != nullptr;
    case model::Table::kAssessments:
      return find(all(kAssessments), column) != nullptr;
    case model::Table::kPledges:
      return find(all(kPledges), column) != nullptr;
    case model::Table::kOffers:
      return find(all(kOffers), column) != nullptr;
    case model::Table::kDeliveries:
      return find(all(kDeliveries), column) != nullptr;
    case model::Table::kForceClaims:
      return find(all(kForceClaims), column) != nullptr;
    default:
      return false;
  }
}

}  // namespace guarantor::policy
