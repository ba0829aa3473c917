#include "guarantor/policy/viewer.h"

#include <vector>

#include "guarantor/model/nation_code.h"
#include "guarantor/model/spelling.h"

namespace guarantor::policy {
namespace {

using model::Error;
using model::ErrorKind;

std::string quoted(std::string_view text) {
  return "`" + std::string{text} + "`";
}

Error unknown_role(std::string_view word) {
  auto const near = model::closest(word, model::kWords<Role>);
  if (near) {
    return {ErrorKind::kBadInput, "unknown role " + quoted(word), "did you mean `" + *near + "`?"};
  }
  std::string known;
  for (std::string_view const role : model::kWords<Role>) {
    known += (known.empty() ? "" : ", ") + std::string{role};
  }
  return {ErrorKind::kBadInput, "unknown role " + quoted(word),
          "it is one of " + known + "; of a nation as in delegate:XAB"};
}

bool takes_nation(Role role) {
  return role == Role::kDelegate || role == Role::kDecisionMaker;
}

}  // namespace

model::Result<Viewer> parse_viewer(std::string_view text) {
  auto const colon = text.find(':');
  std::string_view const word = text.substr(0, colon);
  auto const role = model::parse<Role>(word);
  if (!role) {
    bool const nation = model::classify_nation(text) != model::NationCode::kMalformed;
    return nation ? Error{ErrorKind::kBadInput, quoted(text) + " is a nation, not a role",
                          "its delegate is delegate:" + std::string{text}}
                  : unknown_role(word);
  }
  if (colon == std::string_view::npos) {
    if (*role == Role::kDelegate) {
      return Error{ErrorKind::kBadInput, "a delegate of no nation",
                   "name the nation, as in delegate:XAB"};
    }
    return Viewer{*role};
  }
  std::string_view const nation = text.substr(colon + 1);
  if (!takes_nation(*role)) {
    return Error{ErrorKind::kBadInput, "the role " + quoted(word) + " is of no nation",
                 "write " + std::string{word}};
  }
  if (model::classify_nation(nation) == model::NationCode::kMalformed) {
    return Error{ErrorKind::kBadInput, quoted(nation) + " is not a nation's code",
                 "three capitals, as in " + std::string{word} + ":XAB"};
  }
  return Viewer{*role, model::NationId{std::string{nation}}};
}

std::string print(Viewer const& viewer) {
  std::string text{model::text(viewer.role)};
  return viewer.nation.empty() ? text : text + ":" + viewer.nation.text();
}

model::Result<Viewer> known_viewer(Viewer const& viewer, model::Scenario const& scenario) {
  if (viewer.nation.empty()) {
    return viewer;
  }
  std::vector<std::string_view> names;
  for (model::Nation const& nation : scenario.nations) {
    if (nation.id == viewer.nation) {
      return viewer;
    }
    names.push_back(nation.id.text());
  }
  auto const near = model::closest(viewer.nation.text(), names);
  return Error{ErrorKind::kBadInput,
               quoted(print(viewer)) + ": " + scenario.header.id.text() + " has no nation " +
                   quoted(viewer.nation.text()),
               near ? "did you mean `" + *near + "`?" : ""};
}

bool sees_everything(Viewer const& viewer) {
  return viewer.role == Role::kPlanner || viewer.role == Role::kAuditor;
}

}  // namespace guarantor::policy
