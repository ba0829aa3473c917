#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::app {

/// `--as VIEWER`: for whose eyes the answer is.
struct Viewpoint {
  std::string viewer;  ///< as it was typed; empty: everything as it stands
};

/// Adds the option. Every verb that reads a scenario has it.
void add_viewpoint(CLI::App& verb, Viewpoint& viewpoint);

/// What was loaded from `path`, as the viewpoint sees it: everything after this is worked out from
/// the view alone. Where something is kept from the viewer, errors of the whole are not told one by
/// one, and warnings are those of the view. Errors: kBadInput for a viewer who is none.
[[nodiscard]] model::Result<tables::Loaded> seen_from(Viewpoint const& viewpoint,
                                                      tables::Loaded loaded,
                                                      std::string const& path);

/// Whether something is kept from the viewer.
[[nodiscard]] bool is_restricted(Viewpoint const& viewpoint);

/// Error kRefused where something is kept from the viewer and `value`, that of `option`, is not
/// empty: it names a file that may hold what was not released.
[[nodiscard]] model::Result<model::Done> refuse_file(Viewpoint const& viewpoint,
                                                     std::string_view option,
                                                     std::string const& value);

/// Error kRefused where something is kept from the viewer: `what` has no part that was released to
/// anyone alone. kBadInput for a viewer who is none.
[[nodiscard]] model::Result<model::Done> refuse_whole(Viewpoint const& viewpoint,
                                                      std::string_view what);

}  // namespace guarantor::app
