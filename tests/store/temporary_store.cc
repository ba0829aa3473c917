#include "temporary_store.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace guarantor::store {

TemporaryStore::TemporaryStore() : key_{test_key(1)} {
  std::string pattern = (std::filesystem::temp_directory_path() / "store_test.XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("no temporary folder");
  }
  folder_ = pattern;
  auto const made = SqliteStore::create(file(), key_, somebody());
  if (!made.ok()) {
    throw std::runtime_error(made.error().message);
  }
}

TemporaryStore::~TemporaryStore() {
  store_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

SqliteStore& TemporaryStore::store() {
  if (store_ == nullptr) {
    auto opened = SqliteStore::open(file(), key_);
    if (!opened.ok()) {
      throw std::runtime_error(opened.error().message);
    }
    store_ = std::move(opened).value();
  }
  return *store_;
}

ledger::SigningKey test_key(std::uint8_t number, std::string const& name) {
  ledger::Seed seed{};
  seed.fill(number);
  return ledger::SigningKey::make(name, seed).value();
}

Author somebody() {
  return {"planner:anna", *model::parse_instant("2026-11-29T10:00:00.000001Z")};
}

std::vector<Draft> observations(std::size_t count, std::size_t first) {
  std::vector<Draft> drafts;
  for (std::size_t i = first; i < first + count; ++i) {
    drafts.push_back({.kind = RecordKind::kObservation,
                      .key = "o-" + std::to_string(i),
                      .body = R"({"type":"explosion", "count": )" + std::to_string(i % 7) +
                              R"(, "place":[36.5,47.25]})"});
  }
  return drafts;
}

std::string bytes_of(std::filesystem::path const& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

void write_bytes(std::filesystem::path const& file, std::string const& bytes) {
  std::ofstream stream{file, std::ios::binary | std::ios::trunc};
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace guarantor::store
