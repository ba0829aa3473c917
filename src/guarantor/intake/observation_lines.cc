#include "guarantor/intake/observation_lines.h"

#include <utility>

#include "guarantor/intake/line_records.h"
#include "guarantor/intake/observation_json.h"
#include "guarantor/intake/text_adapter.h"

namespace guarantor::intake {
namespace {

class ObservationLines final : public TextAdapter {
 public:
  explicit ObservationLines(Limits const& limits) : reader_{limits}, lines_{limits.record_bytes} {}

 private:
  class Receiver final : public LineReceiver {
   public:
    Receiver(ObservationReader& reader, Sink& sink) : reader_{reader}, sink_{sink} {}

    void line(std::string_view text, std::uint64_t number) override {
      model::Observation observation;
      if (auto flaw = reader_.read(text, observation)) {
        flaw->line = number;
        sink_.reject(*flaw);
      } else {
        sink_.take(std::move(observation), number);
      }
    }
    void bad_line(Reject const& reject) override { sink_.reject(reject); }

   private:
    ObservationReader& reader_;
    Sink& sink_;
  };

  void feed_text(std::string_view text, Sink& sink) override {
    Receiver receiver{reader_, sink};
    lines_.feed(text, receiver);
  }
  void finish_text(Sink& sink) override {
    Receiver receiver{reader_, sink};
    lines_.finish(receiver);
  }

  ObservationReader reader_;
  LineRecords lines_;
};

}  // namespace

std::unique_ptr<Adapter> observation_lines(Limits const& limits) {
  return std::make_unique<ObservationLines>(limits);
}

}  // namespace guarantor::intake
