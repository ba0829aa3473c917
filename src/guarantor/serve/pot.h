#pragma once

#include <cstdint>
#include <deque>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "guarantor/generate/component_cache.h"
#include "guarantor/model/error.h"
#include "guarantor/model/force_plan.h"
#include "guarantor/model/world.h"
#include "guarantor/serve/row_edit.h"
#include "guarantor/serve/scenario_views.h"

/// What nations bring, against what is asked for: a plan at a glance of what one viewer sees.
namespace guarantor::serve {

/// A view and its plan. The plan rests on the view alone: the same view, the same bytes.
struct Pot {
  SharedView view;
  model::ForcePlan plan;
  generate::ComponentCache known;  ///< of the plan's components
  std::string json;                ///< what `GET …/pot` answers
  std::string tag;
};
using SharedPot = std::shared_ptr<Pot const>;

/// The pots that were asked for last. Who asks for one that is being made waits for that. For any
/// thread.
class Pots {
 public:
  /// Errors as `generate::glance`.
  [[nodiscard]] model::Result<SharedPot> of(SharedView const& view, model::WorldKind world);

  /// How many were planned: for whoever wants to know that none was planned twice.
  [[nodiscard]] std::uint64_t made() const;

 private:
  static constexpr std::size_t kMostKept = 80;
  static constexpr std::size_t kMostKeptOfOne = 2;  ///< of a scenario and world, for one viewer
  static constexpr std::size_t kMostRecent = 8;

  struct Kept {
    std::shared_future<model::Result<SharedPot>> pot;
    std::uint64_t used{};
  };
  void drop_oldest(std::string const& beginning, std::size_t most);
  [[nodiscard]] std::vector<SharedPot> like(SharedView const& view) const;
  void remember(SharedPot const& pot);

  mutable std::mutex mutex_;
  std::map<std::string, Kept> kept_;  ///< by world, scenario, viewer and name of the view
  std::deque<SharedPot> recent_;      ///< made last: most components of the next are theirs
  std::uint64_t clock_{};
  std::uint64_t made_{};
};

/// What one more offer, or another one, would do to the lines of a pot.
struct LineChange {
  std::string requirement;
  double before{};  ///< mean share filled over the line's months
  double after{};
};
struct Trial {
  std::vector<LineChange> lines;
  std::vector<CellError> problems;  ///< where there are any, no line was looked at
};

/// The pot with a row of pledges changed; nothing of it is kept. Errors as `generate::glance`.
[[nodiscard]] model::Result<Trial> trial_of(Pot const& pot, RowEdit const& pledge,
                                            model::WorldKind world);

}  // namespace guarantor::serve
