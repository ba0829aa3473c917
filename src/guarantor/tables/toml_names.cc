#include "guarantor/tables/toml_names.h"

namespace guarantor::tables {

std::string dotted(std::span<std::string const> path) {
  std::string name;
  for (std::size_t i = 0; i < path.size(); ++i) {
    name += i == 0 ? "" : ".";
    std::string const& part = path[i];
    if (!part.empty() && part.find_first_of(".\"") == std::string::npos) {
      name += part;
      continue;
    }
    name += '"';
    for (char const c : part) {
      if (c == '"' || c == '\\') {
        name += '\\';
      }
      name += c;
    }
    name += '"';
  }
  return name;
}

std::size_t TomlNames::below(std::size_t parent, std::string const& part, Made made,
                             std::uint64_t line) {
  auto const [place, made_now] = names_[parent].parts.try_emplace(part, names_.size());
  std::size_t const index = place->second;
  if (made_now) {
    names_.push_back({made, line, {}});
  }
  return index;
}

std::optional<TomlNames::Clash> TomlNames::open_table(TomlPath const& path, std::uint64_t line) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    bool const last = i + 1 == path.size();
    std::size_t const known = names_.size();
    at = below(at, path[i], last ? Made::kByHeader : Made::kByLongerHeader, line);
    Made const made = names_[at].made;
    bool const clash =
        at < known && (made == Made::kByValue || (last && made != Made::kByLongerHeader));
    if (clash) {
      return Clash{dotted(std::span{path}.first(i + 1)), names_[at].line};
    }
  }
  names_[at].made = Made::kByHeader;
  open_ = at;
  open_path_ = path;
  return std::nullopt;
}

std::optional<TomlNames::Clash> TomlNames::add_key(TomlPath const& path, std::uint64_t line) {
  std::size_t at = open_;
  for (std::size_t i = 0; i < path.size(); ++i) {
    bool const last = i + 1 == path.size();
    std::size_t const known = names_.size();
    at = below(at, path[i], last ? Made::kByValue : Made::kByLongerKey, line);
    if (at < known && (last || names_[at].made != Made::kByLongerKey)) {
      TomlPath const clash{path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i) + 1};
      return Clash{name_of(clash), names_[at].line};
    }
  }
  return std::nullopt;
}

std::string TomlNames::name_of(TomlPath const& path) const {
  return open_path_.empty() ? dotted(path) : dotted(open_path_) + "." + dotted(path);
}

}  // namespace guarantor::tables
