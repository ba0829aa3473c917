#include "guarantor/serve/row_writing.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guarantor/serve/json_body.h"
#include "guarantor/serve/offer_statement.h"
#include "guarantor/serve/problem.h"
#include "guarantor/serve/row_body.h"
#include "guarantor/serve/row_edit.h"
#include "guarantor/serve/row_list.h"
#include "guarantor/serve/row_rights.h"
#include "guarantor/serve/table_words.h"
#include "guarantor/store/scenario_versions.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using model::Table;
using Json = nlohmann::ordered_json;

constexpr int kMostTries = 8;

/// One attempt at a change, from the scenario as it stands.
struct Attempt {
  SharedView whole;
  SharedView mine;
  model::RowRecord const* before{};  ///< of the whole
  model::RowRecord const* seen{};    ///< of the same as the caller sees it; null: it does not
  Table table{};
  std::string key;
};

Response with(Response response, std::string const& name, Json value) {
  auto json = Json::parse(response.text());
  json[name] = std::move(value);
  response.body = std::make_shared<std::string const>(dump(json));
  return response;
}

Json row_json(model::RowRecord const& row) {
  return {{"key", row.key}, {"cells", row.cells}, {"etag", entity_tag(row)}};
}

Json errors_json(std::vector<CellError> const& errors) {
  Json list = Json::array();
  for (CellError const& error : errors) {
    list.push_back({{"table", error.table},
                    {"key", error.key},
                    {"column", error.column},
                    {"message", error.message},
                    {"hint", error.hint}});
  }
  return list;
}

Response invalid(std::vector<CellError> const& errors) {
  return with(problem(422, "invalid", "not valid",
                      fmt::format("{} {} wrong with the row", errors.size(),
                                  errors.size() == 1 ? "thing is" : "things are"),
                      "`errors` says what, cell by cell"),
              "errors", errors_json(errors));
}

/// What stands in the way is not the caller's to know.
Response invalid_beside_hidden(Attempt const& attempt) {
  return invalid({{.table = std::string{model::text(attempt.table)},
                   .key = attempt.key,
                   .column = {},
                   .message = "this does not fit what else there is",
                   .hint = "choose another name, or ask the planning cell"}});
}

Error no_such_table() {
  return {ErrorKind::kNotFound, "there is no table of that name", "GET /api/schema lists them"};
}

Result<Attempt> begin(Services& services, Call const& call) {
  Attempt attempt;
  auto const table = model::parse<Table>(call.at("table"));
  if (!table) {
    return no_such_table();
  }
  attempt.table = *table;
  attempt.key = call.at("key");
  auto whole = services.views.whole(call.at("scenario"));
  if (!whole.ok()) {
    return whole.error();
  }
  attempt.whole = std::move(whole).value();
  auto mine = services.views.of(call.caller.viewer, attempt.whole->version);
  if (!mine.ok()) {
    return mine.error();
  }
  attempt.mine = std::move(mine).value();
  attempt.before = attempt.whole->text.rows.find(call.at("table"), attempt.key);
  attempt.seen = attempt.mine->text.rows.find(call.at("table"), attempt.key);
  return attempt;
}

/// Why the row is not what the caller takes it for, or nothing. A row it does not see is none.
std::optional<Response> outdated(Call const& call, Attempt const& attempt) {
  auto const match = call.request.headers.find("If-Match");
  auto const none = call.request.headers.find("If-None-Match");
  if (!match && !none) {
    return problem(428, "precondition-required", "say what you change",
                   "the request has neither If-Match nor If-None-Match",
                   "send the row's tag as If-Match, or `If-None-Match: *` for a new one");
  }
  auto const changed = [&](std::string_view detail) {
    auto response = problem(412, "changed", "changed meanwhile", detail,
                            "look at what it is now, and send the change with its tag");
    return with(std::move(response), "current",
                attempt.seen == nullptr ? Json(nullptr) : row_json(*attempt.seen));
  };
  if (none && attempt.seen != nullptr) {
    return changed("there is such a row already");
  }
  if (match && attempt.seen == nullptr) {
    return changed("there is no such row");
  }
  if (match && *match != "*" && match->find(entity_tag(*attempt.seen)) == std::string_view::npos) {
    return changed("the row is not what it was when it was read");
  }
  return std::nullopt;
}

/// The cells in the body of a request, with those that its key says.
Result<Cells> sent_cells(Call const& call, Table table) {
  auto row = read_row_body(call.request);
  if (!row.ok()) {
    return row.error();
  }
  auto& [cells, sent_empty] = row.value();
  auto const columns = key_columns(table);
  auto const parts = key_parts(call.at("key"));
  for (std::size_t i = 0; i < columns.size() && parts.size() == columns.size(); ++i) {
    if (!parts[i].empty() && !sent_empty.contains(columns[i])) {
      cells.emplace(columns[i], parts[i]);
    }
  }
  return std::move(cells);
}

/// Columns that mean nothing are more likely misspelt than meant.
std::vector<CellError> unknown_columns(Cells const& sent, Attempt const& attempt) {
  std::vector<CellError> errors;
  auto const known = columns_of(attempt.table);
  for (auto const& [column, text] : sent) {
    bool const there = attempt.seen != nullptr && attempt.seen->cells.contains(column);
    bool const listed =
        std::ranges::any_of(known, [&](auto const& info) { return info.name == column; });
    if (!there && !listed) {
      errors.push_back({std::string{model::text(attempt.table)}, attempt.key, column,
                        "the table has no such column", "GET /api/schema lists the columns"});
    }
  }
  return errors;
}

/// Those about the row itself, where there are any: what is written beside it repeats them.
std::vector<CellError> of_the_row(std::vector<CellError> errors, Attempt const& attempt) {
  auto const beside = [&](CellError const& error) {
    return error.table != model::text(attempt.table) || error.key != attempt.key;
  };
  if (!std::ranges::all_of(errors, beside)) {
    std::erase_if(errors, beside);
  }
  return errors;
}

/// The scenario with the changes, or why not. Who does not see everything is told of what is wrong
/// with what it sees and sent alone: `as_sent` is the first of the changes without what was kept
/// beside it.
Result<ChangedScenario> changed_or(Attempt const& attempt, policy::Viewer const& viewer,
                                   std::vector<RowEdit> const& changes,
                                   std::optional<Cells> const& as_sent,
                                   std::optional<Response>& refused) {
  bool const all = policy::sees_everything(viewer);
  if (!all) {
    auto visible = changes;
    visible.front().cells = as_sent;
    auto const mine = with_changes(*attempt.mine, visible);
    if (!mine.made) {
      refused = invalid(of_the_row(mine.errors, attempt));
      return ChangedScenario{};
    }
  }
  auto whole = with_changes(*attempt.whole, changes);
  if (!whole.made) {
    refused = all ? invalid(of_the_row(whole.errors, attempt)) : invalid_beside_hidden(attempt);
  }
  return whole;
}

/// Keeps it; false where somebody else kept something meanwhile.
Result<bool> keep(Services& services, Call const& call, Attempt const& attempt,
                  tables::ChangedScenario changed) {
  auto const& before = attempt.whole->version;
  store::ScenarioContent content{.scenario = before.scenario,
                                 .title = changed.scenario.header.title,
                                 .content_hash = tables::content_hash(changed.text),
                                 .variant_of = before.variant_of,
                                 .rows = changed.text.rows,
                                 .after = before.position,
                                 .before = attempt.whole->text.rows};
  if (content.content_hash == before.content_hash) {
    return true;  // the same in other words
  }
  auto const announced = services.views.announce(content.scenario, content.content_hash);
  auto const kept = services.store.write([&](auto& store) -> Result<store::ScenarioReceipt> {
    auto receipt = store::put_scenario(store, content, services.author(call.caller));
    if (receipt.ok()) {
      // Before anyone is told of it: all of them would read it from the store.
      services.views.remember(receipt.value().version, std::move(changed));
    }
    return receipt;
  });
  if (!kept.ok() && kept.error().kind == ErrorKind::kRefused) {
    services.views.forget();  // it may rest on what was erased
    return false;
  }
  return kept.ok() ? Result<bool>{true} : kept.error();
}

Error too_busy() {
  return {ErrorKind::kLimit, "others keep changing the scenario", "try again"};
}

Result<Response> answer(Services& services, Call const& call, bool is_new) {
  auto const after = begin(services, call);
  if (!after.ok()) {
    return after.error();
  }
  if (after.value().seen == nullptr) {
    return no_content();
  }
  auto response = respond_json(row_json(*after.value().seen), is_new ? 201 : 200);
  response.headers.set("ETag", entity_tag(*after.value().seen));
  if (is_new) {
    response.headers.set("Location", call.request.path);
  }
  return response;
}

std::vector<RowEdit> all_of(RowEdit change, Attempt const& attempt, Call const& call,
                            model::Instant now) {
  auto statement = statement_of(change, attempt.before, *attempt.whole, call.caller.viewer, now);
  std::vector<RowEdit> changes;
  if (change.table == Table::kPledges && !change.cells) {
    changes = gone_with(change.key, *attempt.whole);
  }
  changes.insert(changes.begin(), std::move(change));
  if (statement) {
    changes.push_back(std::move(*statement));
  }
  return changes;
}

/// What cannot be done to the row whoever asks.
std::optional<Error> impossible(RowEdit const& change, Attempt const& attempt) {
  if (change.table != Table::kScenario) {
    return std::nullopt;
  }
  if (!change.cells || change.key != "scenario") {
    return Error{ErrorKind::kRefused, "a scenario has one row of its own, `scenario`", ""};
  }
  auto const id = change.cells->find("id");
  if (id == change.cells->end() || id->second != attempt.whole->version.scenario) {
    return Error{ErrorKind::kRefused, "a scenario keeps its id",
                 "import it under another id instead"};
  }
  return std::nullopt;
}

}  // namespace

Result<Response> put_row(Services& services, Call const& call) {
  auto const& viewer = call.caller.viewer;
  auto const known = model::parse<Table>(call.at("table"));
  if (!known) {
    return no_such_table();
  }
  auto const table = *known;
  auto const sent = sent_cells(call, table);
  if (!sent.ok()) {
    return sent.error();
  }
  for (int tries = 0; tries < kMostTries; ++tries) {
    auto const begun = begin(services, call);
    if (!begun.ok()) {
      return begun.error();
    }
    Attempt const& attempt = begun.value();
    RowEdit change{table, attempt.key,
                   kept_beside(viewer, table, sent.value(), attempt.before, attempt.seen)};
    auto stale = outdated(call, attempt);
    bool const same = attempt.seen != nullptr && *change.cells == attempt.before->cells;
    if (stale && !(stale->status == 412 && same)) {
      return *std::move(stale);
    }
    if (auto refused = refusal(viewer, change, attempt.seen == nullptr ? nullptr : attempt.before,
                               attempt.whole->text.rows)) {
      return *std::move(refused);
    }
    if (auto refused = impossible(change, attempt)) {
      return *std::move(refused);
    }
    if (same) {
      return answer(services, call, false);
    }
    if (auto const errors = unknown_columns(sent.value(), attempt); !errors.empty()) {
      return invalid(errors);
    }
    if (attempt.before != nullptr && attempt.seen == nullptr) {
      return invalid_beside_hidden(attempt);
    }
    std::optional<Response> refused;
    auto made =
        changed_or(attempt, viewer, all_of(std::move(change), attempt, call, services.now()),
                   sent.value(), refused);
    if (refused) {
      return *std::move(refused);
    }
    auto const kept = keep(services, call, attempt, *std::move(made.value().made));
    if (!kept.ok()) {
      return kept.error();
    }
    if (kept.value()) {
      return answer(services, call, attempt.before == nullptr);
    }
  }
  return too_busy();
}

Result<Response> delete_row(Services& services, Call const& call) {
  auto const& viewer = call.caller.viewer;
  for (int tries = 0; tries < kMostTries; ++tries) {
    auto const begun = begin(services, call);
    if (!begun.ok()) {
      return begun.error();
    }
    Attempt const& attempt = begun.value();
    if (attempt.seen == nullptr) {
      return Error{ErrorKind::kNotFound,
                   fmt::format("there is no row `{}` in {}, or it is not yours to see", attempt.key,
                               call.at("table")),
                   ""};
    }
    if (auto stale = outdated(call, attempt)) {
      return *std::move(stale);
    }
    RowEdit change{attempt.table, attempt.key, std::nullopt};
    auto refused = refusal(viewer, change, attempt.before, attempt.whole->text.rows);
    if (!refused) {
      refused = impossible(change, attempt);
    }
    if (refused) {
      return *std::move(refused);
    }
    std::optional<Response> invalid;
    auto made =
        changed_or(attempt, viewer, all_of(std::move(change), attempt, call, services.now()),
                   std::nullopt, invalid);
    if (invalid) {
      return *std::move(invalid);
    }
    auto const kept = keep(services, call, attempt, *std::move(made.value().made));
    if (!kept.ok()) {
      return kept.error();
    }
    if (kept.value()) {
      return no_content();
    }
  }
  return too_busy();
}

}  // namespace guarantor::serve
