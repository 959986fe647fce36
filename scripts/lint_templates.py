"""Rules for templates: they compile, are indented by djhtml, and hold nothing a strict policy would block.

`--fix` lets djhtml mend the indentation. File names as arguments limit the check to them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

FORBIDDEN = {
    r"\|\s*safe\b": "mark text safe in Python, where it is escaped",
    r"\|\s*date\b": "use |day, |clock or {% time_tag %}: Django prints the Christian era",
    r"<[^>]*\sstyle\s*=": "no inline style: the content security policy blocks it",
    r"<[^>{]*\son[a-z]+\s*=": "no inline event handler: the content security policy blocks it",
    r"<script(?![^>]*\b(?:src|type=\"application/(?:ld\+)?json\"))[^>]*>": "no inline script: the content security policy blocks it",
    r"{%\s*pageurl\b": "use {% page_url %}: no query a page, and it keeps the language",
    r"href=\"#\"": "a link needs a place to go to",
}
# Mails and the admin are no public pages of ours.
EXEMPT = ("templates/wagtailadmin/", "templates/emails/")


def problems(path: Path) -> list[str]:
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    found = []
    try:
        get_template(name.removeprefix("templates/"))
    except TemplateSyntaxError as error:
        found.append(f"{name}: {error}")
    if not name.startswith(EXEMPT):
        for pattern, why in FORBIDDEN.items():
            for match in re.finditer(pattern, text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{name}:{line}: {match.group()[:40]!r}: {why}")
    if name.startswith("templates/components/") and "{% comment %}" not in text:
        found.append(f"{name}: say on top in a {{% comment %}} which variables this component takes")
    return found


def main(arguments: list[str]) -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    fix = "--fix" in arguments
    named = [Path(argument).resolve() for argument in arguments if not argument.startswith("--")]
    paths = named or sorted((ROOT / "templates").rglob("*.html"))
    found = [problem for path in paths for problem in problems(path)]
    for problem in found:
        print(problem)
    indent = [
        sys.executable,
        "-m",
        "djhtml",
        "--tabwidth",
        "2",
        *([] if fix else ["--check"]),
        *map(str, paths),
    ]
    indented = subprocess.run(indent, cwd=ROOT, check=False).returncode == 0
    return 0 if not found and (indented or fix) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
