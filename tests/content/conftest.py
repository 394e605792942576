"""What the tests of the content part share."""

from __future__ import annotations

import pytest

from tests import factories


@pytest.fixture
def home(db):
    return factories.home_page()


@pytest.fixture
def admin_client(client, db):
    """Return a client signed in as a superuser."""
    client.force_login(factories.superuser())
    return client
