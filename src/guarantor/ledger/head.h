#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "guarantor/ledger/checkpoint.h"
#include "guarantor/model/error.h"

namespace guarantor::ledger {

/// How one of the two slots of a head file stands.
enum class SlotState {
  kEmpty,    ///< all zero: never written
  kWhole,    ///< as it was written
  kDamaged,  ///< neither: a write was torn by a crash, or somebody changed it
};

/// What a head file says. Signatures are not checked here: `verify_checkpoint` does.
struct HeadReading {
  std::array<SlotState, 2> slots{};
  std::optional<std::string> note;       ///< of the whole slot with the larger size
  std::optional<Checkpoint> checkpoint;  ///< what that note says

  [[nodiscard]] bool damaged() const {
    return slots[0] == SlotState::kDamaged || slots[1] == SlotState::kDamaged;
  }
};

/// The file `head`: the signed checkpoint of what was acknowledged last, so that a store that has
/// lost acknowledged entries is found out. Two slots of 512 bytes are written in turn, so that a
/// torn write leaves the other one. One process writes.
class HeadFile {
 public:
  static constexpr std::size_t kSlotBytes = 512;
  /// The longest note a slot holds; the rest is the SHA-256 of note and zeros.
  static constexpr std::size_t kMostNoteBytes = kSlotBytes - 32;

  /// A new file with two empty slots, durable. Errors: refused where it is there; unwritable.
  [[nodiscard]] static model::Result<HeadFile> create(std::filesystem::path const& file);
  /// The file to write on. Errors: not found; bad input unless 1024 bytes long; unwritable.
  [[nodiscard]] static model::Result<HeadFile> open(std::filesystem::path const& file);
  /// What a file says, without opening it for writing. Errors: not found; bad input.
  [[nodiscard]] static model::Result<HeadReading> read(std::filesystem::path const& file);

  HeadFile(HeadFile&& other) noexcept;
  HeadFile& operator=(HeadFile&& other) noexcept;
  HeadFile(HeadFile const&) = delete;
  HeadFile& operator=(HeadFile const&) = delete;
  ~HeadFile();

  [[nodiscard]] HeadReading const& reading() const { return reading_; }

  /// Acknowledges: when it returns the note is durable. One pwrite and one fdatasync, into the slot
  /// that does not hold the latest. Errors: bad input for a note that is no checkpoint or longer
  /// than a slot; refused for a size below the latest; unwritable, after which the file must be
  /// opened anew.
  [[nodiscard]] model::Result<model::Done> write(std::string_view note);

  /// Makes damaged slots empty ones, once the caller has found that nothing is lost. Errors:
  /// refused where no slot is whole and one is damaged; unwritable.
  [[nodiscard]] model::Result<model::Done> repair();

 private:
  HeadFile(std::filesystem::path file, int descriptor, HeadReading reading, int latest);

  std::filesystem::path file_;
  int descriptor_;
  HeadReading reading_;
  int latest_;  ///< the slot `reading_.note` stands in; 1 where none does, so that 0 comes first
};

}  // namespace guarantor::ledger
