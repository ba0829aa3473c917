#include "guarantor/intake/mapped_csv.h"

#include <fmt/format.h>

#include <utility>

#include "guarantor/intake/csv_adapter.h"

namespace guarantor::intake {
namespace {

class MappedReader final : public RowReader {
 public:
  explicit MappedReader(Mapping mapping) : mapping_{std::move(mapping)} {}

  std::optional<Reject> begin(Columns const& columns) override {
    std::vector<std::string_view> missing;
    for (std::string const& name : mapping_.columns()) {
      auto const place = columns.find(name);
      places_.push_back(place.value_or(0));
      if (!place) {
        missing.push_back(name);
      }
    }
    if (!missing.empty()) {
      return Reject{RejectReason::kBadHeader, 0, std::string{missing.front()},
                    fmt::format("the mapping names columns that are not in the header: {}",
                                fmt::join(missing, ", "))};
    }
    values_.resize(places_.size());
    return std::nullopt;
  }

  std::optional<Reject> read(std::vector<std::string_view> const& fields,
                             model::Observation& observation) override {
    for (std::size_t i = 0; i < places_.size(); ++i) {
      values_[i] = fields[places_[i]];
    }
    return mapping_.read(values_, observation);
  }

 private:
  Mapping mapping_;
  std::vector<std::size_t> places_{};
  std::vector<std::string_view> values_{};
};

}  // namespace

std::unique_ptr<Adapter> mapped_csv(Mapping mapping, Limits const& limits) {
  char const separator = mapping.separator();
  return std::make_unique<CsvAdapter>(std::make_unique<MappedReader>(std::move(mapping)), separator,
                                      limits);
}

}  // namespace guarantor::intake
