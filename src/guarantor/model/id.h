#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace guarantor::model {

/// The name of one kind of thing in a scenario. Ids compare and hash and do nothing else; ids of
/// different kinds do not mix. An empty id means "not given".
template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_{std::move(text)} {}

  [[nodiscard]] std::string const& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }

  friend bool operator==(Id const&, Id const&) = default;
  friend std::strong_ordering operator<=>(Id const&, Id const&) = default;

 private:
  std::string text_;
};

using AreaId = Id<struct AreaTag>;
using CapabilityId = Id<struct CapabilityTag>;
using CeilingId = Id<struct CeilingTag>;
using ConditionId = Id<struct ConditionTag>;
using ContingencyId = Id<struct ContingencyTag>;
using DemandId = Id<struct DemandTag>;
using DomainId = Id<struct DomainTag>;
using LinkId = Id<struct LinkTag>;
using LocationId = Id<struct LocationTag>;
using MeetingId = Id<struct MeetingTag>;
using NationId = Id<struct NationTag>;
using PhaseId = Id<struct PhaseTag>;
using PledgeId = Id<struct PledgeTag>;
using RequirementId = Id<struct RequirementTag>;
using ScenarioId = Id<struct ScenarioTag>;
using SectorId = Id<struct SectorTag>;
using SiteId = Id<struct SiteTag>;
using TaskId = Id<struct TaskTag>;

/// True for `[a-z0-9][a-z0-9._-]{0,63}`, the form of every identifier except nations.
[[nodiscard]] bool is_identifier(std::string_view text);

}  // namespace guarantor::model

template <class Tag>
struct std::hash<guarantor::model::Id<Tag>> {
  std::size_t operator()(guarantor::model::Id<Tag> const& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
