#include <fmt/format.h>

#include <memory>
#include <string>

#include "guarantor/ledger_input.h"
#include "guarantor/released_record.h"
#include "guarantor/store_input.h"
#include "guarantor/stored_record.h"
#include "guarantor/verbs.h"
#include "guarantor/viewpoint.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::string kind;
  std::string name;
  std::string version;
  std::string output;
  Viewpoint viewpoint;
};

model::Result<model::Done> run(Options const& options) {
  if (auto const may = refuse_file(options.viewpoint, "--version", options.version); !may.ok()) {
    return may;
  }
  auto const kind = parse_kind(options.kind);
  auto const store = kind.ok() ? open_to_read(options.words) : kind.error();
  if (!store.ok()) {
    return store.error();
  }
  auto const record = find_record(*store.value(), kind.value(), options.name, options.version);
  if (!record.ok()) {
    bool const hidden =
        record.error().kind == model::ErrorKind::kNotFound && is_restricted(options.viewpoint);
    return hidden ? not_released(kind.value(), options.name, options.viewpoint) : record.error();
  }
  auto const body = released_body(*store.value(), record.value(), options.viewpoint);
  return body.ok() ? write_text(options.output, body.value() + "\n") : body.error();
}

}  // namespace

void add_store_get(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "store get",
       .does = "Take out a plan, a report, a finding or a decision, in any of its versions",
       .examples = "  guarantor store get coalition.db plan exercise -o plan.json\n"
                   "  guarantor store get coalition.db plan exercise --as delegate:XAB\n"
                   "  guarantor store get coalition.db report day-12 --version 3f9a1c02"},
      [options](Session const&) { return run(*options); });
  add_store(verb, options->words);
  verb.add_option("kind", options->kind, "What it is")
      ->type_name("plan|site-plan|observation|incident|finding|reply|decision|report")
      ->required();
  verb.add_option("name", options->name, "Its name; of a plan, its scenario")
      ->type_name("NAME")
      ->required();
  verb.add_option("--version", options->version, "The first digits of a version's hash")
      ->type_name("HASH");
  add_viewpoint(verb, options->viewpoint);
  verb.add_option("-o,--output", options->output, "The file to write (default: standard output)")
      ->type_name("FILE");
}

}  // namespace guarantor::app
