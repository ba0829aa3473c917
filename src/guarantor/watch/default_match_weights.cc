#include "guarantor/watch/match_weights.h"

namespace guarantor::watch {
namespace {

/// What `guarantor-bench match --learn --save-weights` wrote for the pairs named in the header, six
/// digits kept, and then made fit for others:
///
///  - One publisher's habit of blurring places taught that 30 m are better than none, and chance
///    that three days are better than one. Neighbouring weights of distances and days that rose are
///    pooled to their mean, and beyond 200 m so that nearer is never worse, whatever words are in
///    common (`words_far` rises with distance), as far as a quarter of a degree.
///  - `same_kind` and `other_kind` cannot be learnt there, since one of the two has no categories.
///    They are our judgement: a different word for it tells more than the same, as most events of
///    a place are of one kind.
///
/// The categories are those of the second organisation; other names count 0.
constexpr std::string_view kLearnt = R"(part,name,other,value
first,constant,,-11.3413
first,box_10,,6.30386
first,box_30,,6.30386
first,box_60,,6.30386
first,box_80,,6.30386
first,box_100,,5.87515
first,box_200,,4.76765
first,box_1000,,2.41172
first,box_3000,,0.800835
first,box_10000,,-0.965192
first,box_25000,,-2.48123
first,days_0,,3.19883
first,days_1,,0.68121
first,days_3,,0.68121
first,days_7,,-1.26865
first,days_14,,-1.79249
first,words,,-1.42658
first,words_far,,3.34465
first,told,,2.67113
first,categories,,0.877226
first,same_kind,,0.8
first,other_kind,,-1.2
second,constant,,-8.11198
second,box_10,,3.78969
second,box_30,,3.78969
second,box_60,,3.78969
second,box_80,,3.78969
second,box_100,,3.61009
second,box_200,,2.99178
second,box_1000,,1.57676
second,box_3000,,0.605181
second,box_10000,,-0.455529
second,box_25000,,-1.84201
second,days_0,,2.13331
second,days_1,,0.647398
second,days_3,,0.647398
second,days_7,,-0.901817
second,days_14,,-1.5253
second,words,,-1.48527
second,words_far,,2.00886
second,told,,2.46218
second,categories,,0.749486
second,same_kind,,0.5
second,other_kind,,-0.8
second,b_behind,,0.461182
second,b_ahead,,0.159905
second,a_behind,,0.387262
category,,bombing or explosion,0.417233
category,,civilian casualty,0.156094
category,,civilian infrastructure damage,0.0581302
category,,ground battle,0.5052
category,,mass grave or burial,-0.110975
category,,military infrastructure damage,-2.94969
category,,munitions,-0.473194
category,,other,-2.94969
category,,russian allies presence losses,-2.94969
category,,russian firing positions,0.832606
category,,russian military losses,-2.94969
category,,russian military presence,-2.94969
category,,ukrainian military losses,-2.94969
calibration,constant,,-0.16705
calibration,score,,0.891745
)";

}  // namespace

MatchWeights const& default_match_weights() {
  static MatchWeights const kWeights =
      parse_match_weights(kLearnt, "default_match_weights.cc").value();
  return kWeights;
}

}  // namespace guarantor::watch
