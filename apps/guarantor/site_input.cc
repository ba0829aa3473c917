#include "guarantor/site_input.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>
#include <utility>

#include "guarantor/model/site_plan.h"
#include "guarantor/model/spelling.h"
#include "guarantor/reach_input.h"

namespace guarantor::app {
namespace {

/// The value a word stands for; an error that names the known ones, the nearest first.
template <class Value>
model::Result<Value> read_word(std::string_view option, std::string const& word) {
  auto const value = model::parse<Value>(word);
  if (value) {
    return *value;
  }
  auto const& known = model::kWords<Value>;
  auto const near = model::closest(word, known);
  return model::Error{model::ErrorKind::kBadInput, fmt::format("{}: unknown `{}`", option, word),
                      near ? fmt::format("did you mean `{}`?", *near)
                           : fmt::format("it is one of {}", fmt::join(known, ", "))};
}

}  // namespace

model::Result<posture::SitesRequest> read_site_request(SiteWords const& words) {
  posture::SitesRequest request;
  if (!words.kind.empty()) {
    auto const kind = read_word<model::SiteKind>("--kind", words.kind);
    if (!kind.ok()) {
      return kind.error();
    }
    request.kind = kind.value();
  }
  if (!words.goal.empty()) {
    auto const goal = read_word<model::SiteGoal>("--goal", words.goal);
    if (!goal.ok()) {
      return goal.error();
    }
    request.goal = goal.value();
  }
  if (words.sites) {
    request.most_sites = static_cast<std::size_t>(*words.sites);
  }
  if (words.minimum_km) {
    request.minimum_from_line = model::Kilometres{*words.minimum_km};
  }
  request.backup = words.backup;
  request.loss_of = words.loss_of;
  auto orders = read_orders(words.open, words.slow, words.close);
  if (!orders.ok()) {
    return orders.error();
  }
  request.orders = std::move(orders).value();
  request.off_network = model::Kilometres{words.off_network};
  return request;
}

}  // namespace guarantor::app
