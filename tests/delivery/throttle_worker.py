"""One of several processes that act at once: `python -m tests.delivery.throttle_worker LIMIT TIMES`.

Says "ready" when it is, waits for a line, acts as often as told, and prints how many of the acts were allowed.
"""

from __future__ import annotations

import sys

import django

# Longer than any test: no window ends while it runs.
WINDOW_SECONDS = 1_000_000_000


def main() -> None:
    """Act, and tell."""
    limit, times = map(int, sys.argv[1:])
    django.setup()
    from health_content.delivery.api.problems import Problem
    from health_content.delivery.api.throttles import throttle

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    allowed = 0
    for _ in range(times):
        try:
            throttle("test", "somebody", (limit, WINDOW_SECONDS))
            allowed += 1
        except Problem:
            continue
    sys.stdout.write(f"{allowed}\n")


if __name__ == "__main__":
    main()
