#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <system_error>

#include "guarantor/ledger_input.h"
#include "guarantor/store/store_files.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kPatience{10'000};

struct Options {
  std::string log;
  std::string folder;
};

/// What is public: tiles and bundles of commitments, keys, and last the checkpoint that signs them.
model::Result<model::Done> run(Options const& options) {
  auto const from = fs::path{log_folder(options.log)};
  auto const log = ledger::TileFolder::open(from);
  if (!log.ok()) {
    return log.error();
  }
  // While nobody publishes; where the lock cannot be had, nobody here can.
  auto const held = is_store(options.log)
                        ? store::StoreLock::take(store::StoreFiles{options.log}, kPatience)
                        : model::Error{model::ErrorKind::kUnwritable, "", ""};
  if (!held.ok() && held.error().kind != model::ErrorKind::kUnwritable) {
    return held.error();
  }
  auto const checkpoint = log.value().read_checkpoint();
  if (!checkpoint.ok()) {
    return checkpoint.error();
  }
  fs::path const to{options.folder};
  std::error_code failure;
  if (fs::exists(to, failure) && !fs::is_empty(to, failure)) {
    return model::Error{model::ErrorKind::kRefused,
                        fmt::format("{}: there already, and not empty", options.folder),
                        "name another folder"};
  }
  fs::create_directories(to, failure);
  if (!failure) {
    fs::copy(from / "tile", to / "tile", fs::copy_options::recursive, failure);
  }
  for (char const* name : {"first-key", "keys"}) {
    if (!failure && fs::exists(from / name)) {
      fs::copy_file(from / name, to / name, failure);
    }
  }
  if (failure) {
    return model::Error{model::ErrorKind::kUnwritable,
                        fmt::format("{}: {}", options.folder, failure.message()), ""};
  }
  return write_text((to / "checkpoint").string(), checkpoint.value());
}

}  // namespace

void add_ledger_export(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "ledger export",
       .does = "Copy what of a log is public: tiles, keys and the signed checkpoint, no record",
       .examples = "  guarantor ledger export coalition.db -o mirror/coalition"},
      [options](Session const&) { return run(*options); });
  verb.add_option("log", options->log, "A store, or a log's folder")->type_name("LOG")->required();
  verb.add_option("-o,--output", options->folder, "The folder to write")
      ->type_name("FOLDER")
      ->required();
}

}  // namespace guarantor::app
