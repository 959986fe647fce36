"""`python3.11 -m demo`: set everything up and serve the site on demo content (embedded database and search).

    python3.11 -m demo [--port 8000] [--check] [--fresh]

--check starts it, reads the home page, stops again. --fresh throws the demo's data away first.
"""

import sys

from scripts import bootstrap

if __name__ == "__main__":
    bootstrap.run_in_venv(["-m", "demo.run", *sys.argv[1:]])
