#include "guarantor/geo/node_order.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>

#include "guarantor/geo/part_graph.h"
#include "guarantor/geo/vertex_separator.h"
#include "guarantor/geo/work_sharing.h"

namespace guarantor::geo {
namespace {

/// Parts of so few nodes are ordered as they stand.
constexpr std::uint32_t kLeastPart = 4;
/// The share of a part kept apart at either end, and that of large parts, where a wider search
/// costs more than it finds.
constexpr double kTerminals = 0.3;
constexpr double kTerminalsOfLarge = 0.4;
constexpr std::uint32_t kLarge = 50'000;
constexpr std::array<Direction, 4> kDirections{{{1, 0}, {0, 1}, {1, 1}, {1, -1}}};

/// A part and where its nodes go in the order.
struct Job {
  PartGraph part;
  std::uint32_t rank{};
};

class Dissection {
 public:
  Dissection(RoutingGraph const& graph, int threads, model::RunControl const& control)
      : threads_{threads}, control_{control}, order_(graph.node_count()) {
    jobs_.push_back({whole_part(graph), 0});
  }

  model::Result<std::vector<NodeIndex>> run() {
    split_large_parts();
    std::stable_sort(jobs_.begin(), jobs_.end(),
                     [](Job const& a, Job const& b) { return a.part.size() > b.part.size(); });
    share_work(jobs_.size(), threads_, [&](std::size_t place) {
      std::vector<Job> stack;
      stack.push_back(std::move(jobs_[place]));
      while (!stack.empty() && !stopped_) {
        Job job = std::move(stack.back());
        stack.pop_back();
        divide(std::move(job), 1, stack);
      }
    });
    if (stopped_) {
      return model::Error{model::ErrorKind::kLimit, "stopped while ordering the network's nodes"};
    }
    return std::move(order_);
  }

 private:
  /// While there are too few parts to share out, the directions of one cut are shared out instead.
  void split_large_parts() {
    constexpr std::uint32_t kPartsPerThread = 8;
    std::uint32_t const large = std::max<std::uint32_t>(
        1'000, static_cast<std::uint32_t>(order_.size()) /
                   (kPartsPerThread * static_cast<std::uint32_t>(threads_)));
    for (std::size_t place = 0; place < jobs_.size() && !stopped_;) {
      if (jobs_[place].part.size() <= large) {
        ++place;
        continue;
      }
      Job job = std::move(jobs_[place]);
      jobs_.erase(jobs_.begin() + static_cast<std::ptrdiff_t>(place));
      divide(std::move(job), threads_, jobs_);
    }
  }

  /// Puts the separator of a part last and its two sides into `jobs`, or orders it outright.
  void divide(Job job, int threads, std::vector<Job>& jobs) {
    if (control_.must_stop()) {
      stopped_ = true;
      return;
    }
    PartGraph const& part = job.part;
    if (part.size() <= kLeastPart || part.neighbours.empty()) {
      for (std::uint32_t const node : part.original) {
        order_[job.rank++] = NodeIndex{node};
      }
      return;
    }
    Separation const cut = best_cut(part, threads);
    std::uint32_t rank = job.rank;
    for (Side const side : {Side::kOne, Side::kOther}) {
      PartGraph piece = piece_of(part, cut.side, static_cast<std::uint8_t>(side));
      std::uint32_t const size = piece.size();
      if (size > 0) {
        jobs.push_back({std::move(piece), rank});
      }
      rank += size;
    }
    for (std::uint32_t n = 0; n < part.size(); ++n) {
      if (cut.side[n] == static_cast<std::uint8_t>(Side::kSeparator)) {
        order_[rank++] = NodeIndex{part.original[n]};
      }
    }
  }

  [[nodiscard]] static Separation best_cut(PartGraph const& part, int threads) {
    std::array<Separation, kDirections.size()> cuts;
    double const terminals = part.size() > kLarge ? kTerminalsOfLarge : kTerminals;
    share_work(cuts.size(), threads,
               [&](std::size_t d) { cuts[d] = separate(part, kDirections[d], terminals); });
    return std::move(*std::min_element(cuts.begin(), cuts.end(), [&](auto const& a, auto const& b) {
      return cost(part, a) < cost(part, b);
    }));
  }

  /// A separator's size, up to twice that where it divides unevenly.
  [[nodiscard]] static double cost(PartGraph const& part, Separation const& cut) {
    double const even = (part.size() - cut.separator) / 2.0;
    double const share = even > 0 ? cut.smaller / even : 0;
    return cut.separator * (2 - share);
  }

  int threads_;
  model::RunControl const& control_;
  std::vector<NodeIndex> order_;
  std::vector<Job> jobs_;
  std::atomic<bool> stopped_{false};
};

}  // namespace

model::Result<std::vector<NodeIndex>> dissection_order(RoutingGraph const& graph, int threads,
                                                       model::RunControl const& control) {
  return Dissection{graph, std::max(1, threads), control}.run();
}

}  // namespace guarantor::geo
