"""Something that is made once for all processes of a test run, and removed by the last one that uses it."""

from __future__ import annotations

import fcntl
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def shared(
    folder: Path, *, make: Callable[[Path], str], remove: Callable[[str], None]
) -> Iterator[str]:
    """Return what *make* said when it made it in *folder*; the others wait for it."""
    folder.mkdir(exist_ok=True)
    state = folder / "state.json"
    with _alone(folder):
        made, users = json.loads(state.read_text()) if state.exists() else ("", 0)
        if not users:
            made = make(folder)
        state.write_text(json.dumps([made, users + 1]))
    try:
        yield made
    finally:
        with _alone(folder):
            made, users = json.loads(state.read_text())
            state.write_text(json.dumps([made, users - 1]))
            if users == 1:
                remove(made)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process is here."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
