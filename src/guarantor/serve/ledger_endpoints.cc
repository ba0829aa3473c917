#include "guarantor/serve/ledger_endpoints.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <utility>

#include "guarantor/ledger/base64.h"
#include "guarantor/ledger/checkpoint.h"
#include "guarantor/ledger/key_chain.h"
#include "guarantor/ledger/tile_file.h"
#include "guarantor/ledger/tile_folder.h"
#include "guarantor/serve/json_body.h"
#include "guarantor/serve/record_reading.h"
#include "guarantor/store/log_proof.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;
using policy::Operation;
using policy::Record;
using Json = nlohmann::ordered_json;

constexpr std::string_view kBytes = "application/octet-stream";

Result<store::Position> number_of(std::string_view text, std::string_view what) {
  store::Position value = 0;
  auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (wrong != std::errc{} || end != text.data() + text.size() || text.empty()) {
    return Error{ErrorKind::kBadInput, fmt::format("`{}` is no {}", text, what),
                 "a whole number, counted from 0"};
  }
  return value;
}

Result<Response> get_ledger(Services& services, Call const&) {
  return services.store.read([](store::SqliteStore const& store) -> Result<Response> {
    auto const log = store::published_log(store);
    auto const chain = log.ok() ? store.key_chain() : log.error();
    auto const said =
        chain.ok() ? ledger::parse_unverified_checkpoint(log.value().note) : chain.error();
    auto const note = said.ok() ? ledger::parse_note(log.value().note) : said.error();
    if (!note.ok()) {
      return note.error();
    }
    Json json{{"origin", said.value().origin},
              {"size", said.value().head.size},
              {"root", ledger::base64(said.value().head.root)},
              {"checkpoint", log.value().note},
              {"key", chain.value().front().key.text()},
              {"keys", Json::array()},
              {"signed_by", Json::array()}};
    for (ledger::KeyTerm const& term : chain.value()) {
      json["keys"].push_back({{"key", term.key.text()}, {"from", term.from.size}});
    }
    for (ledger::NoteSignature const& signature : note.value().signatures) {
      json["signed_by"].push_back(signature.key_name);
    }
    return respond_json(json);
  });
}

/// A record, and its entry in the ledger.
struct Entry {
  ReadRecord read;
  ledger::Digest commitment;
};

Result<Entry> find_entry(Services& services, Call const& call) {
  auto const position = number_of(call.at("position"), "place of a record");
  if (!position.ok()) {
    return position.error();
  }
  Entry entry;
  auto record = services.store.read([&](store::SqliteStore const& store) -> Result<store::Record> {
    auto found = store.at(position.value());
    auto const commitment =
        found.ok() ? store.commitment(position.value()) : Result<ledger::Digest>{found.error()};
    if (!commitment.ok()) {
      return commitment.error();
    }
    entry.commitment = commitment.value();
    return found;
  });
  auto read = record.ok() ? read_record(services, call.caller.viewer, std::move(record).value())
                          : record.error();
  if (!read.ok()) {
    return read.error();
  }
  entry.read = std::move(read).value();
  return entry;
}

Result<Response> get_record(Services& services, Call const& call) {
  auto const entry = find_entry(services, call);
  if (!entry.ok()) {
    return entry.error();
  }
  auto const& [reading, record, body] = entry.value().read;
  Json json{{"position", record.position}, {"entry", ledger::hex(entry.value().commitment)}};
  if (reading == Reading::kNothing) {
    json["withheld"] = true;
    return respond_json(json);
  }
  json["withheld"] = reading == Reading::kPart;
  json["kind"] = model::text(record.kind);
  json["key"] = record.key;
  json["at"] = model::print(record.at);
  json["by"] = record.by;
  json["erased"] = record.erased;
  json["body"] = record.erased ? Json(nullptr) : Json::parse(body, nullptr, false);
  if (reading == Reading::kWhole) {
    json["owner"] = record.owner.text();
    json["releasable_to"] = record.releasable_to;
    json["version"] = ledger::hex(record.version);
  }
  return respond_json(json);
}

Response file(std::string_view type, std::string text, std::string const& name) {
  auto response = respond(200, type, std::move(text));
  response.headers.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", name));
  return response;
}

/// The log as it is published; brought up to date first where `wanted` is not in it yet.
Result<store::PublishedLog> published(Services& services, store::Position wanted) {
  auto const now = [](store::SqliteStore const& store) { return store::published_log(store); };
  auto log = services.store.read(now);
  if (log.ok() && wanted < log.value().size) {
    return log;
  }
  auto const done =
      services.store.write([](store::SqliteStore& store) { return store.publish({}); });
  return done.ok() ? services.store.read(now) : done.error();
}

Result<Response> get_proof(Services& services, Call const& call) {
  auto const entry = find_entry(services, call);
  if (!entry.ok()) {
    return entry.error();
  }
  auto const& [reading, record, body] = entry.value().read;
  if (reading == Reading::kNothing) {
    return Error{ErrorKind::kRefused,
                 fmt::format("record {} was not released to you", record.position),
                 "its entry stands in the log's tiles, under /log/"};
  }
  auto const log = published(services, record.position);
  if (!log.ok()) {
    return log.error();
  }
  // Without its salt an entry says nothing, and with it everything can be guessed at.
  auto const what = reading == Reading::kWhole ? store::ProofOf::kRecord : store::ProofOf::kEntry;
  auto text = services.store.read([&](store::SqliteStore const& store) {
    return store::inclusion_proof_text(store, record.position, what, log.value());
  });
  if (!text.ok()) {
    return text.error();
  }
  return file(kText, std::move(text).value(), fmt::format("{}.tlog-proof", record.position));
}

Result<Response> get_growth(Services& services, Call const& call) {
  auto const since = number_of(call.request.parameter("since").value_or(""), "size of the log");
  auto const log = since.ok() ? published(services, 0) : since.error();
  if (!log.ok()) {
    return log.error();
  }
  auto text = services.store.read([&](store::SqliteStore const& store) {
    return store::growth_proof_text(store, since.value(), log.value());
  });
  if (!text.ok()) {
    return text.error();
  }
  return file(kText, std::move(text).value(), fmt::format("growth-{}.proof", since.value()));
}

/// Only what has the name of a tile is looked for, so that no other file can be asked for.
Result<Response> get_tile(std::filesystem::path const& folder, std::string const& name) {
  auto const tile = ledger::parse_tile_path(name);
  auto const found = tile.ok() ? ledger::read_tile_file(folder, tile.value()) : tile.error();
  if (!found.ok()) {
    return Error{ErrorKind::kNotFound, "the log has no such file",
                 "checkpoint, keys, tile/LEVEL/INDEX and tile/entries/INDEX: C2SP tlog-tiles"};
  }
  std::string bytes = found.value().bytes;
  if (found.value().name.width != tile.value().width) {
    // A wider one took its place; it begins with the same.
    std::size_t const each = tile.value().level == ledger::kEntryLevel ? 34 : 32;
    bytes.resize(static_cast<std::size_t>(tile.value().width) * each);
  }
  auto response = respond(200, kBytes, std::move(bytes));
  response.headers.set("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

Result<Response> get_log_file(Services& services, Call const& call) {
  auto const folder = store::StoreFiles{services.store.file()}.log();
  std::string const& name = call.at("rest");
  if (name != "checkpoint" && name != "keys") {
    return get_tile(folder, name);
  }
  auto text = name == "keys" ? ledger::read_key_chain_file(folder) : [&]() -> Result<std::string> {
    auto const tiles = ledger::TileFolder::open(folder);
    return tiles.ok() ? tiles.value().read_checkpoint() : tiles.error();
  }();
  if (!text.ok()) {
    return text.error();
  }
  auto response = respond(200, kText, std::move(text).value());
  response.headers.set("Cache-Control", "public, no-cache");
  return response;
}

}  // namespace

Routes ledger_endpoints(Services& services) {
  auto const reading = may(Operation::kRead, Record::kLedger);
  return {{.method = "GET",
           .path = "/api/ledger",
           .operation = "getLedger",
           .rule = reading,
           .endpoint = [&](Call const& call) { return get_ledger(services, call); }},
          {.method = "GET",
           .path = "/api/records/{position}",
           .operation = "getRecord",
           .rule = reading,
           .endpoint = [&](Call const& call) { return get_record(services, call); }},
          {.method = "GET",
           .path = "/api/ledger/proofs/{position}",
           .operation = "getProof",
           .rule = may(Operation::kProve, Record::kLedger),
           .endpoint = [&](Call const& call) { return get_proof(services, call); }},
          {.method = "GET",
           .path = "/api/ledger/growth",
           .operation = "getGrowth",
           .rule = reading,
           .endpoint = [&](Call const& call) { return get_growth(services, call); }},
          {.method = "GET",
           .path = "/log/{rest...}",
           .operation = "getLogFile",
           .rule = reading,
           .endpoint = [&](Call const& call) { return get_log_file(services, call); }}};
}

}  // namespace guarantor::serve
