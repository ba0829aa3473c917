#include <fmt/format.h>
#include <malloc.h>

#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>

#include "guarantor/interruption.h"
#include "guarantor/ledger/signing_key.h"
#include "guarantor/policy/viewer.h"
#include "guarantor/serve/proxy_word.h"
#include "guarantor/serve/server.h"
#include "guarantor/store_input.h"
#include "guarantor/terminal.h"
#include "guarantor/user_input.h"
#include "guarantor/verbs.h"

namespace guarantor::app {
namespace {

constexpr std::size_t kMostCotClients = 200;

struct Options {
  StoreWords words;
  std::string scenario;
  std::string address{"127.0.0.1"};
  std::uint16_t port{8080};
  std::string certificate;
  std::string certificate_key;
  bool behind_proxy{};
  int threads{2};
  std::string cot;
  std::string cot_tls;
  std::string cot_as{"public"};
  serve::ProxyRules proxy;
};

model::Instant now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

/// `ADDRESS:PORT`, an IPv6 address in brackets.
model::Result<serve::ListenerOptions> read_address(std::string const& option,
                                                   std::string const& text) {
  auto const colon = text.rfind(':');
  std::uint16_t port = 0;
  auto const* const end = text.data() + text.size();
  auto const digits = colon == std::string::npos ? text.size() : colon + 1;
  auto const [read, wrong] = std::from_chars(text.data() + digits, end, port);
  if (wrong != std::errc{} || read != end) {
    return model::Error{model::ErrorKind::kBadInput,
                        fmt::format("{}: `{}` is no address with a port", option, text),
                        "as in 127.0.0.1:8087 or [::1]:8087"};
  }
  auto address = text.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) {
    address = address.substr(1, address.size() - 2);
  }
  return serve::ListenerOptions{.address = std::move(address), .port = port};
}

/// Where and with whose eyes incidents are streamed.
model::Result<serve::CotOptions> read_cot(Options const& options) {
  serve::CotOptions cot;
  auto const viewer = policy::parse_viewer(options.cot_as);
  if (!viewer.ok()) {
    return viewer.error();
  }
  cot.viewer = viewer.value();
  for (bool const secure : {false, true}) {
    auto const& text = secure ? options.cot_tls : options.cot;
    if (text.empty()) {
      continue;
    }
    auto listener = read_address(secure ? "--cot-tls" : "--cot", text);
    if (!listener.ok()) {
      return listener.error();
    }
    if (secure && options.certificate.empty()) {
      return model::Error{model::ErrorKind::kBadInput, "--cot-tls needs a certificate",
                          "give --tls-certificate and --tls-key"};
    }
    if (secure) {
      listener.value().tls = {options.certificate, options.certificate_key};
    }
    listener.value().limits.connections = kMostCotClients;
    cot.listeners.push_back(std::move(listener).value());
  }
  return cot;
}

/// Views and plans of megabytes come and go: to give their memory back to the system each time, and
/// to keep an arena for every thread, costs a quarter of the time that changes take.
void keep_memory() {
  mallopt(M_ARENA_MAX, 4);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 256 << 20);
  mallopt(M_TOP_PAD, 16 << 20);
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
  auto cot = read_cot(options);
  if (!cot.ok()) {
    return cot.error();
  }
  serve::ServerOptions server_options{.store = options.words.store,
                                      .scenario = options.scenario,
                                      .listener = {.address = options.address,
                                                   .port = options.port,
                                                   .behind_proxy = options.behind_proxy},
                                      .cot = std::move(cot).value(),
                                      .sign_ins = {.accounts = account_rules()},
                                      .answer_threads = options.threads,
                                      .program_version = GUARANTOR_VERSION,
                                      .now = now,
                                      .log = [](std::string_view line) { say(line); }};
  if (!options.proxy.token.issuer.empty()) {
    auto const proxy = serve::ProxyWord::open(options.proxy);
    if (!proxy.ok()) {
      return proxy.error();
    }
    server_options.sign_ins.proxy = proxy.value();
  }
  if (!options.certificate.empty()) {
    server_options.listener.tls = {options.certificate, options.certificate_key};
  }
  keep_memory();
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
  for (std::uint16_t const port : server.value()->cot_ports()) {
    say(fmt::format("Cursor on Target on port {}", port));
  }
  bool const alone = options.address == "127.0.0.1" || options.address == "::1";
  if (!alone && options.certificate.empty() && !options.behind_proxy) {
    say("Without TLS everyone on the way reads passwords: use --tls-certificate, or a proxy");
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
  verb.add_option("--cot", options->cot,
                  "Stream incidents as Cursor on Target here, over plain TCP (default: nowhere)")
      ->type_name("ADDRESS:PORT");
  verb.add_option("--cot-tls", options->cot_tls, "The same over TLS")->type_name("ADDRESS:PORT");
  verb.add_option("--cot-as", options->cot_as,
                  "Whoever connects there sees what this viewer sees (default: public)")
      ->type_name("VIEWER");
  auto* const issuer =
      verb.add_option("--oidc-issuer", options->proxy.token.issuer,
                      "Also let in whom this OpenID provider has signed a token for")
          ->type_name("URL");
  auto* const audience =
      verb.add_option("--oidc-audience", options->proxy.token.audience, "The tokens' audience")
          ->type_name("TEXT")
          ->needs(issuer);
  auto* const keys = verb.add_option("--oidc-keys", options->proxy.keys,
                                     "File of the provider's public keys, a JWK set")
                         ->type_name("FILE")
                         ->needs(issuer);
  issuer->needs(audience)->needs(keys);
  verb.add_option("--oidc-role-claim", options->proxy.role_claim,
                  "The claim that holds the role (default: guarantor_role)")
      ->type_name("NAME")
      ->needs(issuer);
  verb.add_option("--answer-threads", options->threads, "Threads that answer (default: 2)")
      ->type_name("N")
      ->check(CLI::Range(1, 64));
}

}  // namespace guarantor::app
