#include "guarantor/policy/operation.h"

#include "guarantor/policy/operation_table.h"

namespace guarantor::policy {

std::vector<Kind> all_kinds() {
  std::vector<Kind> kinds;
  for (std::size_t i = 0; i < model::kWords<model::Table>.size(); ++i) {
    kinds.emplace_back(static_cast<model::Table>(i));
  }
  for (std::size_t i = 0; i < model::kWords<Record>.size(); ++i) {
    kinds.emplace_back(static_cast<Record>(i));
  }
  return kinds;
}

std::string_view text(Kind kind) {
  return std::visit([](auto value) { return model::text(value); }, kind);
}

Allowance allowance(Role role, Operation operation, Kind kind) {
  for (OperationRule const& rule : operation_table()) {
    if (rule.operation == operation && lists(rule.kinds, text(kind))) {
      auto const word = word_at(rule.allowances, static_cast<std::size_t>(role));
      return model::parse<Allowance>(word).value_or(Allowance::kNo);
    }
  }
  return Allowance::kNo;
}

bool may(Viewer const& viewer, Operation operation, Kind kind, model::NationId const& owner) {
  switch (allowance(viewer.role, operation, kind)) {
    case Allowance::kNo:
      return false;
    case Allowance::kOwn:
      return !viewer.nation.empty() && viewer.nation == owner;
    case Allowance::kReleased:
    case Allowance::kYes:
      return true;
  }
  return false;
}

}  // namespace guarantor::policy
