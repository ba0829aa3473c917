#include "guarantor/ledger_input.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "guarantor/ledger/checkpoint.h"
#include "guarantor/ledger/key_chain.h"
#include "guarantor/store/store_files.h"
#include "guarantor/store_input.h"
#include "guarantor/tables/scenario_folder.h"
#include "guarantor/terminal.h"

namespace guarantor::app {
namespace {

constexpr std::uintmax_t kMostBytes = 16U << 20U;

}  // namespace

std::string log_folder(std::string const& path) {
  return is_store(path) ? store::StoreFiles{path}.log().string() : path;
}

model::Result<ledger::VerifierKey> read_verifier_key(std::string const& word) {
  std::error_code ignored;
  if (!std::filesystem::exists(word, ignored)) {
    return ledger::VerifierKey::parse(word);
  }
  std::ifstream file{word};
  std::string line;
  std::getline(file, line);
  auto key = ledger::VerifierKey::parse(line);
  if (!key.ok()) {
    auto error = key.error();
    error.message = fmt::format("{}: {}", word, error.message);
    return error;
  }
  return key;
}

model::Result<std::vector<ledger::VerifierKey>> read_verifier_keys(
    std::vector<std::string> const& words) {
  std::vector<ledger::VerifierKey> keys;
  for (std::string const& word : words) {
    auto key = read_verifier_key(word);
    if (!key.ok()) {
      return key.error();
    }
    keys.push_back(std::move(key).value());
  }
  return keys;
}

model::Result<ledger::VerifierKey> first_key(std::string const& named, std::string const& folder) {
  if (!named.empty()) {
    return read_verifier_key(named);
  }
  auto key = read_verifier_key((std::filesystem::path{folder} / "first-key").string());
  if (key.ok()) {
    say(
        fmt::format("trusting the key that the log itself names, {}; --key names the one you have "
                    "from elsewhere",
                    key.value().text()));
  }
  return key;
}

model::Result<std::vector<ledger::VerifierKey>> keys_of_checkpoint(ledger::VerifierKey const& first,
                                                                   std::string const& keys_file,
                                                                   std::string_view checkpoint) {
  auto const said = ledger::parse_unverified_checkpoint(checkpoint);
  auto const links =
      keys_file.empty() ? model::Result<std::string>{std::string{}} : read_text(keys_file);
  if (!said.ok() || !links.ok()) {
    return said.ok() ? links.error() : said.error();
  }
  auto const chain = ledger::verify_key_chain(links.value(), first);
  return chain.ok() ? model::Result<std::vector<ledger::VerifierKey>>{ledger::keys_at(
                          chain.value(), said.value().head.size)}
                    : chain.error();
}

std::string describe(ledger::LogFinding const& found) {
  return fmt::format("{}{}: {}: {}", found.file,
                     found.entry ? fmt::format(", entry {}", *found.entry) : "",
                     ledger::text(found.flaw), found.explanation);
}

model::Result<std::string> read_text(std::string const& name) {
  std::error_code failure;
  auto const bytes = std::filesystem::file_size(name, failure);
  std::ifstream file{name, std::ios::binary};
  if (failure || !file) {
    return model::Error{model::ErrorKind::kNotFound, fmt::format("{} cannot be read", name), ""};
  }
  if (bytes > kMostBytes) {
    return model::Error{model::ErrorKind::kLimit,
                        fmt::format("{} is larger than {} MiB", name, kMostBytes >> 20U), ""};
  }
  return std::string{std::istreambuf_iterator<char>{file}, {}};
}

model::Result<model::Done> write_text(std::string const& file, std::string const& text) {
  return file.empty() ? print(text) : tables::write_file(file, text);
}

}  // namespace guarantor::app
