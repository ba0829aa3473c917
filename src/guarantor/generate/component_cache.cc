#include "guarantor/generate/component_cache.h"

#include <cstring>
#include <type_traits>
#include <utility>

namespace guarantor::generate {
namespace {

class Bytes {
 public:
  template <class Number>
  Bytes& operator<<(Number value)
    requires(std::is_arithmetic_v<Number>)
  {
    std::size_t const from = text_.size();
    text_.resize(from + sizeof value);
    std::memcpy(text_.data() + from, &value, sizeof value);
    return *this;
  }
  Bytes& operator<<(std::string const& text) {
    *this << text.size();
    text_ += text;
    return *this;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string fingerprint(model::Scenario const& scenario, Instance const& component) {
  Bytes bytes;
  bytes << component.horizon;
  for (PlannedPledge const& pledge : component.pledges) {
    bytes << component.nations[pledge.nation].text() << pledge.quantity << pledge.tour
          << pledge.dwell << pledge.personnel << pledge.needs.size();
    for (auto const& needed : pledge.needs) {
      bytes << needed.has_value() << (needed ? needed->place : 0);
    }
  }
  for (PlannedLine const& line : component.lines) {
    bytes << scenario.requirements[line.row].area.text() << line.from << line.to << line.quantity
          << line.worth << line.nation_penalty << line.nation_limit << line.min_cover
          << line.max_nations.value_or(-1) << line.led
          << (line.framework ? component.nations[*line.framework].text() : "");
  }
  for (Option const& option : component.options) {
    bytes << option.pledge.place << option.line.place << option.effectiveness << option.most
          << option.first << option.last << option.until << option.cost;
  }
  for (PlannedCeiling const& ceiling : component.ceilings) {
    bytes << ceiling.from << ceiling.to << ceiling.personnel << ceiling.options.size();
    for (OptionIndex const option : ceiling.options) {
      bytes << option.place;
    }
  }
  return bytes.take();
}

std::uint64_t stream_number(std::string const& fingerprint) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (char const c : fingerprint) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  }
  return hash;
}

ComponentAnswer const* ComponentCache::find(std::string const& fingerprint) const {
  auto const found = answers_.find(fingerprint);
  return found == answers_.end() ? nullptr : &found->second;
}

void ComponentCache::keep(std::string fingerprint, ComponentAnswer answer) {
  answers_.insert_or_assign(std::move(fingerprint), std::move(answer));
}

}  // namespace guarantor::generate
