#include "bench/gzip_lines.h"

#include <algorithm>

namespace guarantor::bench {
namespace {

constexpr std::size_t kBuffer = 1U << 18U;
constexpr std::size_t kMostFields = 256;

}  // namespace

GzipLines::GzipLines(std::filesystem::path const& file)
    : file_{gzopen(file.c_str(), "rb")}, buffer_(kBuffer) {}

bool GzipLines::next(std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  bool any = false;
  for (;;) {
    if (at_ == end_ && !fill()) {
      return any;
    }
    any = true;
    auto const begin = buffer_.begin() + static_cast<std::ptrdiff_t>(at_);
    auto const stop = buffer_.begin() + static_cast<std::ptrdiff_t>(end_);
    auto const last = std::find(begin, stop, '\n');
    too_long = too_long || line.size() + static_cast<std::size_t>(last - begin) > kLongest;
    if (!too_long) {
      line.append(begin, last);
    }
    at_ = static_cast<std::size_t>(last - buffer_.begin());
    if (last != stop) {
      ++at_;
      if (!line.empty() && line.back() == '\r') {
        line.pop_back();
      }
      return true;
    }
  }
}

bool GzipLines::fill() {
  int const got = gzread(file_.get(), buffer_.data(), static_cast<unsigned>(buffer_.size()));
  int state = Z_OK;
  gzerror(file_.get(), &state);
  broken_ = got < 0 || (state != Z_OK && state != Z_STREAM_END);
  at_ = 0;
  end_ = got > 0 ? static_cast<std::size_t>(got) : 0;
  return got > 0;
}

void split_fields(std::string_view line, std::vector<std::string_view>& fields) {
  fields.clear();
  while (fields.size() < kMostFields) {
    std::size_t const comma = line.find(',');
    std::string_view field = line.substr(0, comma);
    if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
      field = field.substr(1, field.size() - 2);
    }
    fields.push_back(field);
    if (comma == std::string_view::npos) {
      break;
    }
    line.remove_prefix(comma + 1);
  }
}

}  // namespace guarantor::bench
