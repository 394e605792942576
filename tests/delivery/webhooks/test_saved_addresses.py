"""A webhook that nothing would be sent to, or whose name breaks a line, is refused when it is saved; no name is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from wagtail.models import Site

from health_content import compat
from health_content.delivery import safe_http
from health_content.delivery.models import WebhookEndpoint
from health_content.delivery.outbound_rules import (
    Refusal,
    RefusedError,
    refuse_private_host,
)
from health_content.delivery.scopes import Scope
from tests.factories import editor, home_page

from .caller import Caller, token_of
from .test_recall_api import problem
from .test_safe_http import PRIVATE, PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable

needs_tokens = pytest.mark.skipif(
    not compat.IS_WAGTAIL_8, reason="Wagtail 7.4 has no tokens"
)
NEW = "/admin/webhooks/new/"
LIST = "webhooks/endpoints/"
BODY = {
    "name": "App of a partner",
    "url": "https://hooks.example/in",
    "event_types": ["article.published"],
    "sites": ["testserver"],
}
NOT_SENT_TO = [
    "http://10.0.0.1/in",
    "http://192.168.1.1:8080/",
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1/",
    "http://0.0.0.0/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[fe80::1]/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://localhost/",
    "https://LOCALHOST:8443/",
    "http://hooks.localhost/",
    "http://\uff4cocalhost/",
]
BROKEN_NAMES = [
    "App\r\nBcc: all@example.org",
    "App\nline",
    "App\tcell",
    "App\x1b[2J",
    "App\x7f",
    "App\x85line",
    "App\u2028line",
    "App\u2029paragraph",
]


@pytest.fixture(autouse=True)
def http_allowed(settings: Any) -> None:
    """Let webhooks go to http, so that the address alone is what is wrong."""
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"WEBHOOK_REQUIRE_HTTPS": False}


@pytest.fixture(autouse=True)
def lookups(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names that were looked up."""
    asked: list[str] = []
    monkeypatch.setattr(safe_http, "resolve", lambda host, _port: asked.append(host))
    return asked


@pytest.fixture
def manager(db: None) -> Caller:
    """Return a client whose token manages webhooks of all sites."""
    home_page()
    return token_of(editor(model_permissions=("manage_webhooks",)), Scope.WEBHOOKS_MANAGE)  # fmt: skip


@pytest.fixture
def fill_in(db: None, client: Any) -> Callable[..., Any]:
    """Return `fill_in(**values)`: the form of a new webhook, sent; it answers with the form's errors."""
    home_page()
    client.force_login(editor(model_permissions=("manage_webhooks",)))

    def send(**values: str) -> Any:
        site = Site.objects.get(is_default_site=True)
        answer = client.post(NEW, BODY | {"sites": [site.pk]} | values)
        return {} if answer.status_code == 302 else answer.context["form"].errors

    return send


@needs_tokens
@pytest.mark.parametrize("url", NOT_SENT_TO)
def test_address_that_nothing_is_sent_to_is_a_422(manager, lookups, url):
    answer = manager.post(LIST, BODY | {"url": url})

    assert problem(answer) == (422, "unprocessable-content")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["#/url"]
    assert WebhookEndpoint.objects.count() == 0
    assert lookups == []


@needs_tokens
def test_address_is_not_changed_to_one_that_nothing_is_sent_to(manager):
    made = manager.post(LIST, BODY).json()

    answer = manager.request(
        "patch", f"{LIST}{made['id']}/", {"url": "http://10.0.0.1/"}
    )

    assert problem(answer) == (422, "unprocessable-content")
    assert WebhookEndpoint.objects.get().url == BODY["url"]


@pytest.mark.parametrize("url", NOT_SENT_TO)
def test_address_that_nothing_is_sent_to_is_an_error_of_the_form(fill_in, lookups, url):
    errors = fill_in(url=url)

    assert list(errors) == ["url"]
    assert WebhookEndpoint.objects.count() == 0
    assert lookups == []


def test_form_says_what_is_wrong_with_a_private_address(fill_in):
    assert fill_in(url="http://10.0.0.1/") == {
        "url": ["Messages go to the public internet only."]
    }


@pytest.mark.parametrize("host", ["10.0.0.1", "LocalHost", "::1"])
def test_host_that_the_settings_name_is_taken(fill_in, settings, host):
    settings.HEALTH_CONTENT = settings.HEALTH_CONTENT | {"WEBHOOK_PRIVATE_HOSTS": [host]}  # fmt: skip
    url = f"http://[{host}]:8001/" if ":" in host else f"http://{host}:8001/"

    assert fill_in(url=url) == {}
    assert WebhookEndpoint.objects.get().url == url


@needs_tokens
@pytest.mark.parametrize(
    "url", ["http://intranet/", "http://8.8.8.8/", "https://localhost.example/"]
)
def test_name_is_looked_up_when_something_is_sent_only(manager, lookups, url):
    assert manager.post(LIST, BODY | {"url": url}).status_code == 201
    assert lookups == []


@needs_tokens
@pytest.mark.parametrize("name", BROKEN_NAMES)
def test_name_with_a_control_character_is_a_422(manager, name):
    answer = manager.post(LIST, BODY | {"name": name})

    assert problem(answer) == (422, "unprocessable-content")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["#/name"]
    assert WebhookEndpoint.objects.count() == 0


@needs_tokens
def test_name_with_a_nul_is_no_text_at_all(manager):
    answer = manager.post(LIST, BODY | {"name": "App\0"})

    assert problem(answer) == (400, "invalid-request")


@pytest.mark.parametrize("name", [*BROKEN_NAMES, "App\0"])
def test_name_with_a_control_character_is_an_error_of_the_form(fill_in, name):
    assert list(fill_in(name=name)) == ["name"]
    assert WebhookEndpoint.objects.count() == 0


@needs_tokens
def test_name_in_any_language_is_taken(manager):
    name = "Clínica 東京 \U0001f469\u200d\u2695\ufe0f"

    answer = manager.post(LIST, BODY | {"name": name})

    assert (answer.status_code, answer.json()["name"]) == (201, name)


@pytest.mark.parametrize("host", [*PRIVATE, "localhost", "a.b.localhost"])
def test_private_host_is_refused_without_a_look_up(host):
    with pytest.raises(RefusedError) as refused:
        refuse_private_host(host, private_hosts=frozenset())

    assert refused.value.refusal is Refusal.ADDRESS
    refuse_private_host(host, private_hosts=frozenset({host}))


@pytest.mark.parametrize("host", [*PUBLIC, "hooks.example", "localhost.example", "intranet", "notlocalhost"])  # fmt: skip
def test_public_address_and_any_other_name_pass(host):
    try:
        refuse_private_host(host, private_hosts=frozenset())
        refusal = None
    except RefusedError as error:
        refusal = error.refusal

    assert refusal is None
