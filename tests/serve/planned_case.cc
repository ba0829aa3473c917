#include "planned_case.h"

#include <condition_variable>
#include <mutex>
#include <stdexcept>

namespace guarantor::serve {

nlohmann::json ended(ServeCase& serve, std::string const& job) {
  std::mutex mutex;
  std::condition_variable told;
  bool something = true;
  Listening asked;
  asked.viewer.role = policy::Role::kPlanner;
  asked.types = {"job"};
  auto const listening = serve.services().events.listen(asked);
  listening->on_ready([&] {
    std::scoped_lock const lock{mutex};
    something = true;
    told.notify_one();
  });
  for (;;) {
    {
      std::unique_lock lock{mutex};
      told.wait(lock, [&] { return something; });
      something = false;
    }
    static_cast<void>(listening->take());
    auto const now = serve.json("planner", "/api/jobs/" + job);
    if (!now["ended"].is_null()) {
      listening->close();
      return now;
    }
  }
}

nlohmann::json plan(ServeCase& serve, nlohmann::json const& order, std::string_view scenario) {
  auto const begun = serve.ask("planner", "POST",
                               "/api/scenarios/" + std::string{scenario} + "/plans", order.dump());
  if (begun.status != 202) {
    throw std::runtime_error(std::string{begun.text()});
  }
  return ended(serve, nlohmann::json::parse(begun.text())["job"].get<std::string>());
}

}  // namespace guarantor::serve
