#include "broken_case.h"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include "guarantor/tables/scenario_folder.h"
#include "temporary_folder.h"

namespace guarantor::tables {
namespace {

namespace fs = std::filesystem;

/// Resolves the escapes of a case; see the README.
std::string unescape(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      continue;
    }
    if (text[i] != '\\') {
      plain += text[i];
      continue;
    }
    char const kind = text.at(++i);
    if (kind == 'x') {
      plain += static_cast<char>(std::stoi(std::string{text.substr(i + 1, 2)}, nullptr, 16));
      i += 2;
    } else if (kind == '{') {
      std::size_t const star = text.find('*', i);
      std::size_t const end = text.find('}', star);
      int const times = std::stoi(std::string{text.substr(star + 1, end - star - 1)});
      for (int n = 0; n < times; ++n) {
        plain += text.substr(i + 1, star - i - 1);
      }
      i = end;
    } else {
      constexpr std::string_view kLetters = "nrt\\";
      constexpr std::string_view kMeanings = "\n\r\t\\";
      plain += kMeanings.at(kLetters.find(kind));
    }
  }
  return plain;
}

void write(fs::path const& file, std::string const& text) {
  fs::create_directories(file.parent_path());
  std::ofstream{file, std::ios::binary} << text;
}

std::vector<std::string> lines_of(std::string const& text) {
  std::istringstream in{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

class CaseReader {
 public:
  BrokenCase read(fs::path const& file) {
    std::ifstream in{file};
    std::getline(in, case_.about);
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("==> ")) {
        close();
        name_ = line.substr(4);
      } else {
        block_ += line + "\n";
      }
    }
    close();
    if (case_.about.empty()) {
      throw std::runtime_error(file.string() + " does not say what it is about");
    }
    return case_;
  }

 private:
  bool take_suffix(std::string_view suffix) {
    if (!name_.ends_with(suffix)) {
      return false;
    }
    name_.resize(name_.size() - suffix.size());
    return true;
  }

  void close() {
    if (name_ == "expected") {
      case_.expected = lines_of(block_);
    } else if (take_suffix(" (absent)")) {
      case_.absent.insert(name_);
    } else if (take_suffix(" (escaped)")) {
      case_.files[name_] = unescape(block_);
    } else if (!name_.empty()) {
      case_.files[name_] = block_;
    }
    block_.clear();
  }

  BrokenCase case_;
  std::string name_;
  std::string block_;
};

}  // namespace

BrokenCase read_case(fs::path const& file) {
  return CaseReader{}.read(file);
}

std::vector<std::string> diagnose(BrokenCase const& broken, fs::path const& base) {
  TemporaryFolder const temporary;
  fs::path const folder = temporary.path() / "case";
  fs::copy(base, folder);
  for (auto const& [name, text] : broken.files) {
    write((folder / name).lexically_normal(), text);
  }
  for (std::string const& name : broken.absent) {
    fs::remove(folder / name);
  }
  Loaded const loaded = load(folder);
  std::vector<std::string> printed;
  std::string const prefix = temporary.path().string() + "/";
  for (Diagnostic const& diagnostic : loaded.diagnostics) {
    std::string line = print(diagnostic);
    for (std::size_t at = line.find(prefix); at != std::string::npos; at = line.find(prefix)) {
      line.erase(at, prefix.size());
    }
    printed.push_back(line);
  }
  if (loaded.scenario) {
    printed.emplace_back("(loaded)");
  }
  return printed;
}

}  // namespace guarantor::tables
