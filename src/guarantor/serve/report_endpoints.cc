#include "guarantor/serve/report_endpoints.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "guarantor/ledger/canonical_json.h"
#include "guarantor/ledger/digest.h"
#include "guarantor/model/release_item.h"
#include "guarantor/policy/row_share.h"
#include "guarantor/report/watch_report.h"
#include "guarantor/serve/incident_sight.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/paging.h"
#include "guarantor/serve/problem.h"
#include "guarantor/serve/record_reading.h"
#include "guarantor/serve/watch_calendar.h"
#include "guarantor/serve/watch_period.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using policy::Allowance;
using policy::Operation;
using policy::Record;
using Days = model::Interval<model::Date>;
using Json = nlohmann::ordered_json;

/// The calendar counts incidents: for those who read all of them.
Result<model::Done> reads_incidents(policy::Viewer const& viewer) {
  if (policy::allowance(viewer.role, Operation::kRead, Record::kIncident) == Allowance::kYes) {
    return model::Done{};
  }
  return Error{ErrorKind::kRefused, "the watch floor is for those who work on it",
               "GET /api/reports lists what was published"};
}

/// A report as it is made names every report that it rests on.
Result<model::Done> reads_floor(policy::Viewer const& viewer) {
  auto const may = reads_incidents(viewer);
  return may.ok() && !sees_all_reports(viewer)
             ? Error{ErrorKind::kRefused, "the watch floor is for those who work on it",
                     "GET /api/reports lists what was published"}
             : may;
}

/// Reports as they were made last.
class ReportShelf {
 public:
  struct Made {
    SharedView view;
    PeriodReport report;
  };
  using Shared = std::shared_ptr<Made const>;

  Result<Shared> of(Services& services, policy::Viewer const& viewer, Days days) {
    auto const view = services.views.of(viewer, services.watch.scenario());
    auto const board = view.ok() ? services.watch.incidents() : view.error();
    if (!board.ok()) {
      return board.error();
    }
    // A day that is not over goes on being watched, whatever comes.
    auto const now = services.now();
    auto const minute =
        std::chrono::floor<std::chrono::minutes>(std::min(now, model::Instant{days.to}));
    auto const key = fmt::format("{} {} {} {} {}", view.value()->name, model::print(days.from),
                                 model::print(days.to), board.value()->changes(),
                                 minute.time_since_epoch().count());
    {
      std::scoped_lock const lock{mutex_};
      if (auto const found = kept_.find(key); found != kept_.end()) {
        return found->second;
      }
    }
    auto made = services.store.read([&](auto const& store) {
      return period_report(store, view.value()->scenario, days,
                           {.made = now, .program_version = services.program_version});
    });
    if (!made.ok()) {
      return made.error();
    }
    auto const shared = std::make_shared<Made const>(Made{view.value(), std::move(made).value()});
    std::scoped_lock const lock{mutex_};
    if (kept_.size() >= kMostKept) {
      kept_.clear();
    }
    kept_[key] = shared;
    return shared;
  }

 private:
  static constexpr std::size_t kMostKept = 8;
  std::mutex mutex_;
  std::map<std::string, Shared> kept_;
};

/// The days asked for, or the last 30 that anything is known of.
Result<Days> calendar_days(Services& services, Request const& request) {
  auto const from = request.parameter("from");
  auto const to = request.parameter("to");
  if (from && to) {
    return parse_period(*from + "/" + *to);
  }
  if (from || to) {
    return Error{ErrorKind::kBadInput, "`from` and `to` go together",
                 "the first day, and the day after the last"};
  }
  auto const board = services.watch.incidents();
  if (!board.ok()) {
    return board.error();
  }
  auto newest = services.now();
  board.value()->each({}, [&](SharedCard const& card) {
    newest = card->from;
    return false;
  });
  auto const last = std::chrono::floor<std::chrono::days>(newest) + std::chrono::days{1};
  return Days{last - std::chrono::days{30}, last};
}

Result<Response> get_calendar(Services& services, WatchCalendar& calendar, Call const& call) {
  auto const may = reads_incidents(call.caller.viewer);
  auto const days = may.ok() ? calendar_days(services, call.request) : may.error();
  auto const json = days.ok() ? calendar.of(call.caller.viewer, days.value()) : days.error();
  if (!json.ok()) {
    return json.error();
  }
  auto text = dump(json.value());
  auto const tag = entity_tag(text);
  auto response = respond_json(std::move(text));
  response.headers.set("ETag", tag);
  return response;
}

Response download(std::string_view type, std::string text, std::string const& name) {
  auto response = respond(200, type, std::move(text));
  response.headers.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  return response;
}

Result<Response> get_report_of_days(Services& services, ReportShelf& shelf, Call const& call) {
  auto const may = reads_floor(call.caller.viewer);
  auto const text = call.request.parameter("days").value_or("");
  auto const days = may.ok() ? parse_period(text) : may.error();
  auto const shared =
      days.ok() ? shelf.of(services, call.caller.viewer, days.value()) : days.error();
  if (!shared.ok()) {
    return shared.error();
  }
  auto const& made = *shared.value();
  auto const format = call.request.parameter("format").value_or("json");
  if (format == "json") {
    return respond_json(made.report.json);
  }
  if (format == "html") {
    auto response = respond(200, kHtml, report::to_page(made.view->scenario, made.report.report));
    response.headers.set("Content-Security-Policy",
                         "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                         "frame-ancestors 'none'");
    return response;
  }
  auto files = report::to_csv(made.view->scenario, made.report.report);
  auto const table = call.request.parameter("table").value_or("sectors");
  auto const found = files.find(table + ".csv");
  if (format != "csv" || found == files.end()) {
    return Error{ErrorKind::kBadInput, "there is no report in that form",
                 "format: json, html or csv; table of csv: sectors, clauses, incidents, "
                 "restrictions, warnings or corrections"};
  }
  return download(kCsv, std::move(found->second), made.report.report.id + "-" + found->first);
}

/// Whose eyes a list of releases is for, all of them.
std::vector<policy::Viewer> audience(std::vector<std::string> const& releasable_to) {
  std::vector<policy::Viewer> viewers;
  for (std::string const& item : releasable_to) {
    auto const to = model::split_release_item(item).to;
    if (to == model::kThePublic) {
      viewers.push_back({.role = policy::Role::kPublic});
    } else if (to == model::kAllNations) {
      viewers.push_back({.role = policy::Role::kDecisionMaker});
    } else {
      viewers.push_back(
          {.role = policy::Role::kDelegate, .nation = model::NationId{std::string{to}}});
    }
  }
  return viewers;
}

struct Order {
  Days days;
  std::vector<std::string> releasable_to{"public"};
};

/// What is to be published, and to whom.
Result<Order> read_order(Call const& call) {
  auto const body = read_object(call.request);
  if (!body.ok()) {
    return body.error();
  }
  auto const days_text = body.value().find("days");
  auto const days = parse_period(days_text != body.value().end() && days_text->is_string()
                                     ? days_text->get<std::string>()
                                     : std::string{});
  if (!days.ok()) {
    return days.error();
  }
  Order order{.days = days.value()};
  auto const list = body.value().find("releasable_to");
  if (list == body.value().end() || list->is_null()) {
    return order;
  }
  bool const texts = list->is_array() && std::ranges::all_of(*list, [](auto const& item) {
                       return item.is_string() && !item.template get<std::string>().empty();
                     });
  if (!texts) {
    return Error{ErrorKind::kBadInput, "`releasable_to` is no list of names",
                 R"(["public"], ["all"], or nations)"};
  }
  if (!policy::may(call.caller.viewer, Operation::kRelease, Record::kReport)) {
    return Error{ErrorKind::kRefused, "to whom a report is released only planners say",
                 "without `releasable_to` it is published to all"};
  }
  order.releasable_to = list->get<std::vector<std::string>>();
  return order;
}

/// A report counts what those may see to whom it is given: a nation's own reports not, unless it
/// released them.
Counts counts_for_all(std::vector<std::string> const& releasable_to) {
  return [viewers = audience(releasable_to)](model::Observation const& report) {
    return report.owner.empty() || std::ranges::all_of(viewers, [&](policy::Viewer const& viewer) {
             return policy::owned_share(report.owner.text(), report.releasable_to, viewer).row;
           });
  };
}

Result<Response> publish_report(Services& services, Call const& call) {
  auto const order = read_order(call);
  auto const view = order.ok() ? services.views.whole(services.watch.scenario()) : order.error();
  // Its readers know the scenario by what they see of it.
  auto const readers =
      view.ok() ? audience(order.value().releasable_to) : std::vector<policy::Viewer>{};
  auto const theirs =
      readers.empty() ? view : services.views.of(readers.front(), services.watch.scenario());
  if (!theirs.ok()) {
    return theirs.error();
  }
  Counts const counts = counts_for_all(order.value().releasable_to);
  ReportMaking making{.made = services.now(), .program_version = services.program_version};
  making.counts = counts;
  making.scenario_hash = readers.size() > 1 ? "" : theirs.value()->name;
  auto made = services.store.read([&](auto const& store) {
    return period_report(store, view.value()->scenario, order.value().days, making);
  });
  if (!made.ok()) {
    return made.error();
  }
  auto const& report = made.value().report;
  Json json{{"report", report.id}, {"revision", report.revision}};
  if (made.value().unchanged) {
    json["published"] = false;
    return respond_json(json);
  }
  if (auto const bytes = made.value().json.size(); bytes > ledger::CanonicalLimits{}.most_bytes) {
    return problem(422, "too-long", "too long to be published",
                   fmt::format("the report of these days has {} bytes, a record at most {}", bytes,
                               ledger::CanonicalLimits{}.most_bytes),
                   "publish fewer days at a time");
  }
  store::Draft const draft{.kind = store::RecordKind::kReport,
                           .key = report.id,
                           .body = made.value().json,
                           .owner = {},
                           .releasable_to = order.value().releasable_to};
  auto const kept = services.store.write([&](store::SqliteStore& store) {
    return store.append({&draft, 1}, services.author(call.caller));
  });
  if (!kept.ok()) {
    return kept.error();
  }
  json["published"] = true;
  json["record"] = kept.value().first;
  auto response = respond_json(json, 201);
  response.headers.set("Location", "/api/reports/" + report.id);
  return response;
}

/// What stands of a published report in a list.
Json outline(policy::Viewer const& viewer, store::Record const& record) {
  auto const body = Json::parse(record.body, nullptr, false);
  auto const field = [&](char const* name) {
    return body.is_object() && body.contains(name) ? body.at(name) : Json(nullptr);
  };
  Json json{{"report", record.key},
            {"revision", field("revision")},
            {"first_day", field("first_day")},
            {"last_day", field("last_day")},
            {"at", model::print(record.at)},
            {"by", record.by},
            {"record", record.position}};
  json["incidents"] = field("incidents").is_array() ? Json(field("incidents").size()) : Json(0);
  json["corrections"] =
      field("corrections").is_array() ? Json(field("corrections").size()) : Json(0);
  if (policy::sees_everything(viewer)) {
    json["releasable_to"] = record.releasable_to;
    json["version"] = ledger::hex(record.version);
  }
  return json;
}

Result<Response> list_reports(Services& services, Call const& call) {
  auto const paging = read_paging(call.request);
  if (!paging.ok()) {
    return paging.error();
  }
  // The last revision of each that the caller may read.
  std::map<std::string, store::Record> last;
  auto const read = services.store.read([&](auto const& store) {
    return store.each(store::RecordKind::kReport, 0, [&](store::Record&& record) {
      if (sees_published(call.caller.viewer, record)) {
        last.insert_or_assign(record.key, std::move(record));
      }
      return true;
    });
  });
  if (!read.ok()) {
    return read.error();
  }
  std::vector<store::Record const*> newest;
  for (auto const& [key, record] : last) {
    newest.push_back(&record);
  }
  std::ranges::sort(newest, std::ranges::greater{}, [](auto const* one) { return one->position; });
  auto const span =
      span_of(paging.value(), newest.size(), [&](std::size_t i) { return newest[i]->key; });
  Json items = Json::array();
  for (std::size_t i = span.begin; i < span.end; ++i) {
    items.push_back(outline(call.caller.viewer, *newest[i]));
  }
  return respond_page(call.request, page(std::move(items), span.next));
}

Result<Response> get_report(Services& services, Call const& call) {
  std::string const& name = call.at("report");
  auto const history = services.store.read(
      [&](auto const& store) { return store.history(store::RecordKind::kReport, name); });
  if (!history.ok()) {
    return history.error();
  }
  auto const wanted = call.request.parameter("revision");
  for (auto record = history.value().rbegin(); record != history.value().rend(); ++record) {
    if (!sees_published(call.caller.viewer, *record)) {
      continue;
    }
    auto json = Json::parse(record->body, nullptr, false);
    bool const is_it =
        json.is_object() &&
        (!wanted || (json.contains("revision") && json.at("revision").dump() == *wanted));
    if (!is_it) {
      continue;
    }
    keep_seen_hashes(services, call.caller.viewer, json);
    json["record"] = record->position;
    json["published_at"] = model::print(record->at);
    json["published_by"] = record->by;
    auto text = dump(json);
    auto const tag = entity_tag(text);
    auto response = respond_json(std::move(text));
    response.headers.set("ETag", tag);
    return response;
  }
  return Error{ErrorKind::kNotFound,
               fmt::format("there is no report `{}`, or it was not released to you", name),
               "GET /api/reports lists those there are"};
}

}  // namespace

Routes report_endpoints(Services& services) {
  auto const calendar = std::make_shared<WatchCalendar>(services);
  auto const shelf = std::make_shared<ReportShelf>();
  auto const incidents = may(Operation::kRead, Record::kIncident);
  auto const reports = may(Operation::kRead, Record::kReport);
  auto const publishing = std::make_shared<std::mutex>();
  return {
      {.method = "GET",
       .path = "/api/watch/calendar",
       .operation = "getWatchCalendar",
       .rule = incidents,
       .endpoint = [&services, calendar](
                       Call const& call) { return get_calendar(services, *calendar, call); }},
      {.method = "GET",
       .path = "/api/watch/report",
       .operation = "getWatchReport",
       .rule = incidents,
       .endpoint = [&services, shelf](
                       Call const& call) { return get_report_of_days(services, *shelf, call); }},
      {.method = "POST",
       .path = "/api/watch/reports",
       .operation = "publishWatchReport",
       .rule = may(Operation::kPublish, Record::kReport),
       .endpoint =
           [&services, publishing](Call const& call) {
             // A revision follows from the one before.
             std::scoped_lock const lock{*publishing};
             return publish_report(services, call);
           }},
      {.method = "GET",
       .path = "/api/reports",
       .operation = "listReports",
       .rule = reports,
       .endpoint = [&](Call const& call) { return list_reports(services, call); }},
      {.method = "GET",
       .path = "/api/reports/{report}",
       .operation = "getReport",
       .rule = reports,
       .endpoint = [&](Call const& call) { return get_report(services, call); }}};
}

}  // namespace guarantor::serve
