// A second opinion on what the ledger writes: reads its checkpoints, proofs and tiles and checks them
// with golang.org/x/mod/sumdb/note and tlog alone. One question a line on standard input, fields
// divided by tabs; one answer a line: "accept", or "reject" and why.
//
//	inclusion    VKEY ENTRY-HEX FILE     a C2SP tlog-proof
//	consistency  VKEY OLD-ROOT FILE      the body of a C2SP tlog-witness add-checkpoint
//	tiles        VKEY FOLDER             a C2SP tlog-tiles folder: entries held against its tiles, all
//	                                     of a small log
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func parseHash(text string) (tlog.Hash, error) {
	var hash tlog.Hash
	raw, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(raw) != tlog.HashSize {
		return hash, errors.New("no hash: " + text)
	}
	copy(hash[:], raw)
	return hash, nil
}

func parseNumber(text string) (int64, error) {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 || strconv.FormatInt(number, 10) != text {
		return 0, errors.New("no number: " + text)
	}
	return number, nil
}

// The tree a signed checkpoint speaks of.
func openCheckpoint(vkey string, signed []byte) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return tree, errors.New("no checkpoint of that log")
	}
	if tree.N, err = parseNumber(lines[1]); err != nil {
		return tree, err
	}
	tree.Hash, err = parseHash(lines[2])
	return tree, err
}

// The hashes up to an empty line, and the tree of the checkpoint behind it.
func parseProof(vkey string, text []byte) ([]tlog.Hash, tlog.Tree, error) {
	var hashes []tlog.Hash
	for {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			return nil, tlog.Tree{}, errors.New("the proof has no end")
		}
		line := string(text[:end])
		text = text[end+1:]
		if line == "" {
			break
		}
		hash, err := parseHash(line)
		if err != nil {
			return nil, tlog.Tree{}, err
		}
		hashes = append(hashes, hash)
	}
	tree, err := openCheckpoint(vkey, text)
	return hashes, tree, err
}

func takeLine(text []byte, key string) (string, []byte, bool) {
	end := bytes.IndexByte(text, '\n')
	if end < 0 || !strings.HasPrefix(string(text[:end]), key) {
		return "", text, false
	}
	return string(text[len(key):end]), text[end+1:], true
}

// Whether the record and salt that a proof carries are what the entry commits to.
func checkExtra(extra string, entry []byte) error {
	raw, err := base64.StdEncoding.Strict().DecodeString(extra)
	if err != nil {
		return err
	}
	var carried map[string]string
	if err := json.Unmarshal(raw, &carried); err != nil {
		return err
	}
	payload, found := carried["payload"]
	salt, err := hex.DecodeString(carried["salt"])
	if err != nil || !found || len(carried) != 2 || hex.EncodeToString(salt) != carried["salt"] {
		return errors.New("the proof carries no record with its salt")
	}
	sum := sha256.Sum256(append(salt, payload...))
	if !bytes.Equal(sum[:], entry) {
		return errors.New("the record is not what the entry commits to")
	}
	return nil
}

func checkInclusion(vkey, entryHex, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	entry, err := hex.DecodeString(entryHex)
	if err != nil {
		return err
	}
	rest, text, found := takeLine(text, "c2sp.org/tlog-proof@v1")
	if !found || rest != "" {
		return errors.New("no proof")
	}
	extra, text, found := takeLine(text, "extra ")
	if found {
		if err := checkExtra(extra, entry); err != nil {
			return err
		}
	}
	written, text, found := takeLine(text, "index ")
	if !found {
		return errors.New("no index")
	}
	index, err := parseNumber(written)
	if err != nil {
		return err
	}
	proof, tree, err := parseProof(vkey, text)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

func checkConsistency(vkey, oldRoot, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	written, text, found := takeLine(text, "old ")
	if !found {
		return errors.New("no old size")
	}
	old, err := parseNumber(written)
	if err != nil {
		return err
	}
	root, err := parseHash(oldRoot)
	if err != nil {
		return err
	}
	proof, tree, err := parseProof(vkey, text)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, old, root)
}

// The tiles of a folder, under C2SP's names: without the height that this library puts first.
type folderTiles string

func (folder folderTiles) Height() int                     { return 8 }
func (folder folderTiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (folder folderTiles) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(folder.path(tile, "tile/"))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}
func (folder folderTiles) path(tile tlog.Tile, top string) string {
	return filepath.Join(string(folder), top+strings.TrimPrefix(tile.Path(), "tile/8/"))
}

func checkTiles(vkey, path string) error {
	signed, err := os.ReadFile(filepath.Join(path, "checkpoint"))
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(vkey, signed)
	if err != nil {
		return err
	}
	folder := folderTiles(path)
	reader := tlog.TileHashReader(tree, folder)
	var bundle []byte
	loaded := int64(-1)
	for n := int64(0); n < tree.N; n += 1 + tree.N/2000 {
		if n/256 != loaded {
			loaded = n / 256
			width := tree.N - loaded*256
			if width > 256 {
				width = 256
			}
			name := folder.path(tlog.Tile{H: 8, L: 0, N: loaded, W: int(width)}, "tile/")
			name = strings.Replace(name, "tile/0/", "tile/entries/", 1)
			if bundle, err = os.ReadFile(name); err != nil {
				return err
			}
			if int64(len(bundle)) != 34*width {
				return errors.New("a bundle of another length")
			}
		}
		entry := bundle[n%256*34 : n%256*34+34]
		if entry[0] != 0 || entry[1] != 32 {
			return errors.New("an entry of another length")
		}
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		if err != nil {
			return err
		}
		if hashes[0] != tlog.RecordHash(entry[2:]) {
			return fmt.Errorf("entry %d is not in the tree", n)
		}
	}
	return nil
}

func answer(fields []string) error {
	switch {
	case len(fields) == 4 && fields[0] == "inclusion":
		return checkInclusion(fields[1], fields[2], fields[3])
	case len(fields) == 4 && fields[0] == "consistency":
		return checkConsistency(fields[1], fields[2], fields[3])
	case len(fields) == 3 && fields[0] == "tiles":
		return checkTiles(fields[1], fields[2])
	}
	fmt.Fprintln(os.Stderr, "no such question:", strings.Join(fields, " "))
	os.Exit(2)
	return nil
}

func main() {
	questions := bufio.NewScanner(os.Stdin)
	for questions.Scan() {
		if err := answer(strings.Split(questions.Text(), "\t")); err != nil {
			fmt.Println("reject", strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Println("accept")
		}
	}
}
