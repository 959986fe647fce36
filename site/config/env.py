"""Typed readers for environment variables. docs/settings.md has the table of every variable."""

from __future__ import annotations

import os
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off", ""}


def env(name: str, default: str = "") -> str:
    """Read a variable; an empty one counts as not set."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool = False) -> bool:
    """Read a yes/no variable. Raises ImproperlyConfigured for any other word."""
    word = os.environ.get(name)
    if word is None:
        return default
    word = word.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} must be one of 1/0, true/false, yes/no, on/off; it is {word!r}.")


def env_int(name: str, default: int) -> int:
    word = env(name)
    if not word:
        return default
    try:
        return int(word)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number; it is {word!r}.") from error


def env_list(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list; empty parts are dropped."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def required(name: str) -> str:
    """Read a variable the site cannot start without."""
    value = env(name)
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}. See docs/settings.md.")
    return value


# PostgreSQL compiles a query whose cost it guesses high. Ours are wide and read few rows: a search in the admin took 6.3 s
# with it and .23 s without.
NO_JIT = "-c jit=off"


def database(url: str, *, sqlite_options: dict, pool_max: int) -> dict:
    """Turn DATABASE_URL into Django's settings.

    ``sqlite:///relative.db``, ``sqlite:////absolute.db`` or ``postgres://user:password@host:port/name``.
    PostgreSQL gets an explicit pool: ``"pool": True`` would mean exactly four connections a process.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            "OPTIONS": sqlite_options,
        }
    if parts.scheme in ("postgres", "postgresql"):
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {
                "pool": {"min_size": 1, "max_size": pool_max, "timeout": 10},
                "options": NO_JIT,
                **query,
            },
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL must start with sqlite:// or postgres://; it starts with {parts.scheme!r}."
    )
