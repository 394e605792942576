"""How far a long run is: a bar that draws over itself on a terminal, a line now and then elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

BAR_WIDTH = 30
# Seconds between two lines in a log.
LINE_INTERVAL = 5.0


@dataclass(slots=True)
class Progress:
    """Says how far a run of *total* steps is that began at *started_at*, in seconds of any steady clock."""

    total: int
    started_at: float
    is_terminal: bool
    _shown_at: float | None = None

    def report(self, done: int, cursor: int, now: float) -> str | None:
        """Return what to write after *done* steps, None when nothing; a bar begins with a carriage return.

        The *cursor* is in it: whoever is killed after this line goes on from there.
        """
        is_due = self._shown_at is None or now - self._shown_at >= LINE_INTERVAL
        if not self.is_terminal and not is_due and done < self.total:
            return None
        self._shown_at = now
        left = _duration(self._seconds_left(done, now))
        rate = done / max(now - self.started_at, 0.001)
        # Pages that came meanwhile may make it more than was counted.
        total = max(self.total, done)
        numbers = f"{done}/{total} {rate:.0f}/s left {left} cursor {cursor}"
        if not self.is_terminal:
            return f"{numbers}\n"
        filled = BAR_WIDTH * done // total if total else BAR_WIDTH
        return f"\r[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {numbers} "

    def _seconds_left(self, done: int, now: float) -> float:
        if not done:
            return 0.0
        return max(self.total - done, 0) * (now - self.started_at) / done


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
