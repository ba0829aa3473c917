#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guarantor/model/reach.h"

/// How travel times are said to people.
namespace guarantor::report {

/// `11.4 h`; `no way` where there is none.
[[nodiscard]] std::string in_hours(std::optional<model::Hours> hours);

/// A time with what it may be off by: a figure where most of it rests on more than illustration,
/// else the range from a fifth less to a quarter more.
[[nodiscard]] std::string in_hours(model::Hours hours, model::ReachBasis const& basis);

/// Whether more than a quarter of an answer rests on illustrative rows.
[[nodiscard]] bool mostly_illustrative(model::ReachBasis const& basis);

/// What moves and by what: `heavy-wheeled, vehicles of up to 40 t, by road or carried by rail or
/// sea`.
[[nodiscard]] std::string mover_in_words(model::ReachTerms const& terms);

/// What the answer rests on, in sentences.
[[nodiscard]] std::vector<std::string> basis_in_words(model::ReachAnswer const& answer);

/// The least limit that holds a time; nothing where none does.
[[nodiscard]] std::optional<model::Hours> limit_of(model::ReachAnswer const& answer,
                                                   model::Hours hours);

}  // namespace guarantor::report
