"""Where the program writes: results and talk kept apart, and streams that fail."""
import os
import pty
import subprocess
import unittest

from program import BINARY, SECONDS, ProgramTest, run


def run_watched(arguments, environment):
    """Runs with a terminal as both streams; what it showed, and the exit code."""
    leader, follower = pty.openpty()
    with subprocess.Popen([BINARY, *map(str, arguments)], stdin=subprocess.DEVNULL,
                          stdout=follower, stderr=follower,
                          env={**os.environ, **environment}) as process:
        os.close(follower)
        shown = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:  # the last writer is gone
                break
            if not part:
                break
            shown += part
        process.wait(timeout=SECONDS)
    os.close(leader)
    return shown, process.returncode


class Streams(ProgramTest):
    def test_nothing_but_the_result_without_a_terminal(self):
        process = run("plan", self.small(), "-o", self.folder / "out")
        self.assert_ends(process, 0)
        self.assertEqual(process.stderr, "")
        self.assertNotIn("\r", process.stdout)

    def test_progress_at_a_terminal(self):
        shown, code = run_watched(["generate", self.small()], {"TERM": "xterm"})
        self.assertEqual(code, 0, shown)
        self.assertIn(b"\r[", shown)

    def test_no_color_is_obeyed(self):
        shown, code = run_watched(["generate", self.small()], {"TERM": "xterm", "NO_COLOR": "1"})
        self.assertEqual(code, 0, shown)
        self.assertNotIn(b"\x1b[3", shown)

    def test_a_reader_that_goes_away(self):
        for verb in (["generate", self.small()], ["--help"], ["man"], ["completion", "zsh"]):
            with self.subTest(verb):
                reader, writer = os.pipe()
                os.close(reader)
                process = run(*verb, capture_output=False, stdout=writer, stderr=subprocess.PIPE)
                os.close(writer)
                self.assertEqual(process.returncode, 2)
                self.assertIn("unwritable: standard output", process.stderr)

    @unittest.skipUnless(os.path.exists("/dev/full"), "needs /dev/full")
    def test_a_full_disk(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            process = run("generate", self.small(), capture_output=False, stdout=full,
                          stderr=subprocess.PIPE)
        self.assertEqual(process.returncode, 2)
        self.assertIn("No space left", process.stderr)

    def test_standard_error_may_be_closed(self):
        process = run("check", self.small(), capture_output=False, stdout=subprocess.PIPE,
                      stderr=None, preexec_fn=lambda: os.close(2))
        self.assertEqual(process.returncode, 0)


if __name__ == "__main__":
    unittest.main()
