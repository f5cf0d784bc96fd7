# SPDX-License-Identifier: GPL-3.0-or-later
"""No one gets in: the local server is for this machine and holds no files, fetches go by http and
https alone, secrets stay out of results, and rights and links of others are not used."""

import http.server
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import threading
import time
import unittest

from stage import TRIAL, TVP, Stage, sign
from validate_schema import ROOT

HTTPD = os.path.join(os.path.dirname(os.path.abspath(TRIAL)), "../workloads/tvp-httpd")
SECRETS = ("hush", "mesecret", "127.0.0.1")
STRANGER = 61234


class Server(Stage):
    """tvp-httpd alone, as a client of this machine meets it."""

    def setUp(self):
        super().setUp()
        self.server = subprocess.Popen([HTTPD], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       env=self.environment)
        self.addCleanup(self.server.stdout.close)
        self.addCleanup(self.server.wait)
        self.addCleanup(self.server.stdin.close)
        self.port = int(self.server.stdout.readline())

    def tearDown(self):
        self.doCleanups()

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.addCleanup(client.close)
        return client

    def ask(self, text):
        """The status of the answer; 0 if there is none."""
        client = self.connect()
        try:
            client.sendall(text.encode())
            answer = client.recv(65536)
        except ConnectionError:
            return 0
        match = re.match(rb"HTTP/1\.[01] (\d+) ", answer)
        return int(match[1]) if match else 0

    def test_it_listens_on_the_loopback_alone(self):
        found = []
        for name in ("tcp", "tcp6"):
            with open(f"/proc/{self.server.pid}/net/{name}", encoding="utf-8") as file:
                rows = [line.split() for line in file.readlines()[1:]]
            found += [row[1] for row in rows
                      if row[3] == "0A" and row[1].endswith(f":{self.port:04X}")]
        self.assertEqual([f"0100007F:{self.port:04X}"], found)

    def test_it_serves_no_files(self):
        for path in ("/", "/etc/passwd", "/../../../../../../etc/passwd", "//etc/passwd",
                     "/size/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "file:///etc/passwd",
                     "/size/", "/size/-1", "/size/99999999999", "/status/99", "/status/2000"):
            with self.subTest(path):
                self.assertEqual(404, self.ask(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"))

    def test_it_answers_to_get_alone(self):
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            with self.subTest(method):
                request = f"{method} /size/3 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
                self.assertEqual(405, self.ask(request))

    def test_what_is_too_large_is_refused(self):
        for request in ("GET /" + "x" * 1_000_000 + " HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /size/1 HTTP/1.1\r\nHost: x\r\nX: " + "x" * 1_000_000 + "\r\n\r\n",
                        "GET /size/1 HTTP/1.1\r\n" + "X: y\r\n" * 200_000 + "\r\n"):
            status = self.ask(request)
            self.assertTrue(status == 0 or 400 <= status < 500, status)
        self.assertEqual(200, self.ask("GET /size/1 HTTP/1.1\r\nHost: x\r\n\r\n"))

    def test_who_dawdles_is_not_waited_for_and_keeps_nobody_out(self):
        slow = [self.connect() for _ in range(100)]
        for client in slow:
            client.sendall(b"GET /size/1 HTTP/1.1\r\nX: ")
        self.assertEqual(200, self.ask("GET /size/1 HTTP/1.1\r\nHost: x\r\n\r\n"))
        before = time.monotonic()
        for client in slow:
            client.settimeout(20)
            try:
                while client.recv(4096):
                    pass
            except ConnectionError:
                pass
        self.assertLess(time.monotonic() - before, 20)


class Redirects(http.server.BaseHTTPRequestHandler):
    """/to?URL redirects to URL, /loop to itself, /end has three bytes."""

    def do_GET(self):  # noqa: N802 (its name is given)
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        target = {"/loop": here + "/loop", "/end": None}.get(self.path, self.path.partition("?")[2])
        self.send_response(302 if target else 200)
        if target:
            self.send_header("Location", target.replace("HERE", here))
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"end")

    def log_message(self, *_):
        pass


class Fetches(Stage):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Redirects)
        self.addCleanup(self.server.server_close)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.shutdown)
        self.port = self.server.server_address[1]
        self.list = os.path.join(self.work, "list")

    def fetch(self, *paths):
        with open(self.list, "w", encoding="utf-8") as file:
            file.writelines(f"http://127.0.0.1:{self.port}{path}\n" for path in paths)
        return subprocess.run([TRIAL, "http", f"--set=urls={self.list}"], env=self.environment,
                              capture_output=True, text=True, timeout=60, check=False)

    def test_redirects_to_other_schemes_are_not_followed(self):
        done = self.fetch("/to?HERE/end", "/to?file:///etc/passwd", "/to?ftp://127.0.0.1/x",
                          "/to?gopher://127.0.0.1/x", "/to?dict://127.0.0.1/x",
                          "/to?smb://127.0.0.1/x", "/loop", "/to?FILE:///etc/passwd")
        sample = json.loads(done.stdout)
        texts = {error["task"]: error["text"] for error in sample["errors"]}
        self.assertEqual({1, 2, 3, 4, 5, 6, 7}, set(texts))
        for task in (1, 2, 3, 4, 5, 7):
            self.assertEqual("Unsupported protocol", texts[task])
        self.assertIn("redirect", texts[6])

    def test_lists_that_are_no_files_are_refused_at_once(self):
        os.mkfifo(os.path.join(self.work, "pipe"))
        for path in (os.path.join(self.work, "pipe"), "/dev/zero", self.work, "/dev/tty"):
            done = subprocess.run([TRIAL, "http", f"--set=urls={path}"], env=self.environment,
                                  capture_output=True, text=True, timeout=20, check=False)
            self.assertEqual((2, ""), (done.returncode, done.stdout), path)
            self.assertRegex(done.stderr,
                             r"\Atvp-trial: workload http: [^\n]*file of urls[^\n]*\n\Z")

    def test_secrets_in_addresses_are_recorded_nowhere(self):
        self.fetch()
        with open(self.list, "w", encoding="utf-8") as file:
            file.write(f"http://mesecret:mesecret@127.0.0.1:{self.port}/end?token=hush\n"
                       f"http://mesecret:mesecret@127.0.0.1:{self.port}/to?nothing://hush\n")
        done = self.tvp("run", "http", "--set", f"urls={self.list}", "--epochs", "1", "--json",
                        "r.json", "--no-placebo", "--no-repeats", "-s", "serial,fork")
        self.assertEqual(0, done.returncode, done.stderr)  # all strategies fail alike
        with open(os.path.join(self.work, "r.json"), encoding="utf-8") as file:
            text = file.read()
        # Not the bare number: a count of nanoseconds may hold the same digits.
        for word in (*SECRETS, f"127.0.0.1:{self.port}"):
            self.assertNotIn(word, text + done.stdout + done.stderr)
        self.assertIn("urls=list", text)


class Rights(Stage):
    def test_no_program_is_started_because_a_file_names_it(self):
        run = ("run", "--no-placebo", "--no-repeats", "--epochs", "1", "--json", "r.json")
        done = self.tvp(*run, "command", "-s", "serial", "--tasks", "1", "--set", "argv=true")
        self.assertEqual(0, done.returncode, done.stderr)
        result = self.result(os.path.join(self.work, "r.json"))
        result["series"][0]["arguments"] = "argv=touch owned"
        with open(os.path.join(self.work, "theirs.json"), "w", encoding="utf-8") as file:
            json.dump(sign(result), file)
        self.complaint(self.tvp(*run, "--like", "theirs.json"), 2,
                       r"command would start what that file says \(argv=touch owned\)")
        self.assertNotIn("owned", os.listdir(self.work))
        done = self.tvp(*run, "command", "--like", "theirs.json")
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("owned", os.listdir(self.work))

    def test_addresses_on_the_command_line_are_not_recorded(self):
        address = "https://mesecret:mesecret@host.example/x/y?token=hush"
        self.fake_run("nap", "tune", "--epochs", "1", "-s", "serial", f"--set=tone={address}",
                      "--set", f"nap.tone={address},{address}", "--json", "r.json")
        with open(os.path.join(self.work, "r.json"), encoding="utf-8") as file:
            argv = json.load(file)["config"]["argv"]
        self.assertIn("--set=tone=ADDRESS", argv)
        self.assertIn("nap.tone=ADDRESS", argv)
        for word in (*SECRETS, "host.example"):
            self.assertNotIn(word, json.dumps(argv))

    def test_arguments_of_workloads_are_recorded_without_addresses(self):
        done = subprocess.run([TRIAL, "http", "--on-command", "--set=pages=size:1"],
                              env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertIn("pages=size:1", json.loads(done.stdout)["arguments"])

    def test_results_are_as_private_as_the_umask_says(self):
        for mask, mode in ((0o022, 0o644), (0o077, 0o600)):
            before = os.umask(mask)
            try:
                self.fake_run("nap", "--epochs", "1", "-s", "serial", "--json", f"{mode}.json")
            finally:
                os.umask(before)
            found = os.stat(os.path.join(self.work, f"{mode}.json")).st_mode
            self.assertEqual(mode, stat.S_IMODE(found))

    def test_links_that_others_have_laid_are_not_written_through(self):
        victim = os.path.join(self.folder, "victim")
        with open(victim, "w", encoding="utf-8") as file:
            file.write("mine")
        os.symlink(victim, os.path.join(self.work, "report.html.part"))
        done = self.tvp("report", str(ROOT / "tests/data/sample.json"), "-o", "report.html")
        self.assertEqual(0, done.returncode, done.stderr)
        with open(victim, encoding="utf-8") as file:
            self.assertEqual("mine", file.read())
        self.assertFalse(os.path.islink(os.path.join(self.work, "report.html")))

    def test_neither_program_runs_with_the_rights_of_another(self):
        if os.geteuid() != 0:
            self.skipTest("only root can give a program away")
        os.chmod(self.folder, 0o755)
        for program in (TVP, TRIAL):
            copy = shutil.copy(program, os.path.join(self.folder, os.path.basename(program)))
            os.chown(copy, STRANGER, STRANGER)
            os.chmod(copy, 0o4755)
            done = subprocess.run([copy, "--version"], env=self.environment, capture_output=True,
                                  text=True, timeout=60, check=False)
            if done.returncode == 0 and os.statvfs(self.folder).f_flag & os.ST_NOSUID:
                self.skipTest("this file system gives no rights away")
            self.assertEqual((1, ""), (done.returncode, done.stdout))
            self.assertEqual(f"{os.path.basename(program)}: does not run with more rights than "
                             "whoever calls it has\n", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
