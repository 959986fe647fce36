#!/usr/bin/env python
"""Django's command line. Puts site/ on the path (see site/README.md), nothing else."""

import os
import sys
from pathlib import Path

# site/ is a source root like src/; it can never be a package (its name is the standard library's).
sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
