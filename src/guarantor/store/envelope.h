#pragma once

#include <string>
#include <string_view>

#include "guarantor/model/error.h"
#include "guarantor/store/record.h"
#include "guarantor/store/store.h"

/// The canonical JSON that an entry of the ledger commits to: a record's body and what was said
/// about it when it was kept,
/// `{"at":…,"body":…,"by":…,"key":…,"kind":…,"owner":…,"releasable_to":[…]}`, the last two left out
/// where they are empty.
namespace guarantor::store {

/// The envelope of a draft whose body is `canonical_body`. Error kBadInput for a text that is no
/// UTF-8. O(length).
[[nodiscard]] model::Result<std::string> write_envelope(Draft const& draft,
                                                        std::string_view canonical_body,
                                                        Author const& author);

/// The record in an envelope, all but its position. Error kCheckFailed where it is no envelope.
[[nodiscard]] model::Result<Record> read_envelope(std::string_view payload);

}  // namespace guarantor::store
