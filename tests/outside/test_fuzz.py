"""Schemathesis calls the running host with what the APIs' descriptions allow, and with what they forbid: no failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from .conftest import ROOT, TIMEOUT_SECONDS, Site
from .fuzz import hooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.outside, pytest.mark.xdist_group("fuzz")]
FOLDER = ROOT / "tests/outside/fuzz"
CONFIGURATION = FOLDER / "schemathesis.toml"
PHASES = ("coverage", "fuzzing", "stateful")
# The smallest run that reaches every operation in every phase; `make fuzz` asks for more.
EXAMPLES = 8
# How often links are followed from the beginning, at least.
WALKS = 60
# Which links are followed depends on what is there, and so on the clock: this often, those left out get another chance.
MORE_WALKS = 5
RUN_SECONDS = 3_600
Operation = dict[str, Any]


@pytest.fixture
def postgresql(scratch_site: Site, lacking: Callable[[str], NoReturn]) -> Site:
    """Return a site that may be changed, when it runs on PostgreSQL."""
    if not scratch_site.is_postgresql:
        lacking("DATABASE_URL names no PostgreSQL")
    return scratch_site


@pytest.fixture
def world(postgresql: Site) -> str:
    """Return what calls need to know: a token that may do everything, codes, a password."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.outside.fuzz.world"],
        cwd=ROOT, env=postgresql.environment, check=False, capture_output=True, text=True, timeout=TIMEOUT_SECONDS,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture
def examples(request: pytest.FixtureRequest) -> int:
    """Return how many requests of a kind are made up."""
    return request.config.getoption("--fuzz-examples") or EXAMPLES


# They want a link out of a mail or an author's token, which no request can guess: here they are only refused, and
# `tests/comments/test_api_author.py` has the rest.
OF_AUTHORS = ("/verifications/", "/sign-ins/", "/decisions/", "/me/", "/replies/{reply_id}/")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """What became of the calls of one API."""

    report: dict[str, Any]
    answers: Counter[tuple[str, str, bool, int]]
    """How many, by operation, phase, whether a token was sent, and status."""
    operations: dict[str, Operation]
    """As the API describes them."""

    def called(self, phase: str) -> set[str]:
        """Return the operations that were called in *phase*."""
        return {name for name, met, _, _ in self.answers if met == phase}

    def succeeded(self, *, has_token: bool) -> set[str]:
        """Return the operations that did what was asked, with a token or without one."""
        return {
            name
            for name, _, sent, status in self.answers
            if sent is has_token and 200 <= status < 300
        }


def test_nothing_that_is_sent_to_the_content_api_breaks_its_contract(
    postgresql: Site, tmp_path: Path, world: str, examples: int
) -> None:
    """With a token that may do everything, and without one where none is needed.

    Schemathesis itself calls what needs one without it and with a bad one, once it has succeeded (`ignored_auth`).
    """
    run = fuzz(postgresql.url, "content", tmp_path, examples, world)

    assert_clean(run)
    free = {name for name in run.operations if {} in security(run.operations[name])}
    kept = set(run.operations) - free
    # There every token is refused.
    without = {
        "POST /preview/sessions/", "GET /preview/page_preview/", "GET /preview/page_preview/{id}/",
    }  # fmt: skip
    assert run.succeeded(has_token=False) == free
    assert run.succeeded(has_token=True) == (kept | free) - without
    assert len(kept) >= 18


def test_nothing_that_is_sent_to_the_replies_api_breaks_its_contract(
    postgresql: Site, tmp_path: Path, examples: int
) -> None:
    run = fuzz(postgresql.url, "replies", tmp_path, examples)

    assert_clean(run)
    missed = set(run.operations) - run.succeeded(has_token=False)
    assert {name for name in missed if not name.partition(" ")[2].startswith(OF_AUTHORS)} == set()  # fmt: skip


def test_every_list_has_its_cursors() -> None:
    """A list that `hooks.ORDERS` does not know would be asked for its first page only."""
    ordered = {
        name.partition(" ")[2]
        for name, operation in described("content").items()
        for taken in [{each["name"] for each in operation["parameters"]}]
        if taken & {"cursor", "since"} and "order" not in taken
    }

    assert ordered == set(hooks.ORDERS)


@pytest.mark.parametrize("status", ["410", "422"])
def test_only_what_may_refuse_a_good_request_may(status: str) -> None:
    configuration = tomllib.loads(CONFIGURATION.read_text("utf-8"))
    allowed = {
        name
        for each in configuration["operations"]
        for name in each["include-name"]
        if status in each["checks"]["positive_data_acceptance"]["expected-statuses"]
    }

    may = {
        name
        for api in ("content", "replies")
        for name, operation in described(api).items()
        if status in operation["responses"]
    }
    assert allowed == may
    every = configuration["checks"]["positive_data_acceptance"]["expected-statuses"]
    assert status not in every


def test_no_check_is_switched_off() -> None:
    text = CONFIGURATION.read_text("utf-8")
    configuration = tomllib.loads(text)

    assert configuration["checks"].pop("enabled") is True
    assert set(configuration["checks"]) == {"positive_data_acceptance"}
    assert f"max-examples = {WALKS}" in text
    assert "false" not in text.replace("[cache]\nenabled = false", "")
    for each in configuration["operations"]:
        assert set(each) == {"include-name", "checks"}
        assert set(each["checks"]) == {"positive_data_acceptance"}


def described(api: str) -> dict[str, Operation]:
    """Return the operations of the snapshot of one API, by method and path."""
    path = ROOT / f"tests/contracts/{api}-openapi.json"
    return operations_of(json.loads(path.read_text("utf-8")))


def operations_of(document: dict[str, Any]) -> dict[str, Operation]:
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in {"get", "post", "put", "patch", "delete"}
    }


def security(operation: Operation) -> list[dict[str, Any]]:
    """Return what *operation* wants; where it does not say, what the document does."""
    found: list[dict[str, Any]] = operation.get("security", [{}])
    return found


def assert_clean(run: Run) -> None:
    report = run.report
    assert report["complete"] is True
    assert report["failures"] == []
    assert report["errors"] == []
    assert {name: report["phases"][name]["status"] for name in PHASES} == dict.fromkeys(
        PHASES, "success"
    )
    assert report["operations"]["tested"] == report["operations"]["total"]
    assert run.called("coverage") == set(run.operations)
    assert run.called("fuzzing") == set(run.operations)
    assert run.called("stateful") >= linked(run.operations)


def linked(operations: dict[str, Operation]) -> set[str]:
    """Return the operations that links lead from or to."""
    names = {each["operationId"]: name for name, each in operations.items()}
    links = {
        (name, names[link["operationId"]])
        for name, operation in operations.items()
        for answer in operation["responses"].values()
        for link in answer.get("links", {}).values()
    }
    return {name for pair in links for name in pair}


def fuzz(url: str, api: str, folder: Path, examples: int, world: str = "{}") -> Run:
    """Call one API until every link was followed, or followed in vain, and return what became of it."""
    seed = 1 if examples == EXAMPLES else int.from_bytes(os.urandom(4))
    run = call(url, api, folder, examples, world, seed=seed)
    for turn in range(1, MORE_WALKS + 1):
        if run.called("stateful") >= linked(run.operations):
            break
        more = call(
            url, api, folder, examples, world, seed=seed + turn, phases=("stateful",)
        )
        run.answers.update(more.answers)
    return run


def call(
    url: str, api: str, folder: Path, examples: int, world: str, *, seed: int, phases: tuple[str, ...] = PHASES
) -> Run:  # fmt: skip
    """Have schemathesis call one API. It must find nothing."""
    tally = folder / "tally.json"
    document = f"{url}/api/{api}/v1/openapi.json"
    configuration = folder / "schemathesis.toml"
    text = CONFIGURATION.read_text("utf-8")
    walks = f"max-examples = {max(WALKS, examples)}"
    configuration.write_text(text.replace(f"max-examples = {WALKS}", walks))
    result = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "--config-file", str(configuration), "run", document,
            "--phases", ",".join(phases), "--max-examples", str(examples), "--seed", str(seed),
            "--report", "json", "--report-json-path", str(folder / "report.json"),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "FUZZ_WORLD": world, "FUZZ_TALLY": str(tally)},
        capture_output=True, text=True, check=False, timeout=RUN_SECONDS,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    report: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    answers: Counter[tuple[str, str, bool, int]] = Counter()
    for *key, number in json.loads(tally.read_text("utf-8")):
        answers[tuple(key)] += number
    return Run(report, answers, described(api))
