#include "guarantor/stored_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace guarantor::app {
namespace {

using model::Error;
using model::ErrorKind;

constexpr std::array kKinds{store::RecordKind::kPlan,        store::RecordKind::kReport,
                            store::RecordKind::kObservation, store::RecordKind::kIncident,
                            store::RecordKind::kFinding,     store::RecordKind::kReply,
                            store::RecordKind::kDecision,    store::RecordKind::kSitePlan};

}  // namespace

model::Result<store::RecordKind> parse_kind(std::string const& word) {
  auto const kind = model::parse<store::RecordKind>(word);
  if (!kind || std::ranges::find(kKinds, *kind) == kKinds.end()) {
    return Error{
        ErrorKind::kBadInput, fmt::format("`{}` is no kind of record that is put in", word),
        "it is plan, site-plan, report, observation, incident, finding, reply or decision"};
  }
  return *kind;
}

model::Result<store::Record> find_record(store::Store const& store, store::RecordKind kind,
                                         std::string const& name, std::string const& version) {
  auto const history = store.history(kind, name);
  if (!history.ok()) {
    return history.error();
  }
  std::optional<store::Record> found;
  for (store::Record const& record : history.value()) {
    if (!record.erased && ledger::hex(record.version).starts_with(version)) {
      if (!version.empty() && found && found->version != record.version) {
        return Error{ErrorKind::kBadInput,
                     fmt::format("several versions of {} begin with {}", name, version),
                     "give more digits"};
      }
      found = record;
    }
  }
  if (!found) {
    return Error{ErrorKind::kNotFound,
                 fmt::format("the store has no {} `{}`{}", model::text(kind), name,
                             version.empty() ? "" : " of version " + version),
                 "`guarantor store put` keeps one"};
  }
  return *std::move(found);
}

}  // namespace guarantor::app
