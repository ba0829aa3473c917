#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "guarantor/model/error.h"
#include "guarantor/serve/http_message.h"

/// Lists a page at a time: `?limit=` and `?after=`.
namespace guarantor::serve {

inline constexpr std::size_t kUsualPage = 200;
inline constexpr std::size_t kLongestPage = 10'000;

/// What part of a list is asked for.
struct Paging {
  std::size_t limit{kUsualPage};
  std::string after{};  ///< the cursor that the page before gave; empty: from the beginning
};

/// Error kBadInput for a limit that is no number from 1 to 10,000.
[[nodiscard]] model::Result<Paging> read_paging(Request const& request);

/// `{"items":[…],"next":…}` with the header `Link` where there is more. `next` is the cursor of
/// what follows; nothing where nothing does.
[[nodiscard]] nlohmann::ordered_json page(nlohmann::ordered_json items,
                                          std::optional<std::string> const& next);
[[nodiscard]] Response respond_page(Request const& request, nlohmann::ordered_json const& page);

/// The page of a list that stays in order: where it begins and ends. A cursor is the place of the
/// last item with its name, so that it holds where items before it come or go.
struct Span {
  std::size_t begin{};
  std::size_t end{};
  std::optional<std::string> next{};
};
/// `name` gives the name of the item at a place. O(items).
[[nodiscard]] Span span_of(Paging const& paging, std::size_t count,
                           std::function<std::string(std::size_t)> const& name);

}  // namespace guarantor::serve
