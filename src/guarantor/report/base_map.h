#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/model/error.h"
#include "guarantor/model/place.h"

/// Land and borders to draw under a scenario: Europe and the seas about it, with Crimea as Ukraine
/// (resolution 68/262 of the General Assembly of the United Nations).
namespace guarantor::report {

struct BaseCountry {
  std::string code;  ///< ISO 3166-1 alpha-3; empty where there is none
  std::string name;
  std::vector<model::Ring> rings;  ///< outlines of its lands and lakes, to be filled even-odd
};

struct BaseMap {
  std::vector<BaseCountry> countries;
  std::vector<model::Line> borders;
  std::vector<model::Line> unsettled;  ///< lines the United Nations have not settled on
};

/// Reads the lines that tools/base_map/make_base_map.mjs writes. Error kDefect names the line that
/// is none. O(length).
[[nodiscard]] model::Result<BaseMap> read_base_map(std::span<std::string_view const> lines);

/// The base map this program was built with, or null where the package it is made from was not to
/// be had. Read once.
[[nodiscard]] BaseMap const* base_map();

/// True where a country's land holds the position.
[[nodiscard]] bool holds(BaseCountry const& country, model::Position position);

}  // namespace guarantor::report
