#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "guarantor/ledger_input.h"
#include "guarantor/report/plan_report.h"
#include "guarantor/store_input.h"
#include "guarantor/stored_record.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::string file;
  std::string kind{"plan"};
  std::string key;
  std::string owner;
  std::vector<std::string> releasable_to;
};

/// A plan is of its scenario: that is its name unless it is given another.
model::Result<std::string> key_of(Options const& options, store::RecordKind kind,
                                  std::string const& text) {
  if (kind == store::RecordKind::kPlan) {
    auto const plan = report::from_json(text);
    if (!plan.ok()) {
      return model::Error{plan.error().kind,
                          fmt::format("{}: {}", options.file, plan.error().message),
                          plan.error().hint};
    }
    return options.key.empty() ? plan.value().scenario_id : options.key;
  }
  if (options.key.empty()) {
    return model::Error{model::ErrorKind::kBadInput, "the record has no name",
                        "--name gives it one"};
  }
  return options.key;
}

model::Result<model::Done> run(Options const& options) {
  auto const kind = parse_kind(options.kind);
  auto const text = read_text(options.file);
  if (!kind.ok() || !text.ok()) {
    return kind.ok() ? text.error() : kind.error();
  }
  auto const key = key_of(options, kind.value(), text.value());
  auto const store = key.ok() ? open_to_write(options.words) : key.error();
  if (!store.ok()) {
    return store.error();
  }
  store::Draft const draft{.kind = kind.value(),
                           .key = key.value(),
                           .body = text.value(),
                           .owner = model::NationId{options.owner},
                           .releasable_to = options.releasable_to};
  auto const kept = store.value()->append({&draft, 1}, author(options.words));
  if (!kept.ok()) {
    return kept.error();
  }
  auto const record = store.value()->at(kept.value().first);
  return record.ok()
             ? say_kept(*store.value(),
                        fmt::format("{} {}: record {}, version {}\n", options.kind, key.value(),
                                    kept.value().first, ledger::hex(record.value().version)))
             : record.error();
}

}  // namespace

void add_store_put(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "store put",
       .does = "Keep a plan, a report, a finding or a decision as the newest version of its name",
       .examples = "  guarantor store put coalition.db plans/exercise/plan.json\n"
                   "  guarantor store put coalition.db plan.json --releasable-to XAB,XAC\n"
                   "  guarantor store put coalition.db day-12.json --kind report --name day-12"},
      [options](Session const&) { return run(*options); });
  add_writing(verb, options->words);
  verb.add_option("file", options->file, "The document, in JSON")->type_name("FILE")->required();
  verb.add_option("--kind", options->kind, "What it is (default: plan)")
      ->type_name("plan|site-plan|observation|incident|finding|reply|decision|report");
  verb.add_option("--name", options->key, "Its name (default: of a plan, its scenario)")
      ->type_name("NAME");
  verb.add_option("--owner", options->owner, "The nation it belongs to (default: the coalition)")
      ->type_name("NATION");
  verb.add_option("--releasable-to", options->releasable_to,
                  "Who may see it beside its owner and the planners: nations, all, or public")
      ->type_name("WHO")
      ->delimiter(',')
      ->allow_extra_args(false);
}

}  // namespace guarantor::app
