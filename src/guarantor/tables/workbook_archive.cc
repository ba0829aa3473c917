#include "guarantor/tables/workbook_archive.h"

#include <fmt/format.h>

#include <vector>

namespace guarantor::tables {
namespace {

/// Little-endian number of `size` bytes; REQUIRES that they are there.
std::uint64_t number_at(std::string_view bytes, std::size_t offset, std::size_t size) {
  constexpr unsigned kBitsPerByte = 8;
  std::uint64_t value = 0;
  for (std::size_t i = size; i > 0; --i) {
    value = (value << kBitsPerByte) | static_cast<unsigned char>(bytes[offset + i - 1]);
  }
  return value;
}

// The records of a ZIP archive (PKWARE APPNOTE 6.3, sections 4.3.12 and 4.3.16).
constexpr std::string_view kEndRecord = "PK\x05\x06";
constexpr std::size_t kEndRecordSize = 22;
constexpr std::string_view kEntry = "PK\x01\x02";
constexpr std::size_t kEntrySize = 46;

/// One entry of the archive's directory.
struct Entry {
  std::string_view record;
  std::string_view name;
  std::uint64_t unpacked;
};

/// The directory, or nothing where the archive is cut off.
std::optional<std::vector<Entry>> read_directory(std::string_view bytes) {
  std::size_t const end = bytes.rfind(kEndRecord);
  if (end == std::string_view::npos || end + kEndRecordSize > bytes.size()) {
    return std::nullopt;
  }
  std::uint64_t const count = number_at(bytes, end + 10, 2);
  std::uint64_t at = number_at(bytes, end + 16, 4);
  std::vector<Entry> entries;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (at + kEntrySize > bytes.size() || !bytes.substr(at).starts_with(kEntry)) {
      return std::nullopt;
    }
    std::size_t const name_size = number_at(bytes, at + 28, 2);
    std::size_t const size =
        kEntrySize + name_size + number_at(bytes, at + 30, 2) + number_at(bytes, at + 32, 2);
    if (at + size > bytes.size()) {
      return std::nullopt;
    }
    entries.push_back({bytes.substr(at, size), bytes.substr(at + kEntrySize, name_size),
                       number_at(bytes, at + 24, 4)});
    at += size;
  }
  return entries;
}

void append_number(std::string& bytes, std::uint64_t value, std::size_t size) {
  constexpr unsigned kBitsPerByte = 8;
  constexpr unsigned kByte = 0xFF;
  for (std::size_t i = 0; i < size; ++i) {
    bytes += static_cast<char>((value >> (kBitsPerByte * i)) & kByte);
  }
}

/// The check sum of ZIP (ITU-T V.42), bit by bit: it is used on a few hundred bytes.
std::uint32_t check_sum(std::string_view bytes) {
  constexpr std::uint32_t kPolynomial = 0xEDB88320U;
  constexpr std::uint32_t kAllOnes = 0xFFFFFFFFU;
  std::uint32_t sum = kAllOnes;
  for (char const byte : bytes) {
    sum ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? kPolynomial : 0U);
    }
  }
  return sum ^ kAllOnes;
}

}  // namespace

std::optional<ArchiveProblem> find_archive_problem(std::string_view bytes,
                                                   std::uint64_t most_bytes) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    return ArchiveProblem{"this is an old or a password-protected workbook",
                          "save it without a password as an Excel workbook (*.xlsx)"};
  }
  if (!bytes.starts_with("PK")) {
    return ArchiveProblem{"this is no workbook", "save it as an Excel workbook (*.xlsx)"};
  }
  auto const entries = read_directory(bytes);
  if (!entries) {
    return ArchiveProblem{"the workbook is damaged or cut off", "copy or save it again"};
  }
  std::uint64_t unpacked = 0;
  bool workbook = false;
  for (Entry const& entry : *entries) {
    unpacked += entry.unpacked;
    workbook = workbook || entry.name == "xl/workbook.xml";
  }
  if (unpacked > most_bytes) {
    return ArchiveProblem{
        fmt::format("the workbook unpacks to {} bytes, more than {}", unpacked, most_bytes),
        "split the scenario or raise the limit"};
  }
  if (!workbook) {
    return ArchiveProblem{"the archive holds no workbook", "save it as an Excel workbook (*.xlsx)"};
  }
  return std::nullopt;
}

std::string with_short_content_types(std::string_view bytes) {
  constexpr std::string_view kName = "[Content_Types].xml";
  constexpr std::string_view kContent =
      R"(<?xml version="1.0" encoding="UTF-8"?>)"
      R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
      R"(<Override PartName="/xl/workbook.xml" ContentType=")"
      R"(application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>)"
      R"(<Override PartName="/xl/worksheets/sheet1.xml" ContentType=")"
      R"(application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)";
  std::vector<Entry> const entries = read_directory(bytes).value_or(std::vector<Entry>{});

  // What both the local header and the directory say of the new entry, which is not compressed.
  std::string facts;
  append_number(facts, 10, 2);  // version needed
  append_number(facts, 0, 8);   // flags, method, time, date
  append_number(facts, check_sum(kContent), 4);
  append_number(facts, kContent.size(), 4);
  append_number(facts, kContent.size(), 4);
  append_number(facts, kName.size(), 2);
  append_number(facts, 0, 2);  // extra

  std::string archive{bytes};
  std::size_t const entry_at = archive.size();
  archive += "PK\x03\x04" + facts + std::string{kName} + std::string{kContent};
  std::size_t const directory_at = archive.size();
  std::size_t count = 1;
  for (Entry const& entry : entries) {
    if (entry.name != kName) {
      archive += entry.record;
      ++count;
    }
  }
  archive += kEntry;
  append_number(archive, 10, 2);  // version made by
  archive += facts;
  archive.append(10, '\0');  // comment, disk, attributes
  append_number(archive, entry_at, 4);
  archive += kName;
  std::size_t const directory_size = archive.size() - directory_at;
  archive += kEndRecord;
  append_number(archive, 0, 4);  // disks
  append_number(archive, count, 2);
  append_number(archive, count, 2);
  append_number(archive, directory_size, 4);
  append_number(archive, directory_at, 4);
  append_number(archive, 0, 2);  // comment
  return archive;
}

}  // namespace guarantor::tables
