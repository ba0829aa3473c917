#include "guarantor/released_record.h"

#include "guarantor/policy/viewer.h"
#include "guarantor/serve/released_record.h"

namespace guarantor::app {

model::Result<std::string> released_body(store::Store const& store, store::Record const& record,
                                         Viewpoint const& viewpoint) {
  if (viewpoint.viewer.empty()) {
    return record.body;
  }
  auto const viewer = policy::parse_viewer(viewpoint.viewer);
  return viewer.ok() ? serve::released_body(store, record, viewer.value()) : viewer.error();
}

model::Error not_released(store::RecordKind kind, std::string const& name,
                          Viewpoint const& viewpoint) {
  auto const viewer = policy::parse_viewer(viewpoint.viewer);
  return viewer.ok() ? serve::not_released(kind, name, viewer.value()) : viewer.error();
}

}  // namespace guarantor::app
