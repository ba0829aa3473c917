#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>

#include "serve_case.h"

namespace guarantor::serve {
namespace {

/// `GET /api/jobs listJobs {operation: read, kind: bound}`, of each operation of openapi.yaml. It
/// is read line by line: its operations are written in one way.
std::set<std::string> described() {
  std::ifstream file{"openapi.yaml"};
  EXPECT_TRUE(file);
  std::set<std::string> operations;
  std::string path;
  std::string method;
  std::string name;
  for (std::string line; std::getline(file, line) && line != "components:";) {
    auto const after = [&](std::string_view begin) {
      return line.starts_with(begin) ? line.substr(begin.size()) : std::string{};
    };
    if (line.starts_with("  /") && line.ends_with(":")) {
      path = line.substr(2, line.size() - 3);
    } else if (line.starts_with("    ") && line.size() > 5 && line[4] != ' ' && line[4] != '#') {
      method = line.substr(4, line.size() - 5);
      std::ranges::transform(method, method.begin(),
                             [](char letter) { return static_cast<char>(letter - 'a' + 'A'); });
    } else if (auto const id = after("      operationId: "); !id.empty()) {
      name = id;
    } else if (auto policy = after("      x-policy: "); !policy.empty()) {
      std::erase(policy, '"');
      operations.insert(method + " " + path + " " + name + " " + policy);
    }
  }
  return operations;
}

std::string policy_of(Rule const& rule) {
  switch (rule.who) {
    case Who::kAnyone:
      return "{who: anyone}";
    case Who::kSignedIn:
      return "{who: signed-in}";
    case Who::kTable:
      break;
  }
  return "{operation: " + std::string{model::text(rule.operation)} +
         ", kind: " + (rule.kind ? std::string{policy::text(*rule.kind)} : "{table}") + "}";
}

std::set<std::string> served(Router const& router) {
  std::set<std::string> operations;
  for (Route const& route : router.routes()) {
    std::string path{route.path};
    if (auto const dots = path.find("...}"); dots != std::string::npos) {
      path.erase(dots, 3);
    }
    operations.insert(std::string{route.method} + " " + path + " " + std::string{route.operation} +
                      " " + policy_of(route.rule));
  }
  return operations;
}

std::string first_of(std::set<std::string> const& these, std::set<std::string> const& those) {
  std::string out;
  for (auto const& one : these) {
    if (!those.contains(one)) {
      out += one + "\n";
    }
  }
  return out;
}

TEST(OpenApi, DescribesWhatIsServedAndWhoMay) {
  ServeCase serve{scenario_at("scenarios/tutorial")};
  auto const routes = served(serve.router());
  auto const text = described();
  EXPECT_EQ(first_of(routes, text), "") << "served, and not so in openapi.yaml";
  EXPECT_EQ(first_of(text, routes), "") << "in openapi.yaml, and not served so";
  EXPECT_EQ(routes.size(), serve.router().routes().size());
}

TEST(OpenApi, NoTwoOperationsShareAName) {
  ServeCase serve{scenario_at("scenarios/tutorial")};
  std::set<std::string_view> names;
  for (Route const& route : serve.router().routes()) {
    EXPECT_TRUE(names.insert(route.operation).second) << route.operation;
  }
}

}  // namespace
}  // namespace guarantor::serve
