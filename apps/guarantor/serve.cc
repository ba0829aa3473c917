#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "guarantor/interruption.h"
#include "guarantor/ledger/signing_key.h"
#include "guarantor/serve/server.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/user_input.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

struct Options {
  StoreWords words;
  std::string scenario;
  std::string address{"127.0.0.1"};
  std::uint16_t port{8080};
  std::string certificate;
  std::string certificate_key;
  bool behind_proxy{};
  int threads{2};
};

model::Instant now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

model::Result<model::Done> run(Options const& options) {
  auto const key = ledger::read_key_file(key_file(options.words));
  if (!key.ok()) {
    return key.error();
  }
  if (options.certificate.empty() != options.certificate_key.empty()) {
    return model::Error{model::ErrorKind::kBadInput, "--tls-certificate and --tls-key go together",
                        ""};
  }
  serve::ServerOptions server_options{.store = options.words.store,
                                      .scenario = options.scenario,
                                      .listener = {.address = options.address,
                                                   .port = options.port,
                                                   .behind_proxy = options.behind_proxy},
                                      .sign_ins = {.accounts = account_rules()},
                                      .answer_threads = options.threads,
                                      .program_version = GUARANTOR_VERSION,
                                      .now = now,
                                      .log = [](std::string_view line) { say(line); }};
  if (!options.certificate.empty()) {
    server_options.listener.tls = {options.certificate, options.certificate_key};
  }
  // Before any other thread, so that all inherit its signal mask.
  Interruption const interruption;
  auto const server = serve::Server::open(std::move(server_options), key.value());
  if (!server.ok()) {
    return server.error();
  }
  auto const printed = print(fmt::format("Listening on {}://{}:{}/\n",
                                         options.certificate.empty() ? "http" : "https",
                                         options.address, server.value()->port()));
  if (!printed.ok()) {
    return printed;
  }
  std::stop_callback const stopping{interruption.token(), [&] { server.value()->stop(); }};
  server.value()->run();
  return model::Done{};
}

}  // namespace

void add_serve(CommandLine& line) {
  auto options = std::make_shared<Options>();
  auto& verb = line.add(
      {.name = "serve",
       .does = "Serve a store to browsers and other programs: the table, the map, the watch floor",
       .examples = "  guarantor serve --store coalition.db\n"
                   "  guarantor serve --store coalition.db exercise --port 9000\n"
                   "  guarantor serve --store coalition.db --address 0.0.0.0 --port 443 \\\n"
                   "    --tls-certificate chain.pem --tls-key key.pem"},
      [options](Session const&) { return run(*options); });
  verb.add_option("scenario", options->scenario,
                  "The scenario in the store that pages begin with (default: the first)")
      ->type_name("SCENARIO");
  verb.add_option("--store", options->words.store, "The store's file")
      ->type_name("FILE")
      ->required();
  verb.add_option("--key", options->words.key,
                  "File of the log's signing key (default: as GUARANTOR_KEY says, or FILE-key)")
      ->type_name("FILE");
  verb.add_option("--address", options->address,
                  "The address to listen on (default: 127.0.0.1, this machine alone)")
      ->type_name("ADDRESS");
  verb.add_option("--port", options->port, "The port (default: 8080; 0: any that is free)")
      ->type_name("PORT");
  verb.add_option("--tls-certificate", options->certificate, "Serve over TLS with this chain, PEM")
      ->type_name("FILE");
  verb.add_option("--tls-key", options->certificate_key, "Its private key, PEM")->type_name("FILE");
  verb.add_flag("--behind-proxy", options->behind_proxy,
                "A proxy on this machine says who asks, in X-Forwarded-For and X-Forwarded-Proto");
  verb.add_option("--answer-threads", options->threads, "Threads that answer (default: 2)")
      ->type_name("N")
      ->check(CLI::Range(1, 64));
}

}  // namespace guarantor::app
