#include "guarantor/serve/response_text.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <memory>

namespace guarantor::serve {
namespace {

constexpr std::size_t kWorthCompressing = 1'400;  // what fits one packet stays as it is
constexpr int kGzip = 15 + 16;

std::string_view reason(int status) {
  struct Known {
    int status;
    std::string_view reason;
  };
  constexpr std::array kKnown{Known{200, "OK"},
                              Known{201, "Created"},
                              Known{202, "Accepted"},
                              Known{204, "No Content"},
                              Known{303, "See Other"},
                              Known{304, "Not Modified"},
                              Known{400, "Bad Request"},
                              Known{401, "Unauthorized"},
                              Known{403, "Forbidden"},
                              Known{404, "Not Found"},
                              Known{405, "Method Not Allowed"},
                              Known{406, "Not Acceptable"},
                              Known{408, "Request Timeout"},
                              Known{409, "Conflict"},
                              Known{412, "Precondition Failed"},
                              Known{413, "Content Too Large"},
                              Known{415, "Unsupported Media Type"},
                              Known{422, "Unprocessable Content"},
                              Known{428, "Precondition Required"},
                              Known{429, "Too Many Requests"},
                              Known{431, "Request Header Fields Too Large"},
                              Known{500, "Internal Server Error"},
                              Known{501, "Not Implemented"},
                              Known{503, "Service Unavailable"},
                              Known{505, "HTTP Version Not Supported"},
                              Known{507, "Insufficient Storage"}};
  auto const* const found = std::ranges::find(kKnown, status, &Known::status);
  return found == kKnown.end() ? "Status" : found->reason;
}

std::string date_text() {
  auto const now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     kDays.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                     kMonths.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                     parts.tm_hour, parts.tm_min, parts.tm_sec);
}

/// A line's end in a value would begin a field of somebody else's choosing.
void add_field(std::string& head, std::string_view name, std::string_view value) {
  head += name;
  head += ": ";
  std::ranges::copy_if(value, std::back_inserter(head), [](char letter) {
    return letter == '\t' || (static_cast<unsigned char>(letter) >= ' ' && letter != '\x7f');
  });
  head += "\r\n";
}

bool takes_gzip(std::string_view accepted) {
  auto const at = accepted.find("gzip");
  if (at == std::string_view::npos) {
    return false;
  }
  auto const wish = accepted.substr(at, accepted.find(',', at) - at);
  return wish.find("q=0") == std::string_view::npos || wish.find("q=0.") != std::string_view::npos;
}

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
         type.find("javascript") != std::string_view::npos ||
         type.find("yaml") != std::string_view::npos || type.ends_with("xml");
}

/// Empty where it cannot be done.
std::string gzip(std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, 1, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  // The library does not write to its input; its type is older than const.
  stream.next_in =
      const_cast<Bytef*>(reinterpret_cast<Bytef const*>(text.data()));  // NOLINT(*-cast)
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());  // NOLINT(*-cast)
  stream.avail_out = static_cast<uInt>(packed.size());
  bool const done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  packed.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return packed;
}

}  // namespace

bool has_body(int status) {
  return status >= 200 && status != 204 && status != 304;
}

std::string head_text(Response const& response, Framing framing) {
  auto head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                          reason(response.status), date_text());
  for (auto const& [name, value] : response.headers.all()) {
    add_field(head, name, value);
  }
  if (response.stream && has_body(response.status)) {
    if (framing.knows_chunks) {
      head += "Transfer-Encoding: chunked\r\n";
    }
  } else if (has_body(response.status)) {
    head += fmt::format("Content-Length: {}\r\n", response.text().size());
  }
  if (!framing.keep_alive) {
    head += "Connection: close\r\n";
  } else if (!framing.knows_chunks) {
    head += "Connection: keep-alive\r\n";
  }
  return head += "\r\n";
}

std::string chunk(std::string_view text) {
  return fmt::format("{:x}\r\n{}\r\n", text.size(), text);
}

void compress(Response& response, std::string_view accepted) {
  auto const type = response.headers.find("Content-Type");
  if (response.stream || response.text().size() < kWorthCompressing || !type || !is_text(*type) ||
      response.text().size() > (std::size_t{1} << 30U) ||
      response.headers.find("Content-Encoding")) {
    return;
  }
  response.headers.add("Vary", "Accept-Encoding");
  if (!takes_gzip(accepted)) {
    return;
  }
  if (auto packed = gzip(response.text()); !packed.empty()) {
    response.body = std::make_shared<std::string const>(std::move(packed));
    response.headers.set("Content-Encoding", "gzip");
  }
}

}  // namespace guarantor::serve
