#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/ledger/tile.h"
#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// Tiles that are to appear in a log's folder: written beside their places first, made durable
/// together, then renamed. What was not put in place is removed again when the batch goes.
class TileBatch {
 public:
  explicit TileBatch(std::filesystem::path folder) : folder_{std::move(folder)} {}
  TileBatch(TileBatch const&) = delete;
  TileBatch& operator=(TileBatch const&) = delete;
  ~TileBatch();

  /// A tile, unless the same is there. Errors: check failed where one of this name is there and
  /// differs; unwritable.
  [[nodiscard]] model::Result<model::Done> add(TileName const& tile, std::string_view bytes);

  /// When it returns, all of them are there, durably. Errors: unwritable.
  [[nodiscard]] model::Result<model::Done> put_in_place();

 private:
  [[nodiscard]] model::Result<model::Done> sync_all(bool placed) const;

  std::filesystem::path folder_;
  std::vector<TileName> tiles_;
};

}  // namespace guarantor::ledger
