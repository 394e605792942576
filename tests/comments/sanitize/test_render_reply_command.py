"""`manage.py render_reply`: JSON strings in, one JSON object a line out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def run(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[str], CommandError | None]:
    """Return the lines printed for *data* on standard input, and the error that ended the run."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    output = io.StringIO()
    try:
        call_command("render_reply", jsonl="-", stdout=output)
    except CommandError as error:
        return output.getvalue().splitlines(), error
    return output.getvalue().splitlines(), None


def test_each_line_gives_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = ["**a**", "", "é\u2028\n", "<script>", "\ud800x", "x" * 5_001]

    lines, error = run(
        "".join(f"{json.dumps(source)}\n" for source in sources).encode(), monkeypatch
    )

    assert error is None
    assert [json.loads(line) for line in lines] == [
        {"html": "<p><strong>a</strong></p>", "text": "a"},
        {"html": "", "text": ""},
        {"html": "<p>é</p>", "text": "é"},
        {"html": "<p>&lt;script&gt;</p>", "text": "<script>"},
        {"html": "<p>x</p>", "text": "x"},
        {"html": "", "text": "", "error": "reply.too_long"},
    ]
    assert all(line.isascii() for line in lines)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_bytes(b'\xef\xbb\xbf"a\xe2\x80\xa8b"\r\n"c"')
    output = io.StringIO()

    call_command("render_reply", jsonl=str(path), stdout=output)

    assert [json.loads(line)["text"] for line in output.getvalue().splitlines()] == [
        "a\nb",
        "c",
    ]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b"x", "Line 2 is not valid JSON: "),
        (b'"x', "Line 2 is not valid JSON: "),
        (b'"\xff"', "Line 2 is not valid JSON: "),
        (b"", "Line 2 is not valid JSON: "),
        (b"[" * 100_000, "Line 2 is not valid JSON: "),
        (b"9" * 10_000, "Line 2 is not valid JSON: "),
        (b"12", "Line 2 is not a JSON string."),
        (b"null", "Line 2 is not a JSON string."),
        (b'{"html": "x"}', "Line 2 is not a JSON string."),
    ],
)
def test_a_bad_line_is_named_and_costs_no_other_line(
    bad: bytes,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines, error = run(b'"a"\n' + bad + b'\n"c"\n', monkeypatch)

    assert [json.loads(line) for line in lines] == [
        {"html": "<p>a</p>", "text": "a"},
        {"html": "", "text": "", "error": "line.invalid"},
        {"html": "<p>c</p>", "text": "c"},
    ]
    [complaint] = capsys.readouterr().err.splitlines()
    assert complaint.startswith(message)
    assert len(complaint) < 200
    assert error is not None
    assert str(error) == "Lines that are not JSON strings: 1."
    assert error.returncode == 2


def test_every_bad_line_is_named_with_its_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines, error = run(b'1\n"b"\n2\n\n', monkeypatch)

    assert [json.loads(line)["text"] for line in lines] == ["", "b", "", ""]
    complaints = capsys.readouterr().err.splitlines()
    assert [line.split(" is ")[0] for line in complaints] == [
        "Line 1",
        "Line 3",
        "Line 4",
    ]
    assert str(error) == "Lines that are not JSON strings: 3."


def test_a_missing_file_is_named() -> None:
    with pytest.raises(CommandError, match="Cannot read /nowhere: No such") as caught:
        call_command("render_reply", jsonl="/nowhere")

    assert caught.value.returncode == 2


def test_a_reader_that_has_enough_ends_the_run_quietly() -> None:
    root = Path(__file__).resolve().parents[3]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "render_reply", "--jsonl", "-"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'"a"\n')
    process.stdin.flush()
    first = process.stdout.readline()
    process.stdout.close()

    _, complaints = process.communicate(b'"b"\n"c"\n')

    assert first == b'{"html": "<p>a</p>", "text": "a"}\n'
    assert complaints == b""
    assert process.returncode == 1
