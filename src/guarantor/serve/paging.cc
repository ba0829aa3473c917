#include "guarantor/serve/paging.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "guarantor/serve/json_body.h"

namespace guarantor::serve {
namespace {

std::optional<std::size_t> whole_number(std::string_view text) {
  std::size_t value = 0;
  auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const all = wrong == std::errc{} && end == text.data() + text.size();
  return all ? std::optional{value} : std::nullopt;
}

}  // namespace

model::Result<Paging> read_paging(Request const& request) {
  Paging paging;
  if (auto const limit = request.parameter("limit")) {
    auto const number = whole_number(*limit);
    if (!number || *number == 0 || *number > kLongestPage) {
      return model::Error{model::ErrorKind::kBadInput, "limit must be a whole number",
                          fmt::format("from 1 to {}", kLongestPage)};
    }
    paging.limit = *number;
  }
  paging.after = request.parameter("after").value_or("");
  return paging;
}

nlohmann::ordered_json page(nlohmann::ordered_json items, std::optional<std::string> const& next) {
  nlohmann::ordered_json json;
  json["items"] = std::move(items);
  json["next"] = next ? nlohmann::ordered_json(*next) : nlohmann::ordered_json(nullptr);
  return json;
}

Response respond_page(Request const& request, nlohmann::ordered_json const& page) {
  std::string text = dump(page);
  auto const tag = entity_tag(text);
  auto response = respond_json(std::move(text));
  response.headers.set("ETag", tag);
  if (page.at("next").is_string()) {
    std::string query;
    std::string_view rest = request.query;
    while (!rest.empty()) {
      std::string_view const pair = rest.substr(0, rest.find('&'));
      rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
      if (!pair.empty() && !pair.starts_with("after=")) {
        query += std::string{pair} + "&";
      }
    }
    response.headers.set("Link", fmt::format("<{}?{}after={}>; rel=\"next\"", request.path, query,
                                             encode_percent(page.at("next").get<std::string>())));
  }
  return response;
}

Span span_of(Paging const& paging, std::size_t count,
             std::function<std::string(std::size_t)> const& name) {
  Span span;
  if (!paging.after.empty()) {
    std::size_t const colon = paging.after.find(':');
    auto const place = whole_number(std::string_view{paging.after}.substr(0, colon));
    std::string const last = colon == std::string::npos ? "" : paging.after.substr(colon + 1);
    // Where the item itself is gone, what took its place follows.
    span.begin = std::min(place.value_or(0), count);
    for (std::size_t i = 0; i < count; ++i) {
      if (name(i) == last) {
        span.begin = i + 1;
        break;
      }
    }
  }
  span.end = span.begin + std::min(paging.limit, count - span.begin);
  if (span.end < count && span.end > 0) {
    span.next = fmt::format("{}:{}", span.end - 1, name(span.end - 1));
  }
  return span;
}

}  // namespace guarantor::serve
