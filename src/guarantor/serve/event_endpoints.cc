#include "guarantor/serve/event_endpoints.h"

#include <charconv>
#include <string_view>

#include "guarantor/serve/problem.h"
#include "guarantor/serve/subscription.h"

namespace guarantor::serve {
namespace {

using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kMostTypes = 20;

/// The number of the last event that the client had; its header wins, as a browser sets that when
/// it comes back to the address it began with.
Result<std::optional<std::uint64_t>> last_had(Request const& request) {
  auto const header = request.headers.find("Last-Event-ID");
  auto const text = header ? std::optional{std::string{*header}} : request.parameter("after");
  if (!text || text->empty()) {
    return std::optional<std::uint64_t>{};
  }
  std::uint64_t id = 0;
  auto const [end, wrong] = std::from_chars(text->data(), text->data() + text->size(), id);
  if (wrong != std::errc{} || end != text->data() + text->size()) {
    return Error{ErrorKind::kBadInput, "`Last-Event-ID` is no number of an event",
                 "send the `id` of the last event that came, or none"};
  }
  return std::optional{id};
}

Result<std::vector<std::string>> wanted_types(Request const& request) {
  std::vector<std::string> types;
  auto const text = request.parameter("types").value_or("");
  for (std::string_view rest = text; !rest.empty();) {
    auto const end = rest.find(',');
    types.emplace_back(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (types.size() > kMostTypes) {
      return Error{ErrorKind::kBadInput, "too many types", "name those you want, or none for all"};
    }
  }
  return types;
}

Result<Response> listen(Services& services, Call const& call) {
  auto const after = last_had(call.request);
  auto types = wanted_types(call.request);
  if (!after.ok() || !types.ok()) {
    return after.ok() ? types.error() : after.error();
  }
  auto response = respond(200, "text/event-stream", {});
  response.headers.set("Cache-Control", "no-store");
  response.headers.set("X-Accel-Buffering", "no");  // proxies that collect what they pass on
  if (call.request.method == "HEAD") {
    return response;
  }
  response.stream = services.events.listen({.viewer = call.caller.viewer,
                                            .account = call.caller.account,
                                            .types = std::move(types).value(),
                                            .after = after.value()});
  if (!response.stream) {
    auto full = problem(503, "limit", "too many listeners", "too many listen to events already",
                        "try again later, or read what you need by GET");
    full.headers.set("Retry-After", "10");
    return full;
  }
  return response;
}

}  // namespace

Routes event_endpoints(Services& services) {
  return {{.method = "GET",
           .path = "/api/events",
           .operation = "listenToEvents",
           .rule = anyone(),
           .endpoint = [&services](Call const& call) { return listen(services, call); }}};
}

}  // namespace guarantor::serve
