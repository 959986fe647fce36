"""`python3.11 -m tests`: set everything up and run the tests. Arguments go to pytest.

Tests that need a browser or a server skip with a reason on a bare machine; `.ci/run` starts those servers
and sets REQUIRE_SERVERS=1, which turns such a skip into a failure.
"""

import os
import sys

from scripts import bootstrap

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if not any(argument.startswith("-n") for argument in arguments):
        arguments = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"] + arguments
    bootstrap.say("Setting up, then running the tests ...")
    bootstrap.run_in_venv(["-m", "tests.prepare"] + arguments)
