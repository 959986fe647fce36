"""From a bare Python to a working .venv, saying what it does. Standard library only; also read by old Pythons.

`python3.11 -m demo` and `python3.11 -m tests` both begin here. Every problem ends in one clear sentence and
a non-zero exit code.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
LOCK = os.path.join(ROOT, "requirements.lock")
OLDEST, NEWEST = (3, 11), (3, 14)


def say(text):
    """One line about what is going on, shown at once even in a pipe."""
    print("[prachakhom] " + text, flush=True)


def stop(sentence):
    """End with a sentence a person can act on."""
    say(sentence)
    sys.exit(1)


def check_python(version=None):
    version = tuple(version or sys.version_info)[:2]
    if not OLDEST <= version <= NEWEST:
        found = ".".join(str(part) for part in version)
        stop(
            f"This needs Python 3.11 to 3.14; this is Python {found}. "
            "Install Python 3.11 and start again with python3.11."
        )


def check_writable(folder=ROOT):
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        stop(
            f"The folder {folder} cannot be written to. Copy the project to a folder of your own and start again."
        )


def python_in_venv():
    return os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python")


def lock_stamp():
    with open(LOCK, "rb") as lock:
        return hashlib.sha256(lock.read()).hexdigest()


def ensure_venv():
    """Make .venv and install exactly the locked packages; do nothing where that is already so."""
    check_python()
    check_writable()
    stamp_file = os.path.join(VENV, "installed.sha256")
    stamp = lock_stamp()
    if os.path.exists(stamp_file):
        with open(stamp_file) as installed:
            if installed.read() == stamp and os.path.exists(python_in_venv()):
                return python_in_venv()
    started = time.time()
    if not os.path.exists(python_in_venv()):
        say("Making a virtual environment in .venv ...")
        if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
            stop("Python could not make a virtual environment. On Debian or Ubuntu: apt install python3-venv")
    say("Installing the locked packages (about 110; one to three minutes the first time) ...")
    command = [python_in_venv(), "-m", "pip", "install", "--require-hashes", "--progress-bar", "off"]
    command += ["--disable-pip-version-check", "--no-input", "-r", LOCK]
    if subprocess.call(command, stdout=_quiet_pip()) != 0:
        stop(
            "The packages could not be installed. Check the network to the Python package index and start again."
        )
    with open(stamp_file, "w") as installed:
        installed.write(stamp)
    say(f"Packages installed in {time.time() - started:.0f} s.")
    return python_in_venv()


def _quiet_pip():
    """pip names every package it collects; keep that for whoever asks, show only problems (stderr) otherwise."""
    return None if os.environ.get("VERBOSE") else subprocess.DEVNULL


def run_in_venv(arguments, environment=None):
    """Replace this process by the virtual environment's Python, so that signals and exit codes pass straight on."""
    python = ensure_venv()
    env = dict(os.environ, **(environment or {}))
    sys.stdout.flush()
    os.chdir(ROOT)
    if os.name == "nt":
        sys.exit(subprocess.call([python] + arguments, env=env))
    os.execve(python, [python] + arguments, env)
