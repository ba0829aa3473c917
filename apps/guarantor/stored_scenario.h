#pragma once

#include <optional>
#include <string>

#include "guarantor/tables/scenario_folder.h"

/// Scenarios in a store, wherever a verb takes one: `STORE`, `STORE#ID`, `STORE#ID@VERSION`.
namespace guarantor::app {

/// What such an address names. The scenario is empty where the store has one alone, the version
/// where the current one is meant.
struct StoreAddress {
  std::string store;
  std::string scenario;
  std::string version;
};

/// Nothing where the path is no store's.
[[nodiscard]] std::optional<StoreAddress> parse_store_address(std::string const& path);

/// As `tables::load`; what is wrong with the store is a diagnostic about `path`.
[[nodiscard]] tables::Loaded load_stored(StoreAddress const& address, std::string const& path);

}  // namespace guarantor::app
