#include "guarantor/geo/vertex_separator.h"

#include <algorithm>
#include <utility>

namespace guarantor::geo {
namespace {

constexpr std::uint32_t kNone = 0xffffffff;

/// Node-disjoint paths from the rear to the front. Every node has a way in and a way out, joined by
/// an arc for one path; so a node on a path can be entered only to push that path back.
///
/// The search walks states: (node, out) for a node it may leave towards its neighbours, (node, in)
/// for a node on a path that was entered and can only be left backwards along it.
class DisjointPaths {
 public:
  DisjointPaths(PartGraph const& part, Direction direction, double terminals)
      : part_{part},
        place_(part.size()),
        next_(part.size(), kNone),
        previous_(part.size(), kNone),
        in_reach_(part.size()),
        out_reach_(part.size()),
        seen_in_(part.size(), 0),
        seen_out_(part.size(), 0),
        scanned_(part.size()),
        ahead_(part.neighbours) {
    choose_terminals(direction, terminals);
    look_ahead(direction);
    // A round that finds no path has seen all that can be reached: then there are no more.
    for (bool found = true; found;) {
      ++round_;
      found = false;
      for (std::uint32_t const node : border_[kRear]) {
        found = (!on_path(node) && augment(node)) || found;
      }
    }
  }

  /// The separator next to the rear or next to the front, whichever divides more evenly.
  Separation best() {
    measure(Sense::kForward);
    Separation near_rear = read(Sense::kForward);
    measure(Sense::kBackward);
    Separation near_front = read(Sense::kBackward);
    return near_front.smaller > near_rear.smaller ? near_front : near_rear;
  }

 private:
  enum class Sense { kForward, kBackward };
  enum Place : std::uint8_t { kMiddle = 2, kRear = 0, kFront = 1 };

  void choose_terminals(Direction direction, double terminals) {
    std::uint32_t const count = part_.size();
    std::vector<std::pair<float, std::uint32_t>> along(count);
    for (std::uint32_t n = 0; n < count; ++n) {
      along[n] = {part_.x[n] * direction.x + part_.y[n] * direction.y, n};
    }
    auto const ends = std::clamp(static_cast<std::uint32_t>(terminals * count), 1U, count / 2);
    std::nth_element(along.begin(), along.begin() + ends, along.end());
    std::nth_element(along.begin() + ends, along.begin() + (count - ends), along.end());
    std::fill(place_.begin(), place_.end(), std::uint8_t{kMiddle});
    for (std::uint32_t i = 0; i < ends; ++i) {
      place_[along[i].second] = kRear;
      place_[along[count - 1 - i].second] = kFront;
    }
    for (std::uint32_t n = 0; n < count; ++n) {
      if (place_[n] != kMiddle &&
          std::ranges::any_of(part_.around(n), [&](auto m) { return place_[m] != place_[n]; })) {
        border_[place_[n]].push_back(n);
      }
    }
  }

  [[nodiscard]] bool on_path(std::uint32_t node) const {
    return next_[node] != kNone || previous_[node] != kNone;
  }

  /// Has every search try first what lies furthest towards the front.
  void look_ahead(Direction direction) {
    auto const furthest = [&](std::uint32_t a, std::uint32_t b) {
      float const of_a = part_.x[a] * direction.x + part_.y[a] * direction.y;
      float const of_b = part_.x[b] * direction.x + part_.y[b] * direction.y;
      return of_a != of_b ? of_a > of_b : a < b;
    };
    for (std::uint32_t n = 0; n < part_.size(); ++n) {
      if (place_[n] == kMiddle) {
        std::sort(ahead_.begin() + part_.first[n], ahead_.begin() + part_.first[n + 1], furthest);
      }
    }
  }

  /// Marks all states that the paths leave within reach from one end, and, backwards, to the other.
  void measure(Sense sense) {
    bool const forward = sense == Sense::kForward;
    Place const start = forward ? kRear : kFront;
    auto const& next = forward ? next_ : previous_;
    auto const& previous = forward ? previous_ : next_;
    std::fill(in_reach_.begin(), in_reach_.end(), 0);
    std::fill(out_reach_.begin(), out_reach_.end(), 0);
    queue_.clear();
    auto const enter = [&](std::uint32_t node, bool in) {
      auto& known = in ? in_reach_[node] : out_reach_[node];
      if (known == 0) {
        known = 1;
        queue_.push_back(node << 1 | (in ? 1U : 0U));
      }
    };
    for (std::uint32_t const node : border_[start]) {
      if (!on_path(node)) {
        enter(node, false);
      }
    }
    while (!queue_.empty()) {
      std::uint32_t const state = queue_.back();
      std::uint32_t const node = state >> 1;
      queue_.pop_back();
      if ((state & 1) != 0) {
        enter(previous[node], false);
        continue;
      }
      for (std::uint32_t const other : part_.around(node)) {
        if (place_[other] != start && other != next[node]) {
          enter(other, on_path(other));
        }
      }
      if (previous[node] != kNone) {
        enter(node, true);
      }
    }
  }

  /// The next step of the search from the end of the walk, or nothing where it must turn back.
  std::uint32_t step(std::uint32_t state) {
    std::uint32_t const node = state >> 1;
    std::uint32_t const back = previous_[node];
    if ((state & 1) != 0) {
      return seen_out_[back] != round_ ? back << 1 : kNone;
    }
    std::uint32_t const end = part_.first[node + 1];
    for (std::uint32_t& at = scanned_[node]; at < end; ++at) {
      std::uint32_t const other = ahead_[at];
      if (place_[other] == kRear || other == next_[node]) {
        continue;
      }
      bool const in = on_path(other);
      if ((in ? seen_in_[other] : seen_out_[other]) != round_) {
        return other << 1 | (in ? 1U : 0U);
      }
    }
    return back != kNone && seen_in_[node] != round_ ? node << 1 | 1U : kNone;
  }

  void enter(std::uint32_t state) {
    std::uint32_t const node = state >> 1;
    if ((state & 1) != 0) {
      seen_in_[node] = round_;
    } else {
      seen_out_[node] = round_;
      scanned_[node] = part_.first[node];
    }
    walk_.push_back(state);
  }

  /// Looks depth first for one more path, where this round has not looked yet, and takes it.
  bool augment(std::uint32_t source) {
    walk_.clear();
    enter(source << 1);
    while (!walk_.empty()) {
      std::uint32_t const state = walk_.back();
      std::uint32_t const node = state >> 1;
      if ((state & 1) == 0 && place_[node] == kFront && !on_path(node)) {
        apply();
        return true;
      }
      std::uint32_t const onward = step(state);
      if (onward == kNone) {
        walk_.pop_back();
      } else {
        enter(onward);
      }
    }
    return false;
  }

  /// Adds the walk to the paths: where it runs backwards along one, the two exchange their ends.
  void apply() {
    for (std::size_t i = 0; i < walk_.size(); ++i) {
      std::uint32_t const node = walk_[i] >> 1;
      if ((walk_[i] & 1) != 0 || i + 1 == walk_.size()) {
        continue;
      }
      std::uint32_t const onward = walk_[i + 1] >> 1;
      if (onward == node) {  // backwards through the node: it leaves its path
        released_.push_back(node);
        continue;
      }
      joined_.emplace_back(node, onward);
    }
    for (std::uint32_t const node : released_) {
      next_[node] = kNone;
      previous_[node] = kNone;
    }
    for (auto const& [tail, head] : joined_) {
      next_[tail] = head;
      previous_[head] = tail;
    }
    released_.clear();
    joined_.clear();
  }

  /// Reads the separator off the last `measure` from that end: what can be entered but not left.
  [[nodiscard]] Separation read(Sense sense) const {
    bool const forward = sense == Sense::kForward;
    Place const start = forward ? kRear : kFront;
    Separation found{std::vector<std::uint8_t>(part_.size())};
    std::uint32_t near = 0;
    std::vector<bool> border(part_.size(), false);
    for (std::uint32_t const node : border_[start]) {
      border[node] = true;
    }
    for (std::uint32_t n = 0; n < part_.size(); ++n) {
      bool const inside = place_[n] == start;
      bool const left = out_reach_[n] != 0 || (inside && !border[n]);
      bool const entered = inside || in_reach_[n] != 0;
      Side const side = left ? Side::kOne : entered ? Side::kSeparator : Side::kOther;
      found.side[n] = static_cast<std::uint8_t>(side);
      near += left ? 1 : 0;
      found.separator += side == Side::kSeparator ? 1 : 0;
    }
    found.smaller = std::min(near, part_.size() - near - found.separator);
    return found;
  }

  PartGraph const& part_;
  std::vector<std::uint8_t> place_;
  std::vector<std::uint32_t>
      border_[2];                    ///< of the rear and the front: nodes with other neighbours
  std::vector<std::uint32_t> next_;  ///< along the node's path
  std::vector<std::uint32_t> previous_;
  std::vector<std::uint8_t> in_reach_;
  std::vector<std::uint8_t> out_reach_;
  std::uint32_t round_{0};
  std::vector<std::uint32_t> seen_in_;  ///< the last round that entered
  std::vector<std::uint32_t> seen_out_;
  std::vector<std::uint32_t> scanned_;  ///< where in `ahead_` the search goes on
  std::vector<std::uint32_t> ahead_;    ///< neighbours like the part's, in the order to try
  std::vector<std::uint32_t> queue_;
  std::vector<std::uint32_t> walk_;
  std::vector<std::uint32_t> released_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> joined_;
};

}  // namespace

Separation separate(PartGraph const& part, Direction direction, double terminals) {
  return DisjointPaths{part, direction, terminals}.best();
}

}  // namespace guarantor::geo
