"""What a long run says of itself."""

from __future__ import annotations

from health_content.progress import Progress


def test_a_log_gets_a_line_now_and_then_and_the_last_one() -> None:
    progress = Progress(total=100, started_at=50.0, is_terminal=False)

    said = [
        progress.report(done, done * 7, now)
        for done, now in ((0, 50.0), (25, 51.0), (50, 55.0), (75, 59.0), (100, 60.0))
    ]

    assert said == [
        "0/100 0/s left 0:00 cursor 0\n",
        None,
        "50/100 10/s left 0:05 cursor 350\n",
        None,
        "100/100 10/s left 0:00 cursor 700\n",
    ]


def test_a_terminal_gets_a_bar_that_draws_over_itself() -> None:
    progress = Progress(total=10, started_at=0.0, is_terminal=True)

    assert progress.report(5, 9, 3600.0) == (
        "\r[###############...............] 5/10 0/s left 1:00:00 cursor 9 "
    )
    assert progress.report(6, 9, 3600.1) is not None


def test_more_than_was_counted_and_nothing_at_all_are_whole() -> None:
    more = Progress(total=2, started_at=0.0, is_terminal=True).report(3, 9, 1.0)
    nothing = Progress(total=0, started_at=0.0, is_terminal=True).report(0, 0, 1.0)

    assert more is not None
    assert "3/3" in more
    assert nothing is not None
    assert "." * 2 not in nothing
