"""The shape of the project: site/ as a source root, and which way imports run (docs/layout.md)."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# An app may import those before it. Apps of one rank do not import each other.
RANKS = [
    {"core"},
    {"geography"},
    {"accounts", "notifications"},
    {"home", "hearings", "knowledge", "news"},
    {"search"},
    {"config"},
]
FOLDERS = {"core": "site/core", "geography": "site/geography", "accounts": "site/accounts", "home": "site/home", "notifications": "site/notifications", "config": "site/config"}  # fmt: skip
RANK_OF = {name: rank for rank, names in enumerate(RANKS) for name in names}


def test_site_folder_is_never_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()


def test_nothing_is_imported_from_site() -> None:
    for path in python_files(ROOT / "site"):
        for name in imported_modules(path):
            assert name.split(".")[0] != "site", f"{path} imports {name}"


@pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="needs a git checkout, this is a copy without history"
)
def test_site_folder_is_not_ignored() -> None:
    result = subprocess.run(["git", "check-ignore", "-q", "site/config/urls.py"], cwd=ROOT, check=False)
    assert result.returncode == 1


@pytest.mark.parametrize("app", sorted(RANK_OF))
def test_imports_run_one_way(app: str) -> None:
    wrong = []
    for path in python_files(ROOT / FOLDERS.get(app, app)):
        if "migrations" in path.parts:
            continue
        for module in imported_modules(path):
            other = module.split(".")[0]
            if other in RANK_OF and other != app and RANK_OF[other] >= RANK_OF[app]:
                wrong.append(f"{path.relative_to(ROOT)} imports {module}")
    assert not wrong, "\n".join(wrong)


def test_only_the_demo_and_tests_import_the_demo() -> None:
    for app in RANK_OF:
        for path in python_files(ROOT / FOLDERS.get(app, app)):
            assert "demo" not in {m.split(".")[0] for m in imported_modules(path)}, path


def python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def imported_modules(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
    return names
