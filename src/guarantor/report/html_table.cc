#include "guarantor/report/html_table.h"

#include <fmt/format.h>

#include <cstdint>

#include "guarantor/report/html.h"
#include "guarantor/report/wording.h"

namespace guarantor::report {
namespace {

constexpr std::size_t kMostRows = 200;

}  // namespace

void HtmlTable::row(std::vector<std::string> const& cells) {
  if (++rows_ > kMostRows) {
    return;
  }
  std::string inner;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    inner += tag("td", cells[i], heads_[i].figure ? R"(class="n")" : "");
  }
  body_ += tag("tr", inner) + "\n";
}

std::string HtmlTable::html(std::string const& caption, std::string_view all) const {
  std::string columns;
  std::string head;
  for (auto const& entry : heads_) {
    columns += fmt::format(R"(<col style="width:{}%"/>)", entry.percent);
    head += tag("th", entry.title, entry.figure ? R"(scope="col" class="n")" : R"(scope="col")");
  }
  auto out = tag("table", tag("caption", escape(caption)) + tag("colgroup", columns) +
                              tag("thead", tag("tr", head)) + tag("tbody", body_));
  if (rows_ > kMostRows) {
    out +=
        tag("p", escape(fmt::format("{} more rows stand in {}.",
                                    grouped(static_cast<std::int64_t>(rows_ - kMostRows)), all)));
  }
  return out;
}

}  // namespace guarantor::report
