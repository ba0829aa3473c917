#include "guarantor/ledger/key_chain.h"

#include <gtest/gtest.h>

#include "memory_log.h"

namespace guarantor::ledger {
namespace {

VerifierKey const kFirst = key_of('a').verifier();

/// a hands over to b at 10 entries, b to c at 25.
std::string three_keys(MemoryLog const& log) {
  return sign_rotation(log.head(10), key_of('a'), key_of('b')).value() +
         sign_rotation(log.head(25), key_of('b'), key_of('c')).value();
}

TEST(KeyChain, LeadsFromTheFirstKeyToTheLast) {
  MemoryLog const log{30};
  auto const chain = verify_key_chain(three_keys(log), kFirst).value();
  ASSERT_EQ(chain.size(), 3U);
  EXPECT_EQ(chain[0], (KeyTerm{kFirst, {0, empty_root()}}));
  EXPECT_EQ(chain[1], (KeyTerm{key_of('b').verifier(), log.head(10)}));
  EXPECT_EQ(chain[2], (KeyTerm{key_of('c').verifier(), log.head(25)}));
  EXPECT_EQ(keys_at(chain, 9), std::vector{chain[0].key});
  EXPECT_EQ(keys_at(chain, 10), (std::vector{chain[0].key, chain[1].key}));
  EXPECT_EQ(keys_at(chain, 11), std::vector{chain[1].key});
  EXPECT_EQ(keys_at(chain, 25), (std::vector{chain[1].key, chain[2].key}));
  EXPECT_EQ(keys_at(chain, 1000), std::vector{chain[2].key});
}

TEST(KeyChain, OfNoChangeIsTheFirstKey) {
  auto const chain = verify_key_chain("", kFirst).value();
  ASSERT_EQ(chain.size(), 1U);
  EXPECT_EQ(keys_at(chain, 0), std::vector{kFirst});
}

TEST(KeyChain, IsRefusedOtherwise) {
  MemoryLog const log{30};
  auto const link = [&](char from, char to, std::uint64_t size) {
    return sign_rotation(log.head(size), key_of(from), key_of(to)).value();
  };
  for (std::string const& wrong :
       {link('b', 'c', 5), link('a', 'b', 5) + link('a', 'c', 6),
        link('a', 'b', 9) + link('b', 'c', 8), link('a', 'b', 5) + link('b', 'a', 6),
        link('b', 'c', 25) + link('a', 'b', 10),
        sign_rotation({0, sha256("x")}, key_of('a'), key_of('b')).value()}) {
    EXPECT_EQ(verify_key_chain(wrong, kFirst).error().kind, model::ErrorKind::kCheckFailed);
  }
  // Signed by one of the two alone.
  auto note = parse_note(link('a', 'b', 5)).value();
  std::swap(note.signatures[0], note.signatures[1]);
  EXPECT_TRUE(verify_key_chain(note_text(note), kFirst));
  note.signatures.pop_back();
  EXPECT_FALSE(verify_key_chain(note_text(note), kFirst));
  EXPECT_FALSE(sign_rotation(log.head(1), key_of('a'), key_of('a')));
  EXPECT_FALSE(sign_rotation(log.head(1), key_of('a'),
                             key_of('b', SignatureType::kEd25519, "other.example")));
  EXPECT_FALSE(sign_rotation(log.head(1), key_of('a'), key_of('b', SignatureType::kCosignature)));
}

TEST(KeyChain, IsChangedByAnyByte) {
  MemoryLog const log{30};
  std::string const good = three_keys(log);
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (char const flip : {'\x01', '\x20', '\x80'}) {
      std::string text = good;
      text[at] = static_cast<char>(text[at] ^ flip);
      ASSERT_FALSE(verify_key_chain(text, kFirst)) << at;
    }
  }
  auto const error = verify_key_chain(good + "x", kFirst).error();
  EXPECT_EQ(error.message.substr(0, 33), "the change of keys at line 15: a ");
}

TEST(KeyChainFile, GrowsByWholeLinks) {
  ScratchFolder const folder;
  MemoryLog const log{30};
  EXPECT_EQ(read_key_chain_file(folder.path()).value(), "");
  ASSERT_TRUE(append_key_chain_file(folder.path(),
                                    sign_rotation(log.head(10), key_of('a'), key_of('b')).value()));
  ASSERT_TRUE(append_key_chain_file(folder.path(),
                                    sign_rotation(log.head(25), key_of('b'), key_of('c')).value()));
  EXPECT_EQ(read_key_chain_file(folder.path()).value(), three_keys(log));
}

}  // namespace
}  // namespace guarantor::ledger
