#include "guarantor/serve/store_gate.h"

namespace guarantor::serve {

model::Result<std::unique_ptr<StoreGate>> StoreGate::open(std::filesystem::path const& file,
                                                          ledger::SigningKey const& key,
                                                          std::size_t readers) {
  auto writer = store::SqliteStore::open(file, key);
  if (!writer.ok()) {
    return writer.error();
  }
  std::unique_ptr<StoreGate> gate{new StoreGate};
  gate->file_ = file;
  gate->writer_ = std::move(writer).value();
  for (std::size_t i = 0; i < readers; ++i) {
    auto reader = store::SqliteStore::open(file);
    if (!reader.ok()) {
      return reader.error();
    }
    gate->free_.push_back(std::move(reader).value());
  }
  return gate;
}

StoreGate::Borrowed::Borrowed(StoreGate const& gate) : gate_{gate} {
  std::unique_lock lock{gate_.reading_};
  gate_.freed_.wait(lock, [this] { return !gate_.free_.empty(); });
  store_ = std::move(gate_.free_.back());
  gate_.free_.pop_back();
}

StoreGate::Borrowed::~Borrowed() {
  {
    std::scoped_lock const lock{gate_.reading_};
    gate_.free_.push_back(std::move(store_));
  }
  gate_.freed_.notify_one();
}

}  // namespace guarantor::serve
