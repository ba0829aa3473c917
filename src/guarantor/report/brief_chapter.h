#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace guarantor::report {

/// The numbered sections behind the first page, in their order.
enum class Chapter {
  kMap,
  kFill,
  kNations,
  kLanes,
  kGaps,
  kAsks,
  kDecisions,
  kWorlds,
  kNotStated,
  kGround,
  kSources,
  kColophon
};

inline constexpr std::array<std::string_view, 12> kChapterTitles{"Where it is",
                                                                 "Fill by line and month",
                                                                 "What each nation brings",
                                                                 "Who is where, and when",
                                                                 "Gaps, and what would close them",
                                                                 "What is asked",
                                                                 "Conditions and decisions",
                                                                 "The same case in other worlds",
                                                                 "Not stated",
                                                                 "What the plan rests on",
                                                                 "Sources",
                                                                 "How this was made"};

[[nodiscard]] inline std::size_t number(Chapter chapter) {
  return static_cast<std::size_t>(chapter) + 1;
}
[[nodiscard]] inline std::string_view title(Chapter chapter) {
  return kChapterTitles[static_cast<std::size_t>(chapter)];
}
/// A reference for people: ` (section 4)`, a link on screen.
[[nodiscard]] inline std::string reference(Chapter chapter) {
  return fmt::format(R"( <a class="ref" href="#s{0}">(section&#160;{0})</a>)", number(chapter));
}
/// The same where something was left out for want of room.
[[nodiscard]] inline std::string more_in(Chapter chapter) {
  return fmt::format(R"( <a class="ref" href="#s{0}">(more&#160;in&#160;section&#160;{0})</a>)",
                     number(chapter));
}

}  // namespace guarantor::report
