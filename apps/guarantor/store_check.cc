#include "guarantor/store/store_check.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "guarantor/ledger_input.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"
#include "guarantor/watched_run.h"

namespace guarantor::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  StoreWords words;
  bool json{false};
};

std::string to_json(store::StoreReport const& report) {
  Json json{{"sound", report.sound()},
            {"records", report.records},
            {"erased", report.erased},
            {"published", report.published}};
  if (report.finding) {
    json["finding"] = {{"place", report.finding->place}, {"what", report.finding->what}};
    if (report.finding->position) {
      json["finding"]["record"] = *report.finding->position;
    }
  }
  if (report.in_log) {
    json["in_log"] = {{"file", report.in_log->file},
                      {"flaw", ledger::text(report.in_log->flaw)},
                      {"what", report.in_log->explanation}};
    if (report.in_log->entry) {
      json["in_log"]["entry"] = *report.in_log->entry;
    }
  }
  return json.dump(2) + "\n";
}

model::Result<model::Done> run(Options const& options, Session const& session) {
  WatchedRun const watched{session};
  auto const checked = store::check_store(options.words.store, watched.control());
  if (!checked.ok()) {
    return checked.error();
  }
  auto const& report = checked.value();
  auto const printed = print(
      options.json ? to_json(report)
                   : fmt::format("{} records hold, {} of them erased; {} entries published hold\n",
                                 report.records, report.erased, report.published));
  if (!printed.ok() || report.sound()) {
    return printed;
  }
  return model::Error{model::ErrorKind::kCheckFailed,
                      report.finding
                          ? fmt::format("{}: {}: {}", options.words.store, report.finding->place,
                                        report.finding->what)
                          : fmt::format("{}-log/{}", options.words.store, describe(*report.in_log)),
                      "nothing was changed; restore a backup"};
}

}  // namespace

void add_store_check(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add({.name = "store check",
                         .does = "Hold every record, index and secret of a store against its log",
                         .examples = "  guarantor store check coalition.db\n"
                                     "  guarantor store check coalition.db --json"},
                        [options](Session const& session) { return run(*options, session); });
  add_store(verb, options->words);
  verb.add_flag("--json", options->json, "Answer in JSON");
}

}  // namespace guarantor::app
