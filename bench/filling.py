"""`python -m bench.filling SIZE [--all-open]`: fill the database of HAVEN_DATA, whose Haven is running."""

from __future__ import annotations

import os
import sys
import time


def main(arguments: list[str]) -> int:
    """Fill an empty database and say how long it took."""
    from haven import environment
    from haven.jobs.cli.needs import say
    from haven.jobs.databases import at_hand

    with at_hand(environment.read(), say):
        os.environ["DJANGO_SETTINGS_MODULE"] = "haven.settings"
        import django

        django.setup()
        from django.db import connections

        from haven.jobs.database import as_django
        from haven.kernel import clock

        connections.settings["admin"] = {**connections.settings["default"], **as_django(os.environ["DATABASE_ADMIN_URL"])}
        from bench.fill import fill

        began = time.monotonic()
        fill(int(arguments[0]), at=clock.now(), all_open="--all-open" in arguments, say=say)
        say(f"  filled in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
