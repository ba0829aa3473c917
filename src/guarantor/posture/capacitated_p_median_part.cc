#include "guarantor/posture/capacitated_p_median_part.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace guarantor::posture {
namespace {

/// Gives demands with one choice left to it. False where one has none or a site overflows.
bool give_single(CapacitatedPart& part, CapacitatedTable const& table, bool& changed) {
  for (std::size_t i = 0; i < table.demands; ++i) {
    if (part.choices[i] == 0) {
      return false;
    }
    if (part.choices[i] > 1 || part.certain[i] != kNoSite) {
      continue;
    }
    std::size_t site = 0;
    while (part.allowed[site * table.demands + i] == 0) {
      ++site;
    }
    part.certain[i] = static_cast<std::uint32_t>(site);
    part.left[site] -= table.quantity[i];
    if (part.left[site] < -kSizeRounding) {
      return false;
    }
    open_site(part, site);
    changed = true;
  }
  return true;
}

/// Forbids what no longer fits.
void forbid_too_large(CapacitatedPart& part, CapacitatedTable const& table, bool& changed) {
  for (std::size_t j = 0; j < table.sites; ++j) {
    for (std::size_t i = 0; i < table.demands; ++i) {
      if (part.allowed[j * table.demands + i] != 0 && part.certain[i] == kNoSite &&
          table.quantity[i] > part.left[j] + kSizeRounding) {
        forbid(part, table, i, j);
        changed = true;
      }
    }
  }
}

/// Whether the largest sites that may still be open hold all that is not yet certain.
bool roomy(CapacitatedPart const& part, CapacitatedTable const& table) {
  double needed = 0;
  for (std::size_t i = 0; i < table.demands; ++i) {
    needed += part.certain[i] == kNoSite ? table.quantity[i] : 0;
  }
  std::vector<double> free;
  double room = 0;
  for (std::size_t j = 0; j < table.sites; ++j) {
    if (part.state[j] == SiteState::kOpen) {
      room += part.left[j];
    } else if (part.state[j] == SiteState::kFree) {
      free.push_back(part.left[j]);
    }
  }
  std::sort(free.begin(), free.end(), std::greater<>());
  for (std::size_t r = 0; r < std::min(free.size(), table.count - part.open); ++r) {
    room += free[r];
  }
  return needed <= room + kSizeRounding * std::max(1.0, room);
}

}  // namespace

CapacitatedPart whole_part(CapacitatedTable const& table, std::vector<SiteState> const& states) {
  CapacitatedPart part{.state = std::vector<SiteState>(table.sites, SiteState::kFree),
                       .allowed = std::vector<std::uint8_t>(table.sites * table.demands, 0),
                       .choices = std::vector<std::uint32_t>(table.demands, 0),
                       .certain = std::vector<std::uint32_t>(table.demands, kNoSite),
                       .left = table.capacity};
  for (std::size_t j = 0; j < table.sites; ++j) {
    for (std::size_t i = 0; i < table.demands; ++i) {
      if (std::isfinite(table.cost_at(i, j))) {
        part.allowed[j * table.demands + i] = 1;
        ++part.choices[i];
      }
    }
  }
  for (std::size_t j = 0; j < table.sites; ++j) {
    if (states[j] == SiteState::kOpen) {
      open_site(part, j);
    } else if (states[j] == SiteState::kClosed) {
      close_site(part, table, j);
    }
  }
  return part;
}

void forbid(CapacitatedPart& part, CapacitatedTable const& table, std::size_t demand,
            std::size_t site) {
  std::uint8_t& allowed = part.allowed[site * table.demands + demand];
  part.choices[demand] -= allowed;
  allowed = 0;
}

void open_site(CapacitatedPart& part, std::size_t site) {
  if (part.state[site] == SiteState::kFree) {
    part.state[site] = SiteState::kOpen;
    ++part.open;
  }
}

void close_site(CapacitatedPart& part, CapacitatedTable const& table, std::size_t site) {
  if (part.state[site] != SiteState::kFree) {
    return;
  }
  part.state[site] = SiteState::kClosed;
  ++part.closed;
  for (std::size_t i = 0; i < table.demands; ++i) {
    forbid(part, table, i, site);
  }
}

bool conclude(CapacitatedPart& part, CapacitatedTable const& table) {
  for (bool changed = true; changed;) {
    changed = false;
    if (!give_single(part, table, changed) || part.open > table.count ||
        table.sites - part.closed < table.count) {
      return false;
    }
    bool const full = part.open == table.count;
    bool const short_of = table.sites - part.closed == table.count;
    for (std::size_t j = 0; j < table.sites && (full || short_of); ++j) {
      if (part.state[j] == SiteState::kFree) {
        changed = true;
        if (full) {
          close_site(part, table, j);
        } else {
          open_site(part, j);
        }
      }
    }
    forbid_too_large(part, table, changed);
  }
  return roomy(part, table);
}

}  // namespace guarantor::posture
