#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "guarantor/geo/area.h"
#include "guarantor/geo/area_index.h"
#include "guarantor/geo/geodesic.h"
#include "guarantor/geo/simplify.h"

/// Areas out of bytes. The first byte chooses whole numbers, on which positions often coincide and
/// lie on each other's edges, or any numbers at all. Then: the way round of a ring and the position
/// it begins with do not matter to whether it is sound, what is sound stays sound when simplified,
/// and an edge's middle can be looked up.
namespace {

using guarantor::model::Degrees;
using guarantor::model::Polygon;
using guarantor::model::Position;
using guarantor::model::Ring;

class Bytes {
 public:
  Bytes(std::uint8_t const* data, std::size_t size) : data_{data}, left_{size} {}

  [[nodiscard]] bool empty() const { return left_ == 0; }

  std::uint8_t byte() {
    if (left_ == 0) {
      return 0;
    }
    --left_;
    return *data_++;
  }

  double any() {
    double number{};
    std::uint8_t bytes[sizeof number];
    for (std::uint8_t& one : bytes) {
      one = byte();
    }
    std::memcpy(&number, bytes, sizeof number);
    return number;
  }

 private:
  std::uint8_t const* data_;
  std::size_t left_;
};

Position position(Bytes& bytes, bool whole) {
  constexpr int kMiddle = 8;
  constexpr int kWide = 16;
  if (!whole) {
    double const longitude = bytes.any();
    return {Degrees{longitude}, Degrees{bytes.any()}};
  }
  int const both = bytes.byte();
  return {Degrees{static_cast<double>(both / kWide - kMiddle)},
          Degrees{static_cast<double>(both % kWide - kMiddle)}};
}

std::vector<Polygon> polygons(Bytes& bytes) {
  bool const whole = bytes.byte() % 4 != 0;
  std::vector<Polygon> found;
  while (!bytes.empty() && found.size() < 8) {
    std::uint8_t const shape = bytes.byte();
    if (found.empty() || shape % 4 == 0) {
      found.emplace_back();
    }
    Ring& ring = found.back().rings.emplace_back();
    for (int i = shape / 4 % 32; i > 0; --i) {
      ring.push_back(position(bytes, whole));
    }
    if (shape < 250 && !ring.empty()) {
      ring.push_back(ring.front());
    }
  }
  return found;
}

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace guarantor;
  Bytes bytes{data, size};
  std::vector<Polygon> drawn = polygons(bytes);
  auto const flaws = geo::find_flaws(drawn);
  for (geo::AreaFlaw const& flaw : flaws) {
    require(!geo::text(flaw).empty());
  }
  std::vector<Polygon> turned = drawn;
  for (Polygon& polygon : turned) {
    for (Ring& ring : polygon.rings) {
      std::reverse(ring.begin(), ring.end());
      if (ring.size() > 2 && ring.front() == ring.back()) {
        ring.pop_back();
        std::rotate(ring.begin(), ring.begin() + 1, ring.end());
        ring.push_back(ring.front());
      }
    }
  }
  require(geo::find_flaws(turned).empty() == flaws.empty());
  auto area = geo::ValidArea::from(model::AreaId{"fuzz"}, drawn);
  require(area.ok() == flaws.empty());
  if (area) {
    require(
        geo::find_flaws(geo::simplified(area.value(), geo::Metres{200'000}).polygons()).empty());
    require(std::isfinite(area.value().size().count()));
    geo::AreaIndex const index{{area.value()}};
    Ring const& ring = drawn[0].rings[0];
    (void)index.containing(ring[0]);
  }
  return 0;
}
