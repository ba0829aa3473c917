#include "guarantor/serve/scenario_views.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "guarantor/policy/release.h"
#include "guarantor/tables/row_records.h"
#include "guarantor/tables/scenario_folder.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kFewestDigits = 8;

std::string key_of(policy::Viewer const& viewer, std::string_view scenario,
                   std::string_view content_hash) {
  return fmt::format("{} {} {}", policy::print(viewer), scenario, content_hash);
}

/// Where a view is kept: the same content may be that of several versions.
std::string place_of(std::string const& key, store::Position position) {
  return fmt::format("{} {}", key, position);
}

}  // namespace

Result<SharedView> ScenarioViews::whole(std::string_view scenario, std::string_view version) const {
  return of({.role = policy::Role::kAuditor}, scenario, version);
}

Result<SharedView> ScenarioViews::of(policy::Viewer const& viewer, std::string_view scenario,
                                     std::string_view version) const {
  if (version.empty() || policy::sees_everything(viewer)) {
    auto const found = gate_.read(
        [&](auto const& store) { return store::find_version(store, scenario, version); });
    return found.ok() ? of(viewer, found.value()) : Result<SharedView>{found.error()};
  }
  auto const versions =
      gate_.read([&](auto const& store) { return store::list_versions(store, scenario); });
  if (!versions.ok()) {
    return versions.error();
  }
  // From the newest on: where several versions look the same to the viewer, they are the same.
  for (auto at = versions.value().rbegin(); at != versions.value().rend(); ++at) {
    auto view = of(viewer, *at);
    if (!view.ok()) {
      return view;
    }
    if (version.size() >= kFewestDigits && view.value()->name.starts_with(version)) {
      return view;
    }
  }
  return Error{ErrorKind::kNotFound, fmt::format("`{}` has no version `{}`", scenario, version),
               "name it by the first 8 digits of its hash, or more"};
}

Result<SharedView> ScenarioViews::of(policy::Viewer const& viewer,
                                     store::ScenarioVersion const& version) const {
  policy::Viewer const same =
      policy::sees_everything(viewer) ? policy::Viewer{.role = policy::Role::kAuditor} : viewer;
  return kept_or_made(same, version);
}

Result<SharedView> ScenarioViews::kept_or_made(policy::Viewer const& viewer,
                                               store::ScenarioVersion const& version) const {
  auto const key = key_of(viewer, version.scenario, version.content_hash);
  std::unique_lock lock{mutex_};
  // After a change many ask for the same view at once: one of them makes it.
  made_.wait(lock, [&] { return !making_.contains(key); });
  // The same content may have been kept before: it is a version of its own all the same.
  auto const place = place_of(key, version.position);
  if (auto const found = kept_.find(place); found != kept_.end()) {
    found->second.used = ++clock_;
    return found->second.view;
  }
  auto const forgotten = forgotten_;
  Announcement const mine{*this, key, std::move(lock)};
  auto made = make(viewer, version);
  if (made.ok()) {
    keep(place, made.value(), forgotten);
  }
  return made;
}

ScenarioViews::Announcement::Announcement(ScenarioViews const& views, std::string key,
                                          std::unique_lock<std::mutex> lock)
    : views_{views}, key_{std::move(key)} {
  views_.making_.insert(key_);
  lock.unlock();
}

ScenarioViews::Announcement::~Announcement() {
  std::scoped_lock const lock{views_.mutex_};
  views_.making_.erase(key_);
  views_.made_.notify_all();
}

ScenarioViews::Announcement ScenarioViews::announce(std::string_view scenario,
                                                    std::string_view content_hash) const {
  auto key = key_of({.role = policy::Role::kAuditor}, scenario, content_hash);
  std::unique_lock lock{mutex_};
  made_.wait(lock, [&] { return !making_.contains(key); });
  return Announcement{*this, std::move(key), std::move(lock)};
}

void ScenarioViews::forget() const {
  std::scoped_lock const lock{mutex_};
  kept_.clear();
  ++forgotten_;
}

void ScenarioViews::keep(std::string key, SharedView view, std::uint64_t forgotten) const {
  std::scoped_lock const lock{mutex_};
  if (forgotten != forgotten_) {
    return;  // it was begun before
  }
  auto const older = [](auto const& a, auto const& b) { return a.second.used < b.second.used; };
  auto const [first, last] = kept_of(view->viewer, view->version.scenario);
  if (static_cast<std::size_t>(std::distance(first, last)) >= kMostKeptOfOne) {
    kept_.erase(std::min_element(first, last, older));
  }
  if (kept_.size() >= kMostKept) {
    kept_.erase(std::min_element(kept_.begin(), kept_.end(), older));
  }
  kept_[std::move(key)] = {.view = std::move(view), .used = ++clock_};
}

/// The view that the viewer was last given of the scenario, or null.
SharedView ScenarioViews::last_like(policy::Viewer const& viewer, std::string_view scenario) const {
  std::scoped_lock const lock{mutex_};
  auto const [first, last] = kept_of(policy::print(viewer), scenario);
  auto const newest = std::max_element(
      first, last, [](auto const& a, auto const& b) { return a.second.used < b.second.used; });
  return newest == last ? nullptr : newest->second.view;
}

/// All that is kept of a scenario for one viewer. REQUIRES: the lock is held.
std::pair<ScenarioViews::AllKept::iterator, ScenarioViews::AllKept::iterator>
ScenarioViews::kept_of(std::string_view viewer, std::string_view scenario) const {
  auto const prefix = fmt::format("{} {} ", viewer, scenario);
  auto const first = kept_.lower_bound(prefix);
  auto last = first;
  while (last != kept_.end() && last->first.starts_with(prefix)) {
    ++last;
  }
  return {first, last};
}

void ScenarioViews::remember(store::ScenarioVersion version, tables::ChangedScenario kept) {
  auto view = std::make_shared<ScenarioView>();
  view->viewer = policy::print({.role = policy::Role::kAuditor});
  view->name = version.content_hash;
  view->scenario = std::move(kept.scenario);
  view->text = std::move(kept.text);
  view->version = std::move(version);
  auto key = place_of(
      key_of({.role = policy::Role::kAuditor}, view->version.scenario, view->version.content_hash),
      view->version.position);
  std::uint64_t forgotten = 0;
  {
    std::scoped_lock const lock{mutex_};
    forgotten = forgotten_;
  }
  keep(std::move(key), std::move(view), forgotten);
}

Result<SharedView> ScenarioViews::make(policy::Viewer const& viewer,
                                       store::ScenarioVersion const& version) const {
  auto view = std::make_shared<ScenarioView>();
  view->version = version;
  view->viewer = policy::print(viewer);
  if (policy::sees_everything(viewer)) {
    auto rows = gate_.read([&](auto const& store) { return store::get_rows(store, version); });
    if (!rows.ok()) {
      return rows.error();
    }
    auto loaded = tables::from_rows(rows.value(), version.scenario);
    if (!loaded.scenario) {
      return Error{ErrorKind::kCheckFailed,
                   fmt::format("`{}` as it is kept cannot be read", version.scenario),
                   "`guarantor store check` says what is wrong"};
    }
    view->scenario = *std::move(loaded.scenario);
    view->text = tables::text_of(view->scenario);
    view->name = version.content_hash;
    return SharedView{view};
  }
  auto const whole = of({.role = policy::Role::kAuditor}, version);
  if (!whole.ok()) {
    return whole;
  }
  if (auto const known = policy::known_viewer(viewer, whole.value()->scenario); !known.ok()) {
    return known.error();
  }
  view->scenario = policy::released(whole.value()->scenario, viewer);
  // Most of what the viewer gets is the same in the whole, and was the same in the version before.
  auto const like = last_like(viewer, version.scenario);
  SharedView const& other = like ? like : whole.value();
  view->text = tables::text_of(view->scenario, other->scenario, other->text);
  view->name = tables::content_hash(view->text);
  return SharedView{view};
}

}  // namespace guarantor::serve
