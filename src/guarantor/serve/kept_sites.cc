#include "guarantor/serve/kept_sites.h"

#include <nlohmann/json.hpp>
#include <ranges>
#include <set>
#include <utility>
#include <vector>

#include "guarantor/ledger/digest.h"
#include "guarantor/report/json_text.h"
#include "guarantor/serve/record_sight.h"
#include "guarantor/serve/released_record.h"

namespace guarantor::serve {
namespace {

std::string made_from(std::string const& body) {
  auto const json = nlohmann::json::parse(body, nullptr, false);
  auto const hash = json.is_object() ? json.find("scenario_hash") : json.end();
  return json.is_object() && hash != json.end() && hash->is_string() ? hash->get<std::string>()
                                                                     : std::string{};
}

}  // namespace

model::Result<std::optional<SeenSites>> find_sites(StoreGate const& gate,
                                                   policy::Viewer const& viewer,
                                                   std::string_view name,
                                                   std::string_view scenario_version) {
  auto history = gate.read(
      [&](auto const& store) { return store.history(store::RecordKind::kSitePlan, name); });
  if (!history.ok()) {
    return history.error();
  }
  // The last record of a body says to whom it is released.
  std::set<ledger::Digest> settled;
  for (store::Record& record : history.value() | std::views::reverse) {
    if (record.erased || !settled.insert(record.version).second || !sees(viewer, record)) {
      continue;
    }
    auto const hash = made_from(record.body);
    if (!scenario_version.empty() && hash != scenario_version) {
      continue;
    }
    bool const whole = policy::sees_everything(viewer);
    SeenSites seen{.json = released_sites(record.body, viewer),
                   .version = ledger::hex(record.version),
                   .scenario_version = whole ? hash : std::string{},
                   .record = std::move(record)};
    if (!whole) {
      seen.version = report::sha256(seen.json);
    }
    return std::optional{std::move(seen)};
  }
  return std::optional<SeenSites>{};
}

}  // namespace guarantor::serve
