// The same work in golang.org/x/mod/sumdb/tlog, for comparison: a log in memory, appended entry by
// entry by its StoredHashesForRecordHash, and proofs by its ProveRecord and ProveTree.
//
//	ledger_peer SMALL LARGE ROUND PROOFS    (LARGE >= SMALL + 11 * ROUND)
//
// prints a line of JSON: nanoseconds an append, the median of rounds of ROUND, at a log of SMALL and of LARGE
// entries, and a proof of the LARGE log.
package main

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"sort"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

type memory []tlog.Hash

func (hashes memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	read := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		read[i] = hashes[index]
	}
	return read, nil
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	var numbers [4]int64
	for i := range numbers {
		var err error
		numbers[i], err = strconv.ParseInt(os.Args[i+1], 10, 64)
		must(err)
	}
	small, large, round, proofs := numbers[0], numbers[1], numbers[2], numbers[3]
	hashes := make(memory, 0, 2*(large+11*round)+2*small)
	grow := func(from, to int64) {
		for n := from; n < to; n++ {
			var entry [32]byte
			binary.BigEndian.PutUint64(entry[:], uint64(n))
			added, err := tlog.StoredHashesForRecordHash(n, tlog.RecordHash(entry[:]), hashes)
			must(err)
			hashes = append(hashes, added...)
		}
	}
	perAppend := func(size int64) float64 { // the median of eleven rounds
		var rounds []float64
		for i := int64(0); i < 11; i++ {
			began := time.Now()
			grow(size+i*round, size+(i+1)*round)
			rounds = append(rounds, float64(time.Since(began).Nanoseconds())/float64(round))
		}
		sort.Float64s(rounds)
		return rounds[5]
	}
	grow(0, small)
	atSmall := perAppend(small)
	grow(small+11*round, large)
	atLarge := perAppend(large)

	seed := sha256.Sum256([]byte("proofs"))
	stream := binary.BigEndian.Uint64(seed[:])
	began := time.Now()
	for i := int64(0); i < proofs; i++ {
		stream = stream*6364136223846793005 + 1442695040888963407
		_, err := tlog.ProveRecord(large, int64(stream>>33)%large, hashes)
		must(err)
	}
	perProof := float64(time.Since(began).Nanoseconds()) / float64(proofs)
	fmt.Printf("{\"append_ns_small\": %.1f, \"append_ns_large\": %.1f, \"inclusion_proof_ns\": %.1f}\n",
		atSmall, atLarge, perProof)
}
