"""Prepare and serve the demo. Runs inside .venv; see demo/__main__.py for the command people type."""

from __future__ import annotations

import argparse
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts.bootstrap import ROOT, check_writable, say, stop

ROOT_DIR = Path(ROOT)
VAR = Path(os.environ.get("VAR_DIR", ROOT_DIR / "var"))
STAMP = VAR / "demo.stamp"
SIGN_INS = VAR / "demo-sign-ins.txt"
# What the prepared data depends on: change one of these and the next start prepares anew.
WATCHED = (
    "requirements.lock",
    "*/migrations/*.py",
    "site/*/migrations/*.py",
    "demo/**/*",
    "static/**/*",
    "locale/**/*.mo",
)


def main() -> int:
    options = parse(sys.argv[1:])
    check_writable()
    check_port(options.port)
    VAR.mkdir(parents=True, exist_ok=True)
    environment = demo_environment(options.port)
    if options.fresh:
        say("Throwing the demo's data away ...")
        forget()
    prepare(environment, options.port)
    return serve(environment, options)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3.11 -m demo", description="Serve the site on demo content.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--check", action="store_true", help="start, read the home page, stop")
    parser.add_argument("--fresh", action="store_true", help="throw the demo's data away first")
    return parser.parse_args(arguments)


def check_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            stop(
                f"Port {port} is in use by another program (perhaps this demo is already running). "
                f"Close that program, or choose another port: python3.11 -m demo --port {port + 1 if port < 65535 else 8000}"
            )


def demo_environment(port: int) -> dict[str, str]:
    key = VAR / "secret_key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(50))
        key.chmod(0o600)
    return {
        "LOG_LEVEL": "WARNING",
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "VAR_DIR": str(VAR),
        "SITE_ADDRESS": f"http://127.0.0.1:{port}",
        "PYTHONPATH": os.pathsep.join([str(ROOT_DIR), str(ROOT_DIR / "site")]),
    }


def forget() -> None:
    for name in ("demo.stamp", "db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "demo-sign-ins.txt"):
        (VAR / name).unlink(missing_ok=True)
    for folder in ("media", "search", "static"):
        shutil.rmtree(VAR / folder, ignore_errors=True)


def fingerprint() -> str:
    """Of everything the prepared demo is made of; the port it is served at is not part of it."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in WATCHED for path in ROOT_DIR.glob(pattern)}):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(ROOT_DIR)} {path.stat().st_size}".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def prepare(environment: dict[str, str], port: int) -> None:
    """Database, demo content, static files and search index; skipped where nothing changed since the last time.

    Another port changes only the address that stands in the site's own record and in the list of sign-ins.
    """
    wanted = [fingerprint(), str(port)]
    prepared = STAMP.read_text().split() if STAMP.exists() else []
    if prepared == wanted:
        say("Everything is prepared already.")
        return
    started = time.monotonic()
    command = [sys.executable, "manage.py", "prepare_demo"]
    if prepared[:1] == wanted[:1]:
        command.append("--address-only")
        say(f"Everything is prepared already; writing the address with port {port} ...")
    else:
        say("Preparing database, content, static files and search (about a minute the first time) ...")
    if subprocess.call(command, cwd=ROOT_DIR, env=environment) != 0:
        stop(
            "The demo could not be prepared; the lines above say why. After mending it, start the command again."
        )
    STAMP.write_text(" ".join(wanted))
    say(f"Prepared in {time.monotonic() - started:.0f} s.")


def serve(environment: dict[str, str], options: argparse.Namespace) -> int:
    address = environment["SITE_ADDRESS"]
    say("Starting the web server and the worker for background tasks ...")
    # One loaded copy for both: gunicorn's own settings file, on loopback only.
    environment = {
        **environment,
        "BIND": f"127.0.0.1:{options.port}",
        "WEB_CONCURRENCY": "1",
        "WEB_THREADS": "8",
    }
    quiet = {"stdout": subprocess.DEVNULL} if options.check else {}
    processes = [
        subprocess.Popen([sys.executable, "-m", "gunicorn", "--log-level", "warning"], cwd=ROOT_DIR, env=environment),
        subprocess.Popen(
            [sys.executable, "manage.py", "db_worker", "--interval", "1", "--no-startup-delay", "-v", "0"],
            cwd=ROOT_DIR, env=environment, **quiet,
        ),
    ]  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    try:
        if not wait_until_up(address, processes[0]):
            stop("The web server did not start; the lines above say why.")
        if options.check:
            return check(address)
        print(SIGN_INS.read_text(encoding="utf-8"))
        say(f"The site is at {address}/ (stop it with Ctrl+C)")
        return processes[0].wait()
    except KeyboardInterrupt:
        say("Stopping.")
        return 0
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_until_up(address: str, server: subprocess.Popen) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def check(address: str) -> int:
    for path in ("/", "/en/", "/hearings/", "/knowledge/", "/news/", "/search/?q=น้ำท่วม"):
        url = address + urllib.request.quote(path, safe="/?=&")
        with urllib.request.urlopen(url, timeout=30) as response:
            say(f"{response.status} {path} {len(response.read()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
