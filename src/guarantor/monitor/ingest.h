#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guarantor/intake/adapter.h"
#include "guarantor/intake/decompression.h"
#include "guarantor/intake/detect.h"
#include "guarantor/intake/mapping.h"
#include "guarantor/intake/reject.h"
#include "guarantor/model/error.h"
#include "guarantor/model/observation.h"
#include "guarantor/monitor/watch_desk.h"

namespace guarantor::monitor {

/// What came of one stream.
struct IngestCounts {
  std::uint64_t observations{};  ///< read
  std::uint64_t taken{};         ///< of them new, or in place of an earlier version
  std::uint64_t repeated{};      ///< delivered before
  std::uint64_t overtaken{};     ///< other versions of what stands, and none reported later
  std::uint64_t revisions{};     ///< of incidents
  std::uint64_t opened{};        ///< incidents
  intake::RejectCounts rejects;
};

struct IngestOptions {
  std::string name;                        ///< of the stream, for detection and errors
  std::optional<intake::Format> format;    ///< absent: by its name and first bytes
  std::optional<intake::Mapping> mapping;  ///< of a table
  intake::Limits limits;
  std::size_t batch{1000};                ///< observations kept in one step
  std::function<store::Author()> author;  ///< who, and what time it is
  /// Told of each batch when it is on disk.
  std::function<model::Result<model::Done>(TakenBatch const&)> kept;
};

/// One stream of bytes, compressed or not, into a watch desk.
class Ingest final : private intake::Sink {
 public:
  /// Where a batch goes, as `WatchDesk::take`.
  using Take = std::function<model::Result<TakenBatch>(std::span<model::Observation const>,
                                                       store::Author const&)>;
  Ingest(WatchDesk& desk, IngestOptions options);
  Ingest(Take take, IngestOptions options);
  ~Ingest() override;
  Ingest(Ingest const&) = delete;
  Ingest& operator=(Ingest const&) = delete;

  /// The next bytes. Errors: a format that cannot be told or needs a mapping; a damaged compressed
  /// stream, after what came before was kept; those of the desk.
  [[nodiscard]] model::Result<model::Done> feed(std::string_view bytes);
  /// Keeps what has been read so far, so that it need not wait for a full batch.
  [[nodiscard]] model::Result<model::Done> flush();
  /// The stream has ended.
  [[nodiscard]] model::Result<model::Done> finish();

  [[nodiscard]] IngestCounts const& counts() const { return counts_; }

 private:
  void take(model::Observation&& observation, std::uint64_t line) override;
  void reject(intake::Reject const& reject) override { counts_.rejects.add(reject); }

  void read(std::string_view bytes);
  [[nodiscard]] model::Result<model::Done> settle();
  [[nodiscard]] model::Result<model::Done> keep();
  [[nodiscard]] model::Result<model::Done> choose_adapter();
  [[nodiscard]] model::Result<model::Done> state() const;

  Take take_;
  IngestOptions options_;
  intake::Decompression decompression_;
  std::string first_;  ///< until the adapter is known
  std::unique_ptr<intake::Adapter> adapter_;
  std::vector<model::Observation> waiting_;
  std::optional<model::Error> failure_;
  IngestCounts counts_;
};

}  // namespace guarantor::monitor
