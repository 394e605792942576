"""Readers prove who they are, are remembered, written to, and never taken for somebody else."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from comments.actors import Actor
from comments.errors import (
    AuthorSuspended,
    NotAllowed,
    ProofRefused,
    ReplyInvalid,
    ReplyNotFound,
    StaleDecision,
)
from comments.mail_texts import mail_text
from comments.models import (
    Action,
    ChallengeUse,
    Credential,
    Decision,
    OutboxMessage,
    Participant,
    Reply,
    ReplyRevision,
    ReviewItem,
    SanctionKind,
    Thread,
)
from comments.reasons import Reason
from comments.services import (
    actor_of_token,
    credential_end,
    credential_set,
    messages_send,
    person_erase,
    proof_use,
    records_purge,
    reply_edit,
    reply_submit,
    reply_withdraw,
    sanction_impose,
    signin_ask,
)
from comments.services import mail as mail_service
from comments.services.proofs import stored_assessment
from comments.tokens import (
    Proof,
    email_hash,
    email_seal,
    email_unseal,
    make_proof_token,
)

from .factories import (
    decide,
    make_moderator,
    make_published,
    make_reply,
    make_submission,
    make_thread,
    make_user,
)
from .sending import API, payload, post

pytestmark = pytest.mark.django_db
ADDRESS = "ana@example.org"


@pytest.fixture
def verified(settings):
    settings.COMMENTS |= {"GUESTS": "verified"}


def token_of(message: OutboxMessage) -> str:
    """Return the token in the link of a mail."""
    body = mail_text(message, now=timezone.now()).body
    return re.search(r"/proofs/([^/\s]+)/", body).group(1)


def use(token: str):
    return proof_use(token, network="n", now=timezone.now())


def send_and_prove(thread: Thread, email: str = ADDRESS, **values):
    """Return the reply of a guest who followed the link, and what they are remembered by."""
    reply = make_reply(thread, email_raw=email, **values)
    proven = use(token_of(OutboxMessage.objects.latest("pk")))
    return Reply.objects.get(pk=reply.pk), proven


def test_reply_of_a_guest_waits_unseen_until_the_address_is_proven(thread, verified):
    reply = make_reply(thread, email_raw=ADDRESS)
    before = (reply.status, ReviewItem.objects.count())

    proven = use(token_of(OutboxMessage.objects.get()))

    reply.refresh_from_db()
    assert before == ("unverified", 0)
    assert (reply.status, proven.status) == ("pending", "pending")
    assert ReviewItem.objects.get().reasons == ["policy.pre"]
    assert Decision.objects.get().action == "verify"
    assert reply.participant.verified_at is not None


def test_proven_reply_is_public_at_once_where_the_policy_says_so(
    thread, verified, settings
):
    settings.COMMENTS |= {"POLICY": "post"}

    reply, proven = send_and_prove(thread)

    assert (reply.status, proven.status) == ("published", "published")
    assert Thread.objects.get().reply_count == 1


def test_what_failed_when_the_reply_came_in_holds_it_when_it_is_proven(
    thread, verified, settings
):
    settings.COMMENTS |= {"POLICY": "post", "TEXT_CHECKS": (f"{__name__}.fails",)}

    reply, _proven = send_and_prove(thread)

    assert reply.status == "pending"
    assert ReviewItem.objects.get().reasons == [f"check.failed:{__name__}.fails"]


def fails(_text: str):
    raise RuntimeError


def test_stored_signals_say_again_what_they_said():
    signals = [
        {"code": "links.many", "check": "links", "version": "1", "score": 0.7},
        {"code": "check.failed:x", "check": "failed", "version": "", "score": 1.0},
    ]

    again = stored_assessment(signals)

    assert [s.code for s in again.signals] == ["links.many"]
    assert again.failed == ("x",)


def test_guest_without_an_address_is_asked_for_one(thread, verified):
    with pytest.raises(ReplyInvalid) as refused:
        make_reply(thread)

    assert list(refused.value.errors) == ["email"]
    assert Participant.objects.count() == 0


def test_guests_are_refused_where_only_accounts_reply(thread, settings):
    settings.COMMENTS |= {"GUESTS": "none"}

    with pytest.raises(NotAllowed):
        make_reply(thread)
    result = reply_submit(
        make_submission(thread.page_id),
        actor=Actor.person(make_user()),
        network="n",
        now=timezone.now(),
    )

    assert result.status == "pending"


def test_link_counts_once_and_only_for_its_purpose_site_and_reply(thread, verified):
    reply = make_reply(thread, email_raw=ADDRESS)
    other = make_reply(thread, email_raw="other@example.org")
    good = {
        "purpose": "verify",
        "site_id": thread.site_id,
        "subject": reply.pk.hex,
        "email_hmac": email_hash(ADDRESS),
    }
    wrong = [
        {"purpose": "sign_in"},
        {"site_id": None},
        {"site_id": 99},
        {"subject": other.pk.hex},
        {"subject": "0" * 32},
        {"email_hmac": email_hash("other@example.org")},
    ]

    for change in wrong:
        with pytest.raises(ProofRefused):
            use(make_proof_token(Proof(**(good | change))))
    for made_up in ("", "x", "a:b:c", "x" * 5_000):
        with pytest.raises(ProofRefused):
            use(made_up)
    token = make_proof_token(Proof(**good))
    use(token)
    with pytest.raises(ProofRefused):
        use(token)
    with pytest.raises(ProofRefused):
        use(make_proof_token(Proof(**good)))

    assert Reply.objects.filter(status="unverified").get() == other


def test_link_is_refused_when_it_is_old(thread, verified, monkeypatch):
    make_reply(thread, email_raw=ADDRESS)
    token = token_of(OutboxMessage.objects.get())
    ages = {"verify": timedelta(0), "sign_in": timedelta(0)}
    monkeypatch.setattr("comments.services.proofs.MAX_AGES", ages)
    monkeypatch.setattr("time.time", lambda: timezone.now().timestamp() + 5)

    with pytest.raises(ProofRefused):
        use(token)


def test_address_alone_gives_nobody_anything(thread, verified):
    """Locking a victim out, or speaking for them, by typing their address."""
    _reply, proven = send_and_prove(thread)
    victim = Participant.objects.get()

    reply = make_reply(thread, email_raw=ADDRESS)

    assert reply.participant != victim
    assert reply.status == "unverified"
    victim.refresh_from_db()
    assert actor_of_token(proven.guest_token) is not None
    with pytest.raises(ReplyNotFound):
        reply_edit(
            victim.replies.get().pk,
            body_raw="Mine.",
            version=1,
            actor=Actor.author(participant_id=reply.participant_id),
            network="n",
            now=timezone.now(),
        )


def test_second_proof_of_an_address_leads_to_the_same_person(thread, verified):
    first, _ = send_and_prove(thread)
    second, _ = send_and_prove(thread)

    assert first.participant == second.participant


def test_second_proof_leaves_no_row_with_the_address_behind(thread, verified):
    _first, proven = send_and_prove(thread)
    send_and_prove(thread, body_raw="Another thought about it.")

    assert Participant.objects.count() == 1
    person_erase(actor_of_token(proven.guest_token), now=timezone.now())
    assert not Participant.objects.exists()


def test_remembered_guest_replies_without_another_mail(thread, verified):
    _reply, proven = send_and_prove(thread)
    actor = actor_of_token(proven.guest_token)

    result = reply_submit(
        make_submission(thread.page_id),
        actor=actor,
        network="n",
        now=timezone.now(),
    )

    assert result.status == "pending"
    assert OutboxMessage.objects.count() == 1


def test_forgotten_browser_is_nobody(thread, verified):
    _reply, proven = send_and_prove(thread)

    Participant.objects.update(session_version=2)

    for token in (proven.guest_token, "", "x", proven.guest_token + "x"):
        assert actor_of_token(token) is None


def test_measure_holds_when_its_subject_proves_the_address_again(thread, verified):
    reply, _ = send_and_prove(thread)
    sanction_impose(
        reply.participant_id,
        kind=SanctionKind.BLOCK,
        reason=Reason.ABUSE,
        actor=Actor.person(make_moderator()),
        now=timezone.now(),
    )

    with pytest.raises(AuthorSuspended):
        send_and_prove(thread)

    assert Reply.objects.filter(status="unverified").count() == 1
    assert ChallengeUse.objects.count() == 1


def test_third_party_is_not_bombed_with_mails(thread, verified):
    for _ in range(10):
        make_reply(thread, email_raw="Victim@example.org")
        make_reply(thread, email_raw="victim@example.org")

    assert OutboxMessage.objects.count() == 3


def test_sign_in_is_answered_alike_for_known_and_unknown_addresses(thread, verified):
    _reply, _ = send_and_prove(thread)
    OutboxMessage.objects.all().delete()

    for email in ("nobody@example.org", ADDRESS):
        signin_ask(thread, email, network="n", now=timezone.now())

    message = OutboxMessage.objects.get()
    proven = use(token_of(message))
    person = Participant.objects.get(verified_at__isnull=False)
    assert actor_of_token(proven.guest_token).participant_id == person.pk


def test_link_is_followed_by_post_alone(thread, verified):
    """Mail scanners open every link."""
    make_reply(thread, email_raw=ADDRESS)
    token = token_of(OutboxMessage.objects.get())
    client = Client()

    for _ in range(3):
        seen = client.get(f"/replies/proofs/{token}/")
        assert seen.status_code == 200
        assert "no-store" in seen["Cache-Control"]
    assert Reply.objects.get().status == "unverified"
    cross_site = Client(enforce_csrf_checks=True).post(f"/replies/proofs/{token}/")
    assert cross_site.status_code == 403
    assert client.post(f"/replies/proofs/{token}/").status_code == 200
    assert Reply.objects.get().status == "pending"
    assert client.post(f"/replies/proofs/{token}/").status_code == 409


def test_mail_holds_no_word_of_a_reader(thread, verified):
    hostile = "Zyx <img src=//e.example/p> \r\nBcc: all@example.org"
    make_reply(
        thread,
        email_raw=ADDRESS,
        name_raw=hostile,
        body_raw="Qwertz https://spam.example",
    )

    result = messages_send(now=timezone.now())

    assert (result.sent, result.failed) == (1, 0)
    [sent] = mail.outbox
    whole = sent.message().as_string()
    assert sent.to == [ADDRESS]
    for word in ("Zyx", "Qwertz", "spam.example", "Bcc", "<img"):
        assert word not in whole
    message = OutboxMessage.objects.get()
    assert (message.state, message.address_sealed) == ("sent", "")


def test_mail_of_a_spanish_page_is_in_spanish(thread, verified):
    make_reply(thread, email_raw=ADDRESS)
    OutboxMessage.objects.update(locale="es")

    assert "Confirme su respuesta" in (
        mail_text(OutboxMessage.objects.get(), now=timezone.now()).subject
    )


def test_decision_is_told_to_the_proven_address_once(thread, verified):
    reply, _ = send_and_prove(thread)
    messages_send(now=timezone.now())
    mail.outbox.clear()
    moderator = make_moderator()

    for _ in range(2):
        decide(reply, Action.REJECT, reason="abuse", user=moderator)
    messages_send(now=timezone.now())

    [sent] = mail.outbox
    assert sent.to == [ADDRESS]
    assert "/replies/submissions/" in sent.body


def test_message_is_sent_at_least_once_and_given_up_in_the_end(
    thread, verified, monkeypatch
):
    make_reply(thread, email_raw=ADDRESS)
    now = timezone.now()
    monkeypatch.setattr(mail_service.EmailMessage, "send", _refuse)

    counts = []
    for _ in range(10):
        counts.append(messages_send(now=now).failed)
        now += timedelta(days=1, seconds=1)

    message = OutboxMessage.objects.get()
    assert counts == [1] * 8 + [0, 0]
    assert (message.state, message.attempts, message.address_sealed) == (
        "failed",
        8,
        "",
    )


def _refuse(*_args: object, **_values: object) -> None:
    raise ConnectionRefusedError


def test_message_taken_by_one_process_is_not_sent_by_another(thread, verified):
    make_reply(thread, email_raw=ADDRESS)
    now = timezone.now()

    assert mail_service._take(now) is not None
    assert mail_service._take(now) is None
    assert mail_service._take(now + timedelta(minutes=2)) is not None


def test_nothing_is_sent_for_what_is_over(thread, verified, capsys):
    make_reply(thread, email_raw=ADDRESS)
    Reply.objects.update(status="removed", removal="author")

    call_command("send_reply_mails")

    assert capsys.readouterr().out == "0 sent, 1 failed.\n"
    assert mail.outbox == []


def test_address_is_stored_sealed_or_hashed_and_only_when_it_is_needed(
    thread, settings
):
    make_reply(thread, email_raw=ADDRESS)
    open_guest = Participant.objects.get()
    settings.COMMENTS |= {"GUESTS": "verified"}
    make_reply(thread, email_raw=ADDRESS)
    asked = Participant.objects.latest("pk")

    assert open_guest.email_sealed == ""
    assert open_guest.email_hmac == asked.email_hmac == email_hash("ANA@example.org")
    assert ADDRESS not in asked.email_sealed
    assert email_unseal(asked.email_sealed) == ADDRESS


def test_sealed_address_survives_a_change_of_the_key(settings):
    sealed = email_seal(ADDRESS)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the site, long enough for anybody"

    assert email_unseal(sealed) == ADDRESS
    settings.SECRET_KEY_FALLBACKS = []
    assert email_unseal(sealed) == ""


def test_sealed_addresses_differ_say_little_by_their_length_and_show_changes():
    sealed, other = email_seal(ADDRESS), email_seal(ADDRESS)

    assert sealed != other
    assert len(sealed) == len(email_seal("x" * 40 + "@example.org"))
    middle = len(sealed) // 2
    changed = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]  # fmt: skip
    assert {email_unseal(each) for each in (changed, "", "x", "ä", sealed[:-4])} == {""}


def test_public_bytes_hold_no_address_hash_source_or_signal(thread, verified, client):
    reply, proven = send_and_prove(thread)
    decide(reply, Action.APPROVE)
    person = Participant.objects.get()
    revision = ReplyRevision.objects.get()

    seen = b"".join(
        client.get(f"{API}/threads/{thread.page_id}/{path}").content
        for path in ("", "replies/")
    ).decode()

    assert "Ana" in seen
    for secret in (ADDRESS, person.email_hmac, person.email_sealed, proven.guest_token):
        assert secret not in seen
    assert revision.text_hash not in seen
    assert "signals" not in seen
    assert "source" not in seen


def test_used_links_are_purged(thread, verified):
    send_and_prove(thread)

    records_purge(now=timezone.now() + timedelta(days=9))

    assert ChallengeUse.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Moderator", "name.like_protected"),
        ("The M0derat0r", "name.like_protected"),
        ("Аdministrator", "name.like_protected"),
        ("R. Oliveira", "name.like_staff"),
        ("r0liveira", "name.like_staff"),
        ("Rosa Gómez", "name.like_clinician"),
        ("R\u200bosa G\u043emez", "name.like_clinician"),
        ("Bertha", "name.like_participant"),
        ("BERTH4", "name.like_participant"),
        ("Dr. Nobody", "name.title"),
        ("Nobody, MD", "name.title"),
        ("Mаria", "name.mixed_scripts"),
    ],
)
def test_name_of_somebody_else_is_held(thread, settings, name, code):
    """Impersonating an approved name, staff or a clinician, with look-alike letters too."""
    make_moderator(first_name="R.", last_name="Oliveira")
    doctor = make_published(thread, name_raw="Rosa Gomez").participant
    other = make_published(thread, name_raw="Bertha").participant
    Participant.objects.filter(pk__in=[doctor.pk, other.pk]).update(
        verified_at=timezone.now()
    )
    give(doctor)
    settings.COMMENTS |= {"POLICY": "post"}

    reply = make_reply(thread, name_raw=name)

    assert reply.status == "pending"
    assert code in ReviewItem.objects.get(reply=reply).reasons


@pytest.mark.parametrize("name", ["Ana", "Мария", "Ελένη", "Drew", "Amanda", "Mdou"])
def test_ordinary_name_is_not_held(thread, settings, name):
    make_moderator()
    settings.COMMENTS |= {"POLICY": "post"}

    assert make_reply(thread, name_raw=name).status == "published"


def give(person: Participant, **values) -> Credential:
    today = timezone.now().date()
    values = {
        "profession": "Nurse",
        "register": "Register of Nurses",
        "register_id": "N-1",
        "expires_on": today + timedelta(days=30),
        "actor": Actor.person(make_moderator()),
        "today": today,
    } | values
    return credential_set(person.pk, **values)


@pytest.fixture
def clinician(thread) -> Participant:
    person = make_published(thread, name_raw="Rosa").participant
    Participant.objects.filter(pk=person.pk).update(verified_at=timezone.now())
    person.refresh_from_db()
    give(person)
    return person


def answer(thread: Thread, person: Participant) -> Reply:
    result = reply_submit(
        make_submission(thread.page_id, name_raw="Dr. Rosa"),
        actor=Actor.author(participant_id=person.pk),
        network="n",
        now=timezone.now(),
    )
    reply = Reply.objects.get(pk=result.reply_id)
    decide(reply, Action.APPROVE)
    return reply


def read(client, thread: Thread):
    return client.get(f"{API}/threads/{thread.page_id}/replies/")


def test_clinicians_answer_carries_its_badge(thread, clinician, client):
    reply = answer(thread, clinician)

    shown = {item["id"]: item for item in read(client, thread).json()["items"]}

    mine = shown.pop(str(reply.pk))
    assert mine["kind"] == "clinician_answer"
    assert mine["author"]["credential"]["register_id"] == "N-1"
    assert [i["author"]["credential"] for i in shown.values()] == [None]
    assert "name.title" not in ReviewItem.objects.get(reply=reply).reasons


def test_badge_is_lost_everywhere_on_the_day_after_it_expires(
    thread, clinician, client, monkeypatch
):
    """Kept bytes and entity tags included, without any job."""
    answer(thread, clinician)
    first = read(client, thread)
    later = timezone.now() + timedelta(days=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    second = client.get(
        f"{API}/threads/{thread.page_id}/replies/",
        headers={"If-None-Match": first["ETag"]},
    )

    assert second.status_code == 200
    assert {item["kind"] for item in second.json()["items"]} == {"reply"}
    assert {item["author"]["credential"] for item in second.json()["items"]} == {None}
    page = client.get(f"/replies/pages/{thread.page_id}/").content.decode()
    assert "Register of Nurses" not in page


def test_badge_is_lost_when_the_credential_is_taken_away(thread, clinician, client):
    answer(thread, clinician)
    tag = read(client, thread)["ETag"]
    moderator = Actor.person(make_moderator())
    today = timezone.now().date()

    for _ in range(2):
        credential_end(clinician.pk, actor=moderator, today=today)

    after = read(client, thread)
    assert after["ETag"] != tag
    assert {item["kind"] for item in after.json()["items"]} == {"reply"}


def test_credential_needs_the_right_a_proof_and_a_day_to_come(thread, clinician):
    guest = make_published(thread).participant

    with pytest.raises(NotAllowed):
        give(clinician, actor=Actor.guest())
    with pytest.raises(NotAllowed):
        credential_end(clinician.pk, actor=Actor.guest(), today=date(2026, 1, 1))
    with pytest.raises(StaleDecision):
        give(guest)
    with pytest.raises(StaleDecision):
        give(clinician, expires_on=date(2020, 1, 1))

    assert Credential.objects.count() == 1


def test_answer_of_verified_guests_says_so_to_clients(thread, verified, client):
    data = payload(thread.page_id, email=ADDRESS)

    response = post(client, thread.page_id, data)

    assert (response.status_code, response.json()["status"]) == (202, "unverified")
    assert make_thread().site_id == thread.site_id


def test_unconfirmed_reply_is_deleted_when_its_link_is_too_old(thread, verified):
    make_reply(thread, email_raw=ADDRESS)
    kept, _ = send_and_prove(thread, email="bob@example.org")

    records_purge(now=timezone.now() + timedelta(days=1))
    before = Reply.objects.count()
    records_purge(now=timezone.now() + timedelta(days=3))

    assert before == 2
    assert Reply.objects.get() == kept
    assert Participant.objects.get() == kept.participant


def test_words_of_a_withdrawn_reply_are_erased_after_a_while(thread):
    reply = make_published(thread, body_raw="My words.")
    author = Actor.author(reply_id=reply.pk)
    reply_withdraw(reply.pk, version=None, actor=author, now=timezone.now())

    records_purge(now=timezone.now() + timedelta(days=29))
    before = ReplyRevision.objects.get().source
    records_purge(now=timezone.now() + timedelta(days=31))
    again = records_purge(now=timezone.now() + timedelta(days=31))

    reply.refresh_from_db()
    revision = ReplyRevision.objects.get()
    assert before == "My words."
    assert (revision.source, revision.body_html, reply.author_name) == ("", "", "")
    assert again == 0
