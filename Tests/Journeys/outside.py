"""What stands outside a house in a journey: witnesses, and a time-stamping authority made with openssl."""
import http.server
import os
import pathlib
import re
import signal
import subprocess
import threading

from house import BINARY, ROOT, patience, wait_for


class Witness:
    """`slipway witness` on a free port of loopback."""

    def __init__(self, folder, name="witness.example/w1"):
        self.folder, self.name, self.process, self.runs = pathlib.Path(folder), name, None, 0
        self.folder.mkdir(exist_ok=True)

    def start(self, *logs):
        self.runs += 1
        output = self.folder / f"output-{self.runs}"
        words = [word for log in logs for word in ("--log", log)]
        self.process = subprocess.Popen(
            [BINARY, "witness", "--data", str(self.folder / "data"), "--name", self.name, "--listen", "127.0.0.1:0", *words],
            stdin=subprocess.DEVNULL, stdout=open(output, "wb"), stderr=subprocess.STDOUT, cwd=ROOT)

        def address():
            assert self.process.poll() is None, output.read_text()
            return re.search(r"witness (\S+)\s+(http://\S+)", output.read_text())

        found = wait_for(address, 60, "the witness's address")
        self.key, self.url = found[1], found[2]
        return self

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20 * patience())


SETTINGS = """[tsa]
default_tsa = one
[one]
serial = ./serial
crypto_device = builtin
signer_cert = ./tsa.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class TimeAuthority:
    """RFC 3161 over HTTP: every request is answered by `openssl ts -reply`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.asked = 0
        run = self.openssl
        run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=CA")
        run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=TSA")
        (self.folder / "ext").write_text("extendedKeyUsage=critical,timeStamping\n")
        run("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tsa.pem", "-extfile", "ext")
        (self.folder / "serial").write_text("01\n")
        (self.folder / "tsa.cnf").write_text(SETTINGS)
        authority = self

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                assert self.headers["Content-Type"] == "application/timestamp-query"
                body = authority.reply(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def openssl(self, *words):
        return subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def reply(self, request):
        self.asked += 1
        (self.folder / "q.tsq").write_bytes(request)
        self.openssl("ts", "-reply", "-queryfile", "q.tsq", "-config", "tsa.cnf", "-out", "r.tsr")
        return (self.folder / "r.tsr").read_bytes()

    def configure(self, data):
        """Names it in a house's data folder."""
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.chmod(data, 0o700)
        (data / "time-authority").write_text(f"# the authority of this journey\n{self.url}\n{(self.folder / 'ca.pem').read_text()}")

    def stop(self):
        self.server.shutdown()
