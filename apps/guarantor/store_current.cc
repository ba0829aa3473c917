#include <fmt/format.h>

#include <memory>

#include "guarantor/store/scenario_versions.h"
#include "guarantor/store_input.h"
#include "guarantor/stored_scenario.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

model::Result<model::Done> run(StoreWords const& words) {
  auto const address = parse_store_address(words.store);
  if (!address || address->version.empty()) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{} names no version of a scenario in a store", words.store),
                        "write STORE#ID@VERSION; `guarantor store status` lists them"};
  }
  StoreWords there = words;
  there.store = address->store;
  auto const store = open_to_write(there);
  if (!store.ok()) {
    return store.error();
  }
  auto const now =
      store::set_current(*store.value(), address->scenario, address->version, author(words));
  if (!now.ok()) {
    return now.error();
  }
  return say_kept(*store.value(), fmt::format("{} {} is current\n", now.value().scenario,
                                              now.value().content_hash));
}

}  // namespace

void add_store_current(CommandLine& line) {
  auto words = std::make_shared<StoreWords>();
  auto& verb = line.add(
      {.name = "store current",
       .does = "Make another version of a scenario the current one, e.g. to undo an import",
       .examples = "  guarantor store current coalition.db#exercise@3f9a1c02"},
      [words](Session const&) { return run(*words); });
  add_writing(verb, *words);
}

}  // namespace guarantor::app
