"""The two commands of the README fail in one clear sentence, never in a traceback."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from demo import run
from demo.run import check_port
from scripts import bootstrap

ROOT = Path(__file__).resolve().parents[2]


def sentence_of(capsys) -> str:
    return capsys.readouterr().out.strip()


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (3, 15), (2, 7)])
def test_another_python_is_refused(capsys, version) -> None:
    with pytest.raises(SystemExit) as stopped:
        bootstrap.check_python(version)
    assert stopped.value.code == 1
    assert "needs Python 3.11" in sentence_of(capsys)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 14)])
def test_the_promised_pythons_are_taken(version) -> None:
    bootstrap.check_python(version)


def test_a_folder_that_cannot_be_written_is_refused(capsys, tmp_path) -> None:
    with pytest.raises(SystemExit) as stopped:
        bootstrap.check_writable(str(tmp_path / "not-there"))
    assert stopped.value.code == 1
    assert "cannot be written to" in sentence_of(capsys)


def test_an_occupied_port_is_named_with_a_way_out(capsys) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as stopped:
            check_port(port)
    assert stopped.value.code == 1
    assert f"Port {port} is in use" in (text := sentence_of(capsys))
    assert f"--port {port + 1}" in text


def test_the_bootstrap_is_readable_by_older_pythons_and_needs_nothing_installed() -> None:
    for name in ("scripts/bootstrap.py", "demo/__main__.py", "tests/__main__.py"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert ":=" not in text and "match " not in text
        for module in re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE):
            assert module in sys.stdlib_module_names | {"scripts"}, f"{name} imports {module}"


@pytest.fixture
def prepared(monkeypatch, tmp_path):
    """A demo of one content file; what would be run is kept instead of run."""
    (tmp_path / "content.json").write_text("1")
    ran: list[list[str]] = []
    monkeypatch.setattr(run, "ROOT_DIR", tmp_path)
    monkeypatch.setattr(run, "STAMP", tmp_path / "demo.stamp")
    monkeypatch.setattr(run, "WATCHED", ("*.json",))
    monkeypatch.setattr(run.subprocess, "call", lambda command, **_: ran.append(command[2:]) or 0)
    run.prepare({}, 8000)
    return tmp_path, ran


def test_the_demo_is_prepared_once_and_again_when_its_content_changed(prepared) -> None:
    folder, ran = prepared
    run.prepare({}, 8000)
    assert ran == [["prepare_demo"]]
    (folder / "content.json").write_text("2")
    run.prepare({}, 8000)
    assert ran == [["prepare_demo"], ["prepare_demo"]]


def test_another_port_writes_only_the_address(prepared) -> None:
    _folder, ran = prepared
    run.prepare({}, 8001)
    run.prepare({}, 8001)
    assert ran == [["prepare_demo"], ["prepare_demo", "--address-only"]]


def test_the_readme_begins_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"```sh\n(.*?)\n```", readme, re.DOTALL)
    assert commands[:2] == ["python3.11 -m demo", "python3.11 -m tests"]
    for link in re.findall(r"\]\(([^)#:]+)\)", readme):
        assert (ROOT / link).exists(), f"README links to {link}"


def test_the_demo_command_explains_its_options() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "demo.run", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0
    assert "--port" in result.stdout
