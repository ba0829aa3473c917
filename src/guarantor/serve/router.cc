#include "guarantor/serve/router.h"

#include <cstddef>
#include <optional>
#include <utility>

namespace guarantor::serve {
namespace {

using Parameters = std::map<std::string, std::string, std::less<>>;

std::vector<std::string_view> segments(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    std::size_t const end = path.find('/');
    parts.push_back(path.substr(0, end));
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
  }
  return parts;
}

/// The path's segments decoded; nothing for a path nobody should ask for.
std::optional<std::vector<std::string>> decoded(std::string_view path) {
  if (path.empty() || path.front() != '/') {
    return std::nullopt;
  }
  std::vector<std::string> parts;
  auto const all = segments(path);
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto part = decode_percent(all[i], false);
    bool const last = i + 1 == all.size();
    if (!part || *part == "." || *part == ".." || (part->empty() && !last) ||
        part->find('\0') != std::string::npos) {
      return std::nullopt;
    }
    parts.push_back(std::move(*part));
  }
  return parts;
}

/// How well a pattern fits: how many words stand before the first parameter; nothing: not at all.
std::optional<std::size_t> fit(std::string_view pattern, std::vector<std::string> const& parts,
                               Parameters& parameters) {
  auto const wanted = segments(pattern);
  std::size_t words = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    std::string_view name = wanted[i];
    bool const is_parameter = name.starts_with('{') && name.ends_with('}');
    if (is_parameter && name.ends_with("...}")) {
      std::string rest;
      for (std::size_t j = i; j < parts.size(); ++j) {
        rest += (j > i ? "/" : "") + parts[j];
      }
      parameters[std::string{name.substr(1, name.size() - 5)}] = rest;
      return words;
    }
    if (i >= parts.size() || (is_parameter ? parts[i].empty() : parts[i] != name)) {
      return std::nullopt;
    }
    if (is_parameter) {
      parameters[std::string{name.substr(1, name.size() - 2)}] = parts[i];
    } else {
      words += 1;
    }
  }
  return parts.size() == wanted.size() ? std::optional{words + 1} : std::nullopt;
}

}  // namespace

Router::Match Router::find(std::string_view method, std::string_view path) const {
  Match best;
  auto const parts = decoded(path);
  if (!parts) {
    return best;
  }
  std::string_view const wanted = method == "HEAD" ? "GET" : method;
  std::optional<std::size_t> best_fit;
  for (Route const& route : routes_) {
    Parameters parameters;
    auto const fits = fit(route.path, *parts, parameters);
    if (!fits) {
      continue;
    }
    best.allowed += (best.allowed.empty() ? "" : ", ") + std::string{route.method};
    if (route.method == wanted && (!best_fit || *fits > *best_fit)) {
      best_fit = fits;
      best.route = &route;
      best.parameters = std::move(parameters);
    }
  }
  return best;
}

}  // namespace guarantor::serve
