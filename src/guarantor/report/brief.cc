#include <fmt/format.h>

#include "guarantor/report/brief_annex.h"
#include "guarantor/report/brief_map.h"
#include "guarantor/report/brief_page_one.h"
#include "guarantor/report/brief_style.h"
#include "guarantor/report/html.h"
#include "guarantor/report/plan_marking.h"
#include "guarantor/report/plan_reading.h"
#include "guarantor/report/plan_report.h"

namespace guarantor::report {

std::string to_brief(model::Scenario const& scenario, model::ForcePlan const& plan,
                     std::optional<model::ForcePlan> const& since, MapSource const& map) {
  PlanReading const reading{scenario, plan};
  auto const mark = banner(scenario);
  auto const strip = mark.empty() ? std::string{} : tag("p", escape(mark), R"(class="banner")");
  auto const title = (mark.empty() ? "" : mark + " · ") + scenario.header.title;
  // Nothing is fetched, run or framed: the browser is told so as well.
  auto const head =
      std::string{R"(<meta charset="utf-8"/>)"} +
      R"(<meta http-equiv="Content-Security-Policy" )"
      R"(content="default-src 'none'; style-src 'unsafe-inline'"/>)" +
      R"(<meta name="viewport" content="width=device-width, initial-scale=1"/>)" +
      tag("title", escape(title)) +
      tag("style", style(scenario, plan_hash(scenario, plan)) + std::string{map_style()});
  auto const body = strip + tag("main", page_one(reading, since) + annex(reading, map)) + strip;
  return "<!DOCTYPE html>\n" +
         tag("html", tag("head", head) + "\n" + tag("body", body), R"(lang="en")") + "\n";
}

}  // namespace guarantor::report
