#include "guarantor/report/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "guarantor/report/display_text.h"

namespace guarantor::report {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};
constexpr std::string_view kNarrowSpace = "\u202F";

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return std::isalpha(byte) != 0 || byte >= 0x80 || c == '-';
  });
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return out;
}

}  // namespace

std::string long_date(model::Date date) {
  std::chrono::year_month_day const day{date};
  return fmt::format("{} {} {}", static_cast<unsigned>(day.day()),
                     kMonths[static_cast<unsigned>(day.month()) - 1], static_cast<int>(day.year()));
}

std::string short_month(model::Date date) {
  std::chrono::year_month_day const day{date};
  return fmt::format("{} {}", kMonths[static_cast<unsigned>(day.month()) - 1].substr(0, 3),
                     static_cast<int>(day.year()));
}

model::Date month_start(model::Date c_day, model::Months month) {
  return c_day + std::chrono::days{month.count() * model::kDaysPerMonth};
}

model::Date day_of(model::Date c_day, model::Days days) {
  constexpr double kFar = 36525;
  auto const whole = std::isfinite(days.count()) ? std::clamp(days.count(), -kFar, kFar) : kFar;
  return c_day + std::chrono::days{static_cast<int>(std::ceil(whole))};
}

std::string grouped(std::int64_t number) {
  auto const digits = fmt::format("{}", number);
  std::size_t const sign = number < 0 ? 1 : 0;
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > sign && (digits.size() - i) % 3 == 0) {
      out += kNarrowSpace;
    }
    out += digits[i];
  }
  return out;
}

std::string decimal(double number, int digits) {
  if (!std::isfinite(number)) {
    return "∞";
  }
  auto text = fmt::format("{:.{}f}", number, digits);
  auto const point = text.find('.');
  if (point != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) {
      text.pop_back();
    }
  }
  if (text == "-0") {
    return "0";
  }
  auto const whole = text.substr(0, text.find('.'));
  if (whole.size() > 15) {
    return text;
  }
  auto const rest = text.substr(whole.size());
  bool const minus_zero = whole == "-0";
  return (minus_zero ? whole : grouped(std::stoll(whole))) + rest;
}

std::string percent(double share) {
  constexpr double kWhole = 1 - 1e-9;
  if (!std::isfinite(share)) {
    return "∞";
  }
  if (share > 1e-12 && share < 0.01) {
    return fmt::format("under 1{}%", kNarrowSpace);
  }
  auto const shown =
      share >= kWhole ? std::round(share * 100) : std::min(99.0, std::floor(share * 100 + 1e-6));
  return fmt::format("{:.0f}{}%", std::max(0.0, shown), kNarrowSpace);
}

std::string count_word(std::int64_t number) {
  constexpr std::array<std::string_view, 10> kWords{"no",   "one", "two",   "three", "four",
                                                    "five", "six", "seven", "eight", "nine"};
  return number >= 0 && number < 10 ? std::string{kWords[static_cast<std::size_t>(number)]}
                                    : grouped(number);
}

std::string plural(std::string_view noun) {
  constexpr std::array<std::string_view, 4> kSame{"craft", "personnel", "series", "quarters"};
  std::string out{noun};
  for (auto const same : kSame) {
    if (noun.ends_with(same)) {
      return out;
    }
  }
  bool const hisses =
      noun.ends_with('s') || noun.ends_with('x') || noun.ends_with("ch") || noun.ends_with("sh");
  bool const vowel_before =
      noun.size() < 2 || std::string_view{"aeiou"}.find(noun[noun.size() - 2]) != std::string::npos;
  if (noun.ends_with('y') && !vowel_before) {
    out.pop_back();
    return out + "ies";
  }
  return out + (hisses ? "es" : "s");
}

std::string counted(std::int64_t number, std::string_view singular) {
  return count_word(number) + " " + (number == 1 ? std::string{singular} : plural(singular));
}

std::string listed(std::vector<std::string> const& items, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) {
      out += i + 1 == items.size() ? fmt::format(" {} ", last) : std::string{", "};
    }
    out += items[i];
  }
  return out;
}

std::string listed_within(std::vector<std::string> const& items, std::size_t columns,
                          std::string_view what, std::string_view last) {
  std::vector<std::string> shown;
  std::size_t used = 0;
  for (auto const& item : items) {
    auto const width = display_width(item) + 2;
    if (!shown.empty() && used + width > columns) {
      break;
    }
    shown.push_back(fit(item, columns));
    used += width;
  }
  auto const left = static_cast<std::int64_t>(items.size() - shown.size());
  if (left > 0) {
    auto const more = fmt::format("{} more", count_word(left));
    shown.push_back(what.empty() ? more
                                 : fmt::format("{} {}", more, left == 1 ? what : plural(what)));
  }
  return listed(shown, last);
}

std::vector<int> whole_percents(std::vector<double> const& shares) {
  std::vector<int> out;
  std::vector<std::size_t> order;
  int sum = 0;
  double total = 0;
  for (auto const share : shares) {
    auto const held = std::clamp(share, 0.0, 1.0);
    order.push_back(out.size());
    out.push_back(static_cast<int>(std::floor(held * 100 + 1e-9)));
    sum += out.back();
    total += held;
  }
  auto const remainder = [&](std::size_t i) { return shares[i] * 100 - out[i]; };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainder(a) > remainder(b); });
  auto const left = static_cast<int>(std::lround(total * 100)) - sum;
  for (std::size_t i = 0; i < order.size() && static_cast<int>(i) < left; ++i) {
    ++out[order[i]];
  }
  return out;
}

std::string capitalised(std::string text) {
  if (!text.empty()) {
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  }
  return text;
}

std::string humanised(std::string_view identifier) {
  auto out = clean(identifier);
  for (auto& c : out) {
    if (c == '-' || c == '_' || c == '.') {
      c = ' ';
    }
  }
  return out;
}

std::string units_of(model::Units units, model::Capability const& capability) {
  auto const title =
      clean(capability.title.empty() ? humanised(capability.id.text()) : capability.title);
  auto const unit = clean(capability.unit);
  auto const number = units.count();
  if (capability.kind == model::CapabilityKind::kMeasure) {
    return title;
  }
  if (unit.empty()) {
    return fmt::format("{} × {}", grouped(number), title);
  }
  if (lower(title) == lower(unit) || lower(title) == plural(lower(unit))) {
    return counted(number, unit);
  }
  if (lower(title).ends_with(" " + lower(unit))) {
    return counted(number, title);
  }
  if ((" " + lower(title) + " ").find(" " + lower(unit) + " ") != std::string::npos) {
    return fmt::format("{} × {}", grouped(number), title);
  }
  if (is_word(unit)) {
    return fmt::format("{} of {}", counted(number, unit), title);
  }
  bool const counts = std::isdigit(static_cast<unsigned char>(unit.front())) != 0;
  return fmt::format("{}{}{} ({})", grouped(number), counts ? " × " : " ", unit, title);
}

std::string_view explain(model::GapReason reason) {
  constexpr std::array<std::string_view, 17> kReasons{
      "the phase it belongs to does not begin",
      "nobody has offered it",
      "offered, but without a stated quantity",
      "offered, but withdrawn or only indicated",
      "offered, but its condition does not hold",
      "offered, but a caveat excludes this area or task",
      "offered, but under rules of engagement too narrow for it",
      "offered, but not in place in time, or already gone",
      "needs another contribution beside it that is not there",
      "the framework nation is not present",
      "what there is stays below the least useful share",
      "a ceiling on personnel stands in the way",
      "it takes no more nations at one time",
      "the units serve something of more worth",
      "every unit is on its tour or resting",
      "the presence would cost more than it adds",
      "the search was stopped before this was settled"};
  return kReasons[static_cast<std::size_t>(reason)];
}

std::string_view explain_briefly(model::GapReason reason) {
  constexpr std::array<std::string_view, 17> kReasons{"its phase does not begin",
                                                      "nobody has offered it",
                                                      "offered without a stated quantity",
                                                      "withdrawn or only indicated",
                                                      "its condition does not hold",
                                                      "a caveat excludes this area or task",
                                                      "rules of engagement too narrow",
                                                      "not in place in time, or gone",
                                                      "needs another contribution beside it",
                                                      "the framework nation is not present",
                                                      "below the least useful share",
                                                      "a ceiling on personnel",
                                                      "it takes no more nations at one time",
                                                      "outbid by a line of more worth",
                                                      "every unit is on its tour or resting",
                                                      "it would cost more than it adds",
                                                      "search stopped before this was settled"};
  return kReasons[static_cast<std::size_t>(reason)];
}

std::string_view explain(model::ConditionKind kind) {
  constexpr std::array<std::string_view, 7> kKinds{
      "parliament", "mandate", "backstop", "ceasefire", "host consent", "funding", "other"};
  return kKinds[static_cast<std::size_t>(kind)];
}

std::string_view explain(model::ConditionMode mode) {
  constexpr std::array<std::string_view, 3> kModes{"vote before anything moves",
                                                   "informed first, vote later", "no vote"};
  return kModes[static_cast<std::size_t>(mode)];
}

std::string explain_proof(model::ForcePlan const& plan) {
  if (!plan.tiers.empty() && plan.status != model::PlanStatus::kEmpty) {
    return fmt::format(
        "{}: tiers are filled strictly in order, and no plan gives a tier more than its bound "
        "without taking from one before it.",
        plan.status == model::PlanStatus::kOptimal ? "Proven tier by tier" : "Not proven");
  }
  switch (plan.status) {
    case model::PlanStatus::kOptimal:
      return plan.gap <= 1e-9 ? "Proven optimal: no plan from these offers can do better."
                              : fmt::format(
                                    "Proven: no plan from these offers can do better by more than "
                                    "{}\u202F% of the objective.",
                                    decimal(plan.gap * 100, 2));
    case model::PlanStatus::kFeasible:
      return std::isfinite(plan.bound)
                 ? fmt::format(
                       "Not proven optimal: a better plan may exist, but none by more than "
                       "{}\u202F% of the objective.",
                       decimal(plan.gap * 100, 2))
                 : "Not proven: a better plan may exist, and how much better is not known.";
    case model::PlanStatus::kEmpty:
      break;
  }
  return plan.reason.empty() ? "There is no plan."
                             : fmt::format("There is no plan: {}.", clean(plan.reason));
}

}  // namespace guarantor::report
