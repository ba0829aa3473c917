#include "guarantor/serve/record_sight.h"

#include "guarantor/policy/row_share.h"

namespace guarantor::serve {

bool sees(policy::Viewer const& viewer, policy::Record kind, model::NationId const& owner,
          std::span<std::string const> releasable_to) {
  switch (policy::allowance(viewer.role, policy::Operation::kRead, kind)) {
    case policy::Allowance::kYes:
      return true;
    case policy::Allowance::kReleased:
      return policy::owned_share(owner.text(), releasable_to, viewer).row;
    case policy::Allowance::kOwn:
      return !viewer.nation.empty() && viewer.nation == owner;
    case policy::Allowance::kNo:
      break;
  }
  return false;
}

bool sees(policy::Viewer const& viewer, store::Record const& record) {
  auto const kind = model::parse<policy::Record>(model::text(record.kind));
  return kind && sees(viewer, *kind, record.owner, record.releasable_to);
}

}  // namespace guarantor::serve
