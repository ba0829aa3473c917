#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "guarantor/ledger/canonical_json.h"
#include "guarantor/store_input.h"
#include "guarantor/stored_record.h"
#include "guarantor/terminal.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

constexpr std::size_t kMostAtOnce = 100'000;

struct Options {
  StoreWords words;
  std::string file{"-"};
  std::string kind{"observation"};
  std::size_t batch{1000};
  std::size_t publish_every{100};
};

/// A line as a record: an object whose member `key` names the thing.
model::Result<store::Draft> read_line(std::string const& line, std::size_t number,
                                      store::RecordKind kind) {
  auto const json = nlohmann::json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("key") || !json["key"].is_string()) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("line {} is no JSON object with a text `key`", number),
                        "what came before it was kept"};
  }
  auto const canonical = ledger::canonical_json(line);
  if (!canonical.ok()) {
    return model::Error{canonical.error().kind,
                        fmt::format("line {}: {}", number, canonical.error().message),
                        "what came before it was kept"};
  }
  store::Draft draft{
      .kind = kind, .key = json["key"].get<std::string>(), .body = canonical.value()};
  if (json.contains("owner") && json["owner"].is_string()) {
    draft.owner = model::NationId{json["owner"].get<std::string>()};
  }
  return draft;
}

/// Keeps batches as they fill up, and says so once each is safe.
class Intake {
 public:
  Intake(Options const& options, store::SqliteStore& store) : options_{options}, store_{store} {}

  model::Result<model::Done> take(store::Draft draft) {
    drafts_.push_back(std::move(draft));
    return drafts_.size() < options_.batch ? model::Result<model::Done>{model::Done{}} : keep();
  }

  model::Result<model::Done> keep() {
    if (drafts_.empty()) {
      return model::Done{};
    }
    auto const kept = store_.append(drafts_, author(options_.words));
    if (!kept.ok()) {
      return kept.error();
    }
    drafts_.clear();
    auto const told =
        print(fmt::format("acknowledged {} {}\n", kept.value().first, kept.value().end));
    if (!told.ok() || ++batches_ % options_.publish_every != 0) {
      return told;
    }
    return store_.publish({});
  }

 private:
  Options const& options_;
  store::SqliteStore& store_;
  std::vector<store::Draft> drafts_;
  std::size_t batches_{};
};

model::Result<model::Done> take_all(std::istream& lines, Options const& options,
                                    store::RecordKind kind, store::SqliteStore& store) {
  Intake intake{options, store};
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    if (line.empty()) {
      continue;
    }
    auto draft = read_line(line, number, kind);
    if (!draft.ok()) {
      // What stood before a bad line is kept all the same.
      auto const kept = intake.keep();
      return kept.ok() ? draft.error() : kept;
    }
    if (auto const taken = intake.take(std::move(draft).value()); !taken.ok()) {
      return taken;
    }
  }
  auto const kept = intake.keep();
  return kept.ok() ? store.publish({}) : kept;
}

model::Result<model::Done> run(Options const& options) {
  auto const kind = parse_kind(options.kind);
  if (!kind.ok()) {
    return kind.error();
  }
  auto const store = open_to_write(options.words);
  if (!store.ok()) {
    return store.error();
  }
  if (options.file == "-") {
    return take_all(std::cin, options, kind.value(), *store.value());
  }
  std::ifstream file{options.file, std::ios::binary};
  if (!file) {
    return model::Error{model::ErrorKind::kNotFound, fmt::format("{} cannot be read", options.file),
                        ""};
  }
  return take_all(file, options, kind.value(), *store.value());
}

}  // namespace

void add_store_intake(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb =
      line.add({.name = "store intake",
                .does = "Keep records from lines of JSON, and say of each batch when it is safe",
                .examples = "  guarantor store intake coalition.db observations.ndjson\n"
                            "  sensor-feed | guarantor store intake coalition.db --batch 100"},
               [options](Session const&) { return run(*options); });
  add_writing(verb, options->words);
  verb.add_option("file", options->file,
                  "Lines of JSON, each with a `key` (default: standard input)")
      ->type_name("FILE");
  verb.add_option("--kind", options->kind, "What they are (default: observation)")
      ->type_name("plan|observation|incident|finding|reply|decision|report");
  verb.add_option("--batch", options->batch, "Records kept in one step (default: 1000)")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, kMostAtOnce));
  verb.add_option("--publish-every", options->publish_every,
                  "Batches between two checkpoints for the public (default: 100)")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, kMostAtOnce));
}

}  // namespace guarantor::app
