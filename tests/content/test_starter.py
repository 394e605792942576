"""The starter data: sourced, dated, added once, and never written over what editors changed."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

from health_content import starter
from health_content.models import Condition, PermittedClaim, Treatment
from health_content.starter import read_starter_data

if TYPE_CHECKING:
    from pathlib import Path


def load() -> str:
    out = StringIO()
    call_command("load_starter_data", stdout=out)
    return out.getvalue().strip()


def test_every_claim_has_a_source_and_a_day() -> None:
    data = read_starter_data()

    assert len({claim.key for claim in data.claims}) == len(data.claims)
    assert [c.key for c in data.claims if not c.source_url.startswith("https://")] == []
    accepted = [
        c for c in data.claims if (c.stance, c.jurisdiction) == ("permitted", "uk")
    ]
    assert len(accepted) == 7
    assert all("short-term" in c.wording or "temporary" in c.wording for c in accepted)


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_keeps_what_editors_changed() -> None:
    data = read_starter_data()
    size = len(data.conditions) + len(data.treatments) + len(data.claims)

    assert load() == f"Starter data: {size} entries added."
    needles = Treatment.objects.get(key="acupuncture")
    assert (needles.live, needles.procedure_type) == (True, "percutaneous")
    assert needles.synonym_list[0] == "Traditional Chinese acupuncture"
    for entry in (*Condition.objects.all(), *PermittedClaim.objects.all()):
        entry.full_clean()
    rule = PermittedClaim.objects.get(starter_key="uk-acupuncture-migraine")
    assert rule.condition is not None
    assert (rule.condition.name, str(rule.checked_at)) == ("Migraine", "2026-11-30")
    PermittedClaim.objects.filter(pk=rule.pk).update(wording="Mine")
    Condition.objects.filter(key="migraine").update(name="Migraines")

    assert load() == "Starter data: everything is there."
    rule.refresh_from_db()
    assert rule.wording == "Mine"
    assert Condition.objects.get(key="migraine").name == "Migraines"


def test_a_typing_error_in_the_file_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "starter.toml"
    file.write_text('claims = []\ntreatments = []\n[[conditions]]\nnane = "x"\n')
    monkeypatch.setattr(starter, "FILE", file)

    with pytest.raises(TypeError, match="StarterCondition has no nane"):
        read_starter_data()
