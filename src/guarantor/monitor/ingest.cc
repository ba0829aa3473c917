#include "guarantor/monitor/ingest.h"

#include <utility>

#include "guarantor/intake/geojson_features.h"
#include "guarantor/intake/mapped_csv.h"

namespace guarantor::monitor {
namespace {

using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

/// Enough to tell a format by.
constexpr std::size_t kFirstBytes = 4096;

}  // namespace

Ingest::Ingest(Take take, IngestOptions options)
    : take_{std::move(take)}, options_{std::move(options)}, decompression_{options_.name} {}

Ingest::Ingest(WatchDesk& desk, IngestOptions options)
    : Ingest{[&desk](auto const& batch, auto const& author) { return desk.take(batch, author); },
             std::move(options)} {}

Ingest::~Ingest() = default;

Result<Done> Ingest::state() const {
  return failure_ ? Result<Done>{*failure_} : Result<Done>{Done{}};
}

Result<Done> Ingest::choose_adapter() {
  auto format = options_.format ? options_.format : intake::detect(options_.name, first_);
  bool const is_table =
      !format || *format == intake::Format::kFirmsCsv || *format == intake::Format::kUcdpGedCsv;
  if (options_.mapping && !options_.format && is_table) {
    // Whoever says what the columns are means it.
    format = intake::Format::kMappedCsv;
  }
  if (!format) {
    return Error{ErrorKind::kBadInput, options_.name + ": the format cannot be told",
                 "--format says which"};
  }
  if (*format == intake::Format::kMappedCsv) {
    if (!options_.mapping) {
      return Error{ErrorKind::kBadInput, options_.name + ": a table of columns nobody knows",
                   "--mapping FILE says which column is what"};
    }
    adapter_ = intake::mapped_csv(*options_.mapping, options_.limits);
  } else if (*format == intake::Format::kGeoJson) {
    adapter_ = intake::geojson_features({.mapping = options_.mapping, .limits = options_.limits});
  } else {
    adapter_ = intake::make_adapter(*format, options_.limits);
  }
  return Done{};
}

void Ingest::read(std::string_view bytes) {
  if (failure_) {
    return;
  }
  if (!adapter_) {
    first_ += bytes;
    if (first_.size() < kFirstBytes) {
      return;
    }
    if (auto const chosen = choose_adapter(); !chosen.ok()) {
      failure_ = chosen.error();
      return;
    }
    adapter_->feed(std::exchange(first_, {}), *this);
    return;
  }
  adapter_->feed(bytes, *this);
}

void Ingest::take(model::Observation&& observation, std::uint64_t /*line*/) {
  if (failure_) {
    return;
  }
  ++counts_.observations;
  waiting_.push_back(std::move(observation));
  if (waiting_.size() >= options_.batch) {
    if (auto const kept = keep(); !kept.ok()) {
      failure_ = kept.error();
    }
  }
}

Result<Done> Ingest::feed(std::string_view bytes) {
  auto const fed = decompression_.feed(bytes, [this](std::string_view piece) { read(piece); });
  if (failure_) {
    return state();
  }
  if (!fed.ok()) {
    auto const kept = keep();
    return kept.ok() ? fed : kept;
  }
  return fed;
}

Result<Done> Ingest::settle() {
  // A slow stream may take long to become as long as detection likes: a whole line will do.
  bool const tells = options_.mapping || options_.format || first_.find('\n') != std::string::npos;
  if (adapter_ || first_.empty() || !tells) {
    return state();
  }
  if (auto const chosen = choose_adapter(); chosen.ok()) {
    adapter_->feed(std::exchange(first_, {}), *this);
  }
  return state();
}

Result<Done> Ingest::flush() {
  if (auto const settled = settle(); !settled.ok()) {
    return settled;
  }
  return keep();
}

Result<Done> Ingest::keep() {
  if (waiting_.empty()) {
    return state();
  }
  auto const batch = take_(waiting_, options_.author());
  if (!batch.ok()) {
    return batch.error();
  }
  waiting_.clear();
  counts_.taken += batch.value().taken;
  counts_.repeated += batch.value().repeated;
  counts_.overtaken += batch.value().overtaken;
  counts_.revisions += batch.value().incidents.size();
  for (model::Incident const& incident : batch.value().incidents) {
    counts_.opened += incident.revision == 1 ? 1 : 0;
  }
  return options_.kept ? options_.kept(batch.value()) : Result<Done>{Done{}};
}

Result<Done> Ingest::finish() {
  auto const inflated = decompression_.finish([this](std::string_view piece) { read(piece); });
  if (!failure_ && !adapter_ && !first_.empty()) {
    if (auto const chosen = choose_adapter(); !chosen.ok()) {
      return chosen;
    }
    adapter_->feed(std::exchange(first_, {}), *this);
  }
  if (!failure_ && adapter_) {
    adapter_->finish(*this);
  }
  if (failure_) {
    return state();
  }
  auto const kept = keep();
  return inflated.ok() ? kept : inflated;
}

}  // namespace guarantor::monitor
