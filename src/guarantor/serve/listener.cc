#include "guarantor/serve/listener.h"

namespace guarantor::serve {

class Listener::Network {};

model::Result<std::unique_ptr<Listener>> Listener::open(ListenerOptions, Answerer, Watcher) {
  return model::Error{model::ErrorKind::kDefect, "nothing listens yet", ""};
}
Listener::Listener(std::unique_ptr<Network> network) : network_{std::move(network)} {}
Listener::~Listener() = default;
std::uint16_t Listener::port() const {
  return 0;
}
std::size_t Listener::connections() const {
  return 0;
}
void Listener::run() {}
void Listener::stop() {}

}  // namespace guarantor::serve
