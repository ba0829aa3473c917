#pragma once

#include <string>

#include "guarantor/model/error.h"
#include "guarantor/store/store.h"

/// Single records of a store: plans, reports, findings, decisions.
namespace guarantor::app {

/// A kind of record that people put in and take out; the others are made by what the program does.
[[nodiscard]] model::Result<store::RecordKind> parse_kind(std::string const& word);

/// The last record of that kind and name, or the version whose hash begins so. Errors: kNotFound,
/// kBadInput where several begin so.
[[nodiscard]] model::Result<store::Record> find_record(store::Store const& store,
                                                       store::RecordKind kind,
                                                       std::string const& name,
                                                       std::string const& version);

}  // namespace guarantor::app
