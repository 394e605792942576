"""The chains of what was recorded: whatever somebody does to the rows beside the models is told."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from health_content.models import ChainHead
from health_content.services.chains import (
    CHANGED,
    CUT_OFF,
    NO_HEAD,
    Fault,
    Tally,
    chains_faults,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home: Any) -> Any:
    """Return a page with three records, and a disclaimer with three wordings beside it."""
    page = factories.article(title="One")
    for title in ("Two", "Three"):
        page.title = title
        page.save_revision().publish()
        page.refresh_from_db()
    notice = factories.disclaimer("notice", body="<p>1</p>")
    for body in ("<p>2</p>", "<p>3</p>"):
        notice.body = body
        notice.save_revision().publish()
    return page


def sql(statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def faults() -> list[Fault]:
    return list(chains_faults(Tally()))


def test_what_nobody_touched_is_whole(page: Any) -> None:
    tally = Tally()

    assert list(chains_faults(tally)) == []
    assert (tally.chains, tally.rows) == (3, 7)
    assert ChainHead.objects.get(chain=f"page-{page.pk}").count == 3


def test_a_record_cut_off_at_the_end_is_told(page: Any) -> None:
    sql(
        "DELETE FROM health_content_publicationrecord WHERE page_id = %s AND number = 3",
        page.pk,
    )

    assert faults() == [Fault(f"page {page.pk}", 3, CUT_OFF)]


def test_a_whole_chain_that_is_gone_is_told(page: Any) -> None:
    sql("DELETE FROM health_content_publicationrecord WHERE page_id = %s", page.pk)

    assert faults() == [Fault(f"page {page.pk}", 3, CUT_OFF)]


def test_a_wording_cut_off_at_the_end_is_told(page: Any) -> None:
    sql("DELETE FROM health_content_disclaimerversion WHERE number = 3")

    assert faults() == [Fault("disclaimer notice (en)", 3, CUT_OFF)]


def test_a_row_in_the_middle_is_told_as_before(page: Any) -> None:
    sql(
        "DELETE FROM health_content_publicationrecord WHERE page_id = %s AND number = 2",
        page.pk,
    )
    sql("UPDATE health_content_disclaimerversion SET title = 'Forged' WHERE number = 1")

    assert faults() == [
        Fault(f"page {page.pk}", 3, CHANGED),
        Fault("disclaimer notice (en)", 1, CHANGED),
    ]


def test_the_source_of_a_wording_is_proved_too(page: Any) -> None:
    sql(
        "UPDATE health_content_disclaimerversion SET body = '<p>Forged</p>' WHERE number = 2"
    )

    assert faults() == [Fault("disclaimer notice (en)", 2, CHANGED)]


def test_a_row_put_at_the_end_is_told(page: Any) -> None:
    head = ChainHead.objects.get(chain=f"page-{page.pk}")
    ChainHead.objects.filter(pk=head.pk).update(count=2)

    assert faults() == [Fault(f"page {page.pk}", 2, CUT_OFF)]


def test_a_head_that_is_gone_is_told(page: Any) -> None:
    ChainHead.objects.filter(chain=f"page-{page.pk}").delete()

    assert faults() == [Fault(f"page {page.pk}", 3, NO_HEAD)]


def test_unpublishing_goes_on_with_the_chain(page: Any) -> None:
    page.unpublish()

    assert ChainHead.objects.get(chain=f"page-{page.pk}").count == 4
    assert faults() == []


def test_a_key_that_changes_and_a_disclaimer_that_goes_break_no_chain(
    home: Any,
) -> None:
    notice = factories.disclaimer("notice")
    notice.key, notice.body = "renamed", "<p>2</p>"
    notice.save_revision().publish()
    notice.refresh_from_db()
    notice.delete()
    factories.disclaimer("renamed")

    assert faults() == []


def test_the_command_says_what_is_wrong(page: Any) -> None:
    sql(
        "DELETE FROM health_content_publicationrecord WHERE page_id = %s AND number = 3",
        page.pk,
    )
    ChainHead.objects.filter(label__startswith="disclaimer").delete()
    out = StringIO()

    with pytest.raises(CommandError) as caught:
        call_command("health_verify_chain", stdout=out)

    assert caught.value.returncode == 3
    assert (
        f"page {page.pk}: 3 records were made, and the last ones are missing"
        in out.getvalue()
    )
    assert (
        "disclaimer notice (en): nothing says that it ends with 3\n" in out.getvalue()
    )
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("health_verify_chain", "--format=json", stdout=out)
    told = json.loads(out.getvalue())["faults"]
    assert [fault["kind"] for fault in told] == ["cut_off", "no_head"]
