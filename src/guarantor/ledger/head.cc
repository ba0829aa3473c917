#include "guarantor/ledger/head.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "guarantor/ledger/durable_file.h"

namespace guarantor::ledger {
namespace {

namespace fs = std::filesystem;
using model::Done;
using model::Error;
using model::ErrorKind;
using model::Result;

constexpr std::size_t kFileBytes = 2 * HeadFile::kSlotBytes;

struct Slot {
  SlotState state{};
  std::string note{};
  Checkpoint checkpoint{};
};

std::string slot_bytes(std::string_view note) {
  std::string bytes{note};
  bytes.resize(HeadFile::kMostNoteBytes, '\0');
  return bytes + std::string{sha256(bytes).view()};
}

Slot read_slot(std::string_view bytes) {
  if (std::ranges::all_of(bytes, [](char byte) { return byte == '\0'; })) {
    return {.state = SlotState::kEmpty};
  }
  std::string_view const note = bytes.substr(0, bytes.find('\0'));
  if (note.size() > HeadFile::kMostNoteBytes || slot_bytes(note) != bytes) {
    return {.state = SlotState::kDamaged};
  }
  auto checkpoint = parse_unverified_checkpoint(note);
  if (!checkpoint) {
    return {.state = SlotState::kDamaged};
  }
  return {SlotState::kWhole, std::string{note}, std::move(checkpoint).value()};
}

/// What the file says, and which slot says it; 1 where none does.
std::pair<HeadReading, int> read_slots(std::string_view bytes) {
  std::array<Slot, 2> slots{read_slot(bytes.substr(0, HeadFile::kSlotBytes)),
                            read_slot(bytes.substr(HeadFile::kSlotBytes))};
  HeadReading reading{.slots = {slots[0].state, slots[1].state}, .note = {}, .checkpoint = {}};
  int latest = 1;
  for (int i = 0; i < 2; ++i) {
    Slot& slot = slots.at(static_cast<std::size_t>(i));
    bool const later =
        slot.state == SlotState::kWhole &&
        (!reading.checkpoint || slot.checkpoint.head.size > reading.checkpoint->head.size);
    if (later) {
      reading.note = std::move(slot.note);
      reading.checkpoint = std::move(slot.checkpoint);
      latest = i;
    }
  }
  return {reading, latest};
}

Result<std::string> read_bytes(fs::path const& file) {
  auto bytes = read_whole_file(file, kFileBytes);
  if (bytes && bytes.value().size() == kFileBytes) {
    return bytes;
  }
  if (bytes || bytes.error().kind == ErrorKind::kLimit) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("{} is no head file: those have {} bytes", file.string(), kFileBytes),
                 ""};
  }
  return bytes;
}

/// Puts a slot's bytes in its place, durably.
Result<Done> write_slot(int descriptor, int slot, std::string_view bytes, fs::path const& file) {
  auto const place = static_cast<off_t>(slot) * static_cast<off_t>(HeadFile::kSlotBytes);
  ssize_t written = -1;
  do {
    written = ::pwrite(descriptor, bytes.data(), bytes.size(), place);
  } while (written < 0 && errno == EINTR);
  if (written != static_cast<ssize_t>(bytes.size()) || ::fdatasync(descriptor) != 0) {
    return unwritable(file);
  }
  return Done{};
}

}  // namespace

HeadFile::HeadFile(fs::path file, int descriptor, HeadReading reading, int latest)
    : file_{std::move(file)},
      descriptor_{descriptor},
      reading_{std::move(reading)},
      latest_{latest} {}

HeadFile::HeadFile(HeadFile&& other) noexcept
    : file_{std::move(other.file_)},
      descriptor_{std::exchange(other.descriptor_, -1)},
      reading_{std::move(other.reading_)},
      latest_{other.latest_} {}

HeadFile& HeadFile::operator=(HeadFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(reading_, other.reading_);
  std::swap(latest_, other.latest_);
  return *this;
}

HeadFile::~HeadFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

Result<HeadFile> HeadFile::create(fs::path const& file) {
  auto made = create_file(file, std::string(kFileBytes, '\0'), kReadableByAll);
  return made ? open(file) : Result<HeadFile>{made.error()};
}

Result<HeadFile> HeadFile::open(fs::path const& file) {
  auto const bytes = read_bytes(file);
  if (!bytes) {
    return bytes.error();
  }
  auto [reading, latest] = read_slots(bytes.value());
  Descriptor descriptor{::open(file.c_str(), O_WRONLY | O_CLOEXEC)};
  if (!descriptor.open()) {
    return unwritable(file);
  }
  return HeadFile{file, descriptor.release(), std::move(reading), latest};
}

Result<HeadReading> HeadFile::read(fs::path const& file) {
  auto const bytes = read_bytes(file);
  return bytes ? Result<HeadReading>{read_slots(bytes.value()).first}
               : Result<HeadReading>{bytes.error()};
}

Result<Done> HeadFile::write(std::string_view note) {
  auto checkpoint = parse_unverified_checkpoint(note);
  if (!checkpoint) {
    return checkpoint.error();
  }
  if (note.size() > kMostNoteBytes) {
    return Error{ErrorKind::kBadInput,
                 fmt::format("the head's checkpoint has {} bytes, more than the {} of a slot",
                             note.size(), kMostNoteBytes),
                 "sign it with fewer keys, or with a shorter name"};
  }
  if (reading_.checkpoint && checkpoint.value().head.size < reading_.checkpoint->head.size) {
    return Error{ErrorKind::kRefused,
                 fmt::format("{} entries were acknowledged already, {} are fewer",
                             reading_.checkpoint->head.size, checkpoint.value().head.size),
                 ""};
  }
  int const slot = 1 - latest_;
  auto written = write_slot(descriptor_, slot, slot_bytes(note), file_);
  if (!written) {
    ::close(std::exchange(descriptor_, -1));  // nobody knows what the slot holds now
    return written;
  }
  reading_.slots.at(static_cast<std::size_t>(slot)) = SlotState::kWhole;
  reading_.note = note;
  reading_.checkpoint = std::move(checkpoint).value();
  latest_ = slot;
  return written;
}

Result<Done> HeadFile::repair() {
  if (reading_.damaged() && !reading_.note) {
    return Error{
        ErrorKind::kRefused,
        fmt::format("{}: no slot is whole, so what was acknowledged is unknown", file_.string()),
        "restore the file from a copy, or verify the log and begin a new head"};
  }
  for (int slot = 0; slot < 2; ++slot) {
    auto& state = reading_.slots.at(static_cast<std::size_t>(slot));
    if (state == SlotState::kDamaged) {
      auto written = write_slot(descriptor_, slot, std::string(kSlotBytes, '\0'), file_);
      if (!written) {
        return written;
      }
      state = SlotState::kEmpty;
    }
  }
  return Done{};
}

}  // namespace guarantor::ledger
