#include "guarantor/serve/web_endpoints.h"

#include <zlib.h>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "guarantor/serve/problem.h"
#include "guarantor/serve/web_assets.h"

namespace guarantor::serve {
namespace {

/// Nothing from elsewhere, nothing inline. Workers have the policy of their own response, so
/// scripts carry it too.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

struct Kept {
  WebAsset const* asset{};
  std::shared_ptr<std::string const> body;
};
using Files = std::map<std::string, Kept, std::less<>>;

Files files() {
  Files all;
  for (auto const& asset : web_assets()) {
    all.emplace(asset.path, Kept{&asset, std::make_shared<std::string const>(asset.bytes)});
  }
  return all;
}

/// What was gzipped as it was before; nothing where it is broken.
std::optional<std::string> unpacked(std::string const& packed) {
  z_stream stream{};
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) {
    return std::nullopt;
  }
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<Bytef const*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string plain;
  std::array<char, std::size_t{1} << 14U> buffer{};
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    state = inflate(&stream, Z_NO_FLUSH);
    plain.append(buffer.data(), buffer.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  return state == Z_STREAM_END ? std::optional{std::move(plain)} : std::nullopt;
}

bool takes_gzip(Request const& request) {
  auto const accepted = request.headers.find("Accept-Encoding");
  return accepted && accepted->find("gzip") != std::string_view::npos &&
         accepted->find("gzip;q=0") == std::string_view::npos;
}

model::Result<Response> give(Kept const& file, Request const& request, std::string_view cache) {
  Response response;
  response.body = file.body;
  response.headers.set("Content-Type", std::string{file.asset->type});
  response.headers.set("ETag", std::string{file.asset->etag});
  response.headers.set("Cache-Control", std::string{cache});
  response.headers.set("Content-Security-Policy", std::string{kPolicy});
  response.headers.set("Vary", "Accept-Encoding");
  if (file.asset->gzipped && takes_gzip(request)) {
    response.headers.set("Content-Encoding", "gzip");
  } else if (file.asset->gzipped) {
    auto plain = unpacked(*file.body);
    if (!plain) {
      return model::Error{.kind = model::ErrorKind::kDefect, .message = "a web asset is broken"};
    }
    response.body = std::make_shared<std::string const>(std::move(*plain));
  }
  return response;
}

Response nothing_there() {
  return problem(404, "not-found", "not found", "there is nothing at this path",
                 "/openapi.yaml lists what there is");
}

bool wants_page(Request const& request) {
  auto const accepted = request.headers.find("Accept");
  return !accepted || accepted->find("text/html") != std::string_view::npos || *accepted == "*/*";
}

}  // namespace

Routes web_endpoints(Services& /*services*/) {
  auto const kept = std::make_shared<Files const>(files());
  auto const page = [kept](Call const& call) -> model::Result<Response> {
    auto const found = kept->find("/index.html");
    if (found == kept->end() || !wants_page(call.request)) {
      return nothing_there();
    }
    return give(found->second, call.request, "no-cache");
  };
  auto const asset = [kept](Call const& call) -> model::Result<Response> {
    auto const found = kept->find("/assets/" + call.at("asset"));
    if (found == kept->end()) {
      return nothing_there();
    }
    // Their names hold the hash of what is in them.
    return give(found->second, call.request, "public, max-age=31536000, immutable");
  };
  return {{.method = "GET",
           .path = "/",
           .operation = "getFrontPage",
           .rule = anyone(),
           .endpoint = page},
          {.method = "GET",
           .path = "/{page}",
           .operation = "getPage",
           .rule = anyone(),
           .endpoint = page},
          {.method = "GET",
           .path = "/assets/{asset}",
           .operation = "getAsset",
           .rule = anyone(),
           .endpoint = asset}};
}

}  // namespace guarantor::serve
