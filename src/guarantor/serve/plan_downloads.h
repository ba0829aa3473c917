#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/model/map_layers.h"
#include "guarantor/model/site_plan.h"
#include "guarantor/report/side_by_side.h"
#include "guarantor/serve/http_message.h"
#include "guarantor/serve/plan_shelf.h"

namespace guarantor::serve {

/// What people take away of a plan, `format` being `csv`, `xlsx`, `html` or `geojson`: for those
/// from whom something is kept without what rests on it. Of the CSV tables `table` names one, or it
/// is the assignments. `sites` are those that the viewer sees. Errors: kBadInput for another format
/// or table; those of `report::to_workbook` and of `geo::map_layers`.
[[nodiscard]] model::Result<Response> plan_download(ShownPlan const& plan, std::string_view format,
                                                    std::string_view table,
                                                    std::optional<model::SitePlan> const& sites);

/// The same of plans side by side: `html`, `xlsx` or `csv`.
[[nodiscard]] model::Result<Response> compare_download(report::SideBySide const& sides,
                                                       std::string_view format,
                                                       std::string_view table);

/// An HTML page of ours that is a document of its own: nothing in it is fetched or run.
[[nodiscard]] Response respond_page_of_its_own(std::string html);

/// Has browsers keep the answer as a file of that name.
void save_as(Response& response, std::string_view name);

}  // namespace guarantor::serve
