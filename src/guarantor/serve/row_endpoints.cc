#include "guarantor/serve/row_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/serve/json_body.h"
#include "guarantor/serve/paging.h"
#include "guarantor/serve/row_list.h"
#include "guarantor/serve/row_past.h"
#include "guarantor/serve/row_writing.h"
#include "guarantor/serve/table_downloads.h"
#include "guarantor/store/scenario_versions.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using Json = nlohmann::ordered_json;

Json row_json(model::RowRecord const& row) {
  return {{"key", row.key}, {"cells", row.cells}, {"etag", entity_tag(row)}};
}

Result<SharedView> view_of(Services& services, Call const& call) {
  return services.views.of(call.caller.viewer, call.at("scenario"),
                           call.request.parameter("version").value_or(""));
}

Result<Response> list_rows(Services& services, Call const& call) {
  auto const paging = read_paging(call.request);
  if (!paging.ok()) {
    return paging.error();
  }
  auto const view = view_of(services, call);
  if (!view.ok()) {
    return view.error();
  }
  auto const table = *model::parse<model::Table>(call.at("table"));
  auto const rows = rows_of(*view.value(), table,
                            {.text = call.request.parameter("q").value_or(""),
                             .sort = call.request.parameter("sort").value_or("")});
  if (!rows.ok()) {
    return rows.error();
  }
  auto const& found = rows.value();
  if (auto const format = call.request.parameter("format"); format && *format != "json") {
    return download(*view.value(), table, found, *format);
  }
  auto const span =
      span_of(paging.value(), found.size(), [&](std::size_t i) { return found[i]->key; });
  Json items = Json::array();
  for (std::size_t i = span.begin; i < span.end; ++i) {
    items.push_back(row_json(*found[i]));
  }
  Json json = page(std::move(items), span.next);
  json["total"] = found.size();
  json["version"] = view.value()->name;
  return respond_page(call.request, json);
}

Error no_such_row(Call const& call) {
  return {ErrorKind::kNotFound,
          fmt::format("there is no row `{}` in {}, or it is not yours to see", call.at("key"),
                      call.at("table")),
          ""};
}

Result<Response> get_row(Services& services, Call const& call) {
  auto const view = view_of(services, call);
  if (!view.ok()) {
    return view.error();
  }
  auto const* row = view.value()->text.rows.find(call.at("table"), call.at("key"));
  if (row == nullptr) {
    return no_such_row(call);
  }
  auto response = respond_json(row_json(*row));
  response.headers.set("ETag", entity_tag(*row));
  return response;
}

Result<Response> get_history(Services& services, Call const& call) {
  auto const table = *model::parse<model::Table>(call.at("table"));
  auto const past = services.store.read([&](auto const& store) {
    return past_of(store, call.caller.viewer, call.at("scenario"), table, call.at("key"));
  });
  if (!past.ok()) {
    return past.error();
  }
  Json list = Json::array();
  for (auto const& state : past.value()) {
    list.push_back({{"at", model::print(state.at)},
                    {"by", state.by.empty() ? Json(nullptr) : Json(state.by)},
                    {"cells", state.cells ? Json(*state.cells) : Json(nullptr)},
                    {"changed", state.changed}});
  }
  std::string text = dump(list);
  auto const tag = entity_tag(text);
  auto response = respond_json(std::move(text));
  response.headers.set("ETag", tag);
  return response;
}

}  // namespace

Routes row_endpoints(Services& services) {
  auto const with = [&services](auto endpoint) {
    return [&services, endpoint](Call const& call) { return endpoint(services, call); };
  };
  return {{.method = "GET",
           .path = "/api/scenarios/{scenario}/tables/{table}",
           .operation = "listRows",
           .rule = may_with_table(policy::Operation::kRead),
           .endpoint = with(list_rows)},
          {.method = "GET",
           .path = "/api/scenarios/{scenario}/tables/{table}/{key}",
           .operation = "getRow",
           .rule = may_with_table(policy::Operation::kRead),
           .endpoint = with(get_row)},
          {.method = "GET",
           .path = "/api/scenarios/{scenario}/tables/{table}/{key}/history",
           .operation = "getRowHistory",
           .rule = may_with_table(policy::Operation::kRead),
           .endpoint = with(get_history)},
          {.method = "PUT",
           .path = "/api/scenarios/{scenario}/tables/{table}/{key}",
           .operation = "putRow",
           .rule = signed_in(),
           .endpoint = with(put_row)},
          {.method = "DELETE",
           .path = "/api/scenarios/{scenario}/tables/{table}/{key}",
           .operation = "deleteRow",
           .rule = signed_in(),
           .endpoint = with(delete_row)}};
}

}  // namespace guarantor::serve
