"""What follows a commit is done whatever becomes of what comes before it, and nobody is told that it failed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from health_content.after_commit import after_commit

if TYPE_CHECKING:
    from typing import NoReturn


def fail(*_args: Any) -> NoReturn:
    raise ZeroDivisionError


@pytest.mark.django_db
def test_one_that_fails_does_not_keep_others_from_being_done(
    django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []

    with django_capture_on_commit_callbacks(execute=True):
        after_commit(partial(fail, 1))
        after_commit(lambda: done.append("second"))

        assert done == []

    assert done == ["second"]
    assert "What follows a commit failed: functools.partial" in caplog.text
    assert "ZeroDivisionError" in caplog.text
