#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace guarantor::posture {

/// A demand that no open site serves, as an entry of `SitingAnswer::assigned`.
inline constexpr std::size_t kUnassigned = std::numeric_limits<std::size_t>::max();

/// How far to search. The best answer and a valid bound come back however early it ends.
struct SitingRequest {
  double gap{0};  ///< stop when objective and bound differ by at most this share of the objective
  long most_work{0};  ///< stop after this many steps (see `SitingAnswer::work`); 0: no such limit
};

/// Where to stand, and how good that is at most. The same for every siting problem.
struct SitingAnswer {
  std::vector<std::size_t> open;      ///< sites, ascending
  std::vector<std::size_t> assigned;  ///< by demand: the site that serves it, or kUnassigned
  double objective{};                 ///< of these sites; meaningless where not `feasible`
  double bound{};                     ///< no choice of sites does better, however early the stop
  bool feasible{};                    ///< `open` and `assigned` keep every rule
  bool proven{};  ///< no choice does better (within the gap), or none keeps every rule
  long work{};    ///< steps of bounding and searching: a measure that no clock moves
  std::string
      reason;  ///< where not `feasible`: why no choice keeps the rules, or that none is known
};

}  // namespace guarantor::posture
