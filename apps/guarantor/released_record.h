#pragma once

#include <string>

#include "guarantor/model/error.h"
#include "guarantor/store/store.h"
#include "guarantor/viewpoint.h"

namespace guarantor::app {

/// What the viewpoint sees of a kept record, as JSON: all of it, or of a plan what was released of
/// it, with the names of what is withheld. Error kRefused where the record was not released to it.
[[nodiscard]] model::Result<std::string> released_body(store::Store const& store,
                                                       store::Record const& record,
                                                       Viewpoint const& viewpoint);

/// That there is none, or none for these eyes: the two are not told apart.
[[nodiscard]] model::Error not_released(store::RecordKind kind, std::string const& name,
                                        Viewpoint const& viewpoint);

}  // namespace guarantor::app
