"""All that is on record of a page, for those who assess it: what is in it, who may read it, and what never is."""

from __future__ import annotations

import hashlib
import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.urls import reverse

from health_content.document import canonical_json
from health_content.models import DisclaimerSnippet, PublicationRecord
from health_content.services.evidence_pack import evidence_pack
from health_content.services.overrides import override_approve, override_grant
from health_content.services.publication import publication_faults
from tests import factories
from tests.content.gate.conftest import BAD, BLOCKER, allow, signed_in
from tests.content.gate.test_content_reports import dismissed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.gated, pytest.mark.django_db]

REASON = "Quoted from a leaflet that the article criticizes."


def newest(page: Any) -> Any:
    return page.get_latest_revision_as_object()


def urls(page: Any) -> tuple[str, str]:
    names = ("health_content_evidence", "health_content_evidence_file")
    first, second = (reverse(name, args=[page.pk]) for name in names)
    return first, second


@pytest.fixture
def public(draft: Callable[..., Any]) -> Any:
    """Return a reviewed page that went live twice, the second time with another wording of its disclaimer."""
    page = draft(title="Needles & pins")
    page.latest_revision.publish()
    snippet = DisclaimerSnippet.objects.get(key="general")
    snippet.body = "<p>Ask somebody who knows you.</p>"
    snippet.save_revision().publish()
    page.refresh_from_db()
    from health_content.services.publication import publication_record

    publication_record(page, actor=factories.superuser("publisher"), reason="rebuild")
    return page


def test_a_pack_holds_reviews_publications_and_wordings(public: Any) -> None:
    pack: Any = evidence_pack(newest(public))

    assert pack["format"] == "health-evidence-pack/1"
    assert pack["page"]["title"] == "Needles & pins"
    (review,) = pack["reviews"]
    assert (review["reviewer"], review["credential"]["title"]) == ("Rae Sample (fictional)", "MBBS")  # fmt: skip
    assert (review["is_of_this_content"], review["is_verified"]) == (True, True)
    first, second = pack["publications"][0], pack["publications"][-1]
    assert second["previous_hash"] == pack["publications"][-2]["hash"]
    assert first["previous_hash"] is None
    assert first["rule_base"] == pack["rule_base"]
    assert (first["published_by"], second["published_by"]) == (None, "publisher")
    assert pack["broken_publications"] == []
    assert [(d["key"], d["version"]) for d in pack["disclaimers"]] == [("general", 1), ("general", 2)]  # fmt: skip
    assert "Ask somebody who knows you." in pack["disclaimers"][1]["html"]
    assert pack["gate"]["status"] == "passed"
    assert pack["rule_base"] == pack["gate"]["rule_base"]


def test_a_pack_names_whom_code_published_for(draft: Callable[..., Any]) -> None:
    page, boss = draft(), factories.superuser("boss")

    page.latest_revision.publish(user=boss)

    pack: Any = evidence_pack(newest(page))
    assert [each["published_by"] for each in pack["publications"]] == ["boss"]


def test_who_published_it_is_known_when_the_account_is_gone(
    draft: Callable[..., Any],
) -> None:
    page, boss = draft(), factories.superuser("boss")
    page.latest_revision.publish(user=boss)

    boss.delete()

    pack: Any = evidence_pack(newest(page))
    assert [each["published_by"] for each in pack["publications"]] == ["boss"]
    assert pack["broken_publications"] == []


@pytest.mark.parametrize("name", ["", "somebody else"])
def test_another_name_breaks_the_chain(draft: Callable[..., Any], name: str) -> None:
    page = draft()
    page.latest_revision.publish(user=factories.superuser("boss"))

    # Not by its own manager, which changes nothing.
    QuerySet(PublicationRecord).filter(page_id=page.pk).update(user_name=name)

    assert publication_faults(page.pk) == [1]


def test_a_record_that_names_nobody_has_the_hash_of_old(
    draft: Callable[..., Any],
) -> None:
    page = draft()
    page.latest_revision.publish()
    record = PublicationRecord.objects.get(page_id=page.pk)
    statement = {
        "prev_hash": "",
        "page_id": page.pk,
        "page_uuid": str(record.page_uuid),
        "locale": "en",
        "number": 1,
        "digest": record.digest,
        "document": record.document,
        "content_digest": record.content_digest,
        "gate": record.gate,
        "reason": "publish",
        "published_at": record.published_at.isoformat(),
    }

    assert record.user_name == ""
    assert record.hash == hashlib.sha256(canonical_json(statement)).hexdigest()


def test_a_pack_holds_decisions_with_both_people(
    draft: Callable[..., Any], lead: Callable[[str], Any]
) -> None:
    page, ann, ben = draft(BAD), lead("ann"), lead("ben")
    fingerprint = _fingerprint(newest(page))
    override = override_grant(
        newest(page),
        actor=ann,
        fingerprint=fingerprint,
        kind="quotation",
        reason=REASON,
    )
    override_approve(newest(page), override, actor=ben)

    pack: Any = evidence_pack(newest(page))

    (row,) = pack["overrides"]
    assert (row["about"], row["given_by"], row["approved_by"]) == (BLOCKER, "ann", "ben")  # fmt: skip
    (finding,) = [f for f in pack["gate"]["findings"] if f["check"] == "G08"]
    assert finding["is_overridden"]
    assert pack["publications"] == pack["disclaimers"] == []


def _fingerprint(page: Any) -> str:
    from health_content.selectors.gate import page_decision

    outcomes = page_decision(page).outcomes
    return next(o.reason.fingerprint for o in outcomes if str(o.check) == "G08")


def test_a_pack_names_sources_with_what_became_of_them(
    draft: Callable[..., Any],
) -> None:
    source = factories.reference("A trial", kind="rct", retracted_at="2026-05-01")
    cited = [factories.block("reference", {"reference": source.pk, "locator": "", "note": ""})]  # fmt: skip
    page = draft(references=json.dumps(cited))

    pack: Any = evidence_pack(newest(page))

    assert [(r["csl"]["title"], r["retracted_at"]) for r in pack["references"]] == [("A trial", "2026-05-01")]  # fmt: skip


def test_a_lead_reads_and_downloads_the_pack(
    public: Any, lead: Callable[[str], Any]
) -> None:
    client, _ = signed_in(allow(lead("ann"), "access_admin"))
    page_url, file_url = urls(public)

    shown, file = client.get(page_url), client.get(file_url)

    text = shown.content.decode()
    assert "Evidence pack: Needles &amp; pins" in text
    assert "Rae Sample (fictional)" in text
    assert "The chain of records is whole" in text
    assert "Ask somebody who knows you." in text
    assert "no-store" in shown.headers["Cache-Control"]
    assert file.headers["Content-Disposition"].endswith(f'"evidence-{public.pk}.json"')
    assert json.loads(file.content)["page"]["id"] == public.pk


def test_who_may_not_is_refused_and_sees_no_way_to_it(public: Any) -> None:
    for permission in ("view_medicalreview", "view_gateoverride"):
        client, _ = signed_in(allow(factories.user(), "access_admin", permission))
        for target in urls(public):
            assert client.get(target).url == "/admin/"
    editor, _ = signed_in(factories.editor("change"))
    assert urls(public)[0] not in editor.get(reverse("wagtailadmin_pages:edit", args=[public.pk])).content.decode()  # fmt: skip
    boss, _ = signed_in(factories.superuser())
    assert urls(public)[0] in boss.get(reverse("wagtailadmin_pages:edit", args=[public.pk])).content.decode()  # fmt: skip


def test_there_is_no_pack_of_other_pages(home: Any) -> None:
    boss, _ = signed_in(factories.superuser())

    assert [boss.get(url).status_code for url in urls(home)] == [404, 404]


def test_nothing_of_readers_is_in_it(public: Any) -> None:
    from comments.models import Reply

    assert Reply.__name__ not in json.dumps(evidence_pack(newest(public)))
    pack = json.dumps(evidence_pack(newest(public)))
    assert "replies" not in pack.lower()
    assert "email" not in pack.lower()


def test_the_command_writes_the_pack(public: Any, tmp_path: Path) -> None:
    out, file = StringIO(), tmp_path / "pack.json"

    call_command("evidence_pack", public.pk, stdout=out)
    call_command("evidence_pack", public.pk, output=file)

    assert json.loads(out.getvalue())["page"]["id"] == public.pk
    assert json.loads(file.read_text())["page"]["id"] == public.pk


def test_the_command_refuses_what_is_no_health_page(home: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not the id of a health page"):
        call_command("evidence_pack", home.pk)
    with pytest.raises(CommandError, match="is not the id of a health page"):
        call_command("evidence_pack", 987_654)


def test_a_file_that_cannot_be_written_is_named(public: Any, tmp_path: Path) -> None:
    target = tmp_path / "none" / "pack.json"

    for command in (["evidence_pack", public.pk], ["export_false_positives"]):
        with pytest.raises(CommandError, match="cannot be written"):
            call_command(*command, output=target)


def test_wrong_findings_are_exported_without_names(home: Any, tmp_path: Path) -> None:
    dismissed("CUR-001", 1)
    dismissed("MEC-001", 2, kind="quotation")
    again = dismissed("CUR-001", 1)
    out, file = StringIO(), tmp_path / "rules.jsonl"

    call_command("export_false_positives", stdout=out)
    call_command("export_false_positives", output=file)

    expected = {"sentence": "Sentence 1.", "rule": "CUR-001", "rule_base": "1.3.0"}
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [expected]
    assert file.read_text() == out.getvalue()
    assert again.user_name not in out.getvalue()
