"""What is another article, and what only an edited one."""

from __future__ import annotations

import pytest

from health_content.importers.compare import is_another

KNEES = ("Sore knees", "Knees often ache when stairs are steep.")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (("Healthy teeth", "Brush twice; sugar feeds the bacteria."), True),
        (("Sore knees", "Entirely different words stand below here."), False),
        (("SORE KNEES!", "Entirely different words stand below here."), False),
        (("Knees that ache", "Knees often ache when stairs are long."), False),
        (KNEES, False),
    ],
)
def test_another_article_has_another_title_and_other_words(
    new: tuple[str, str], expected: bool
) -> None:
    assert is_another(KNEES, new) is expected


def test_short_words_count_where_there_are_no_longer_ones() -> None:
    assert is_another(("膝", "膝 が 痛い"), ("歯", "歯 を 磨く"))
    assert not is_another(("膝", "膝 が 痛い"), ("膝 の 話", "膝 が 痛い"))
