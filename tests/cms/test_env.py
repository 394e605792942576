import pytest

from cms.env import (
    EnvError,
    origin_of,
    read_bool,
    read_choice,
    read_int,
    read_list,
    read_text,
    read_url,
)

REDIS = frozenset({"redis"})


@pytest.mark.parametrize(
    ("env", "default", "expected"),
    [
        ({"A": " x "}, None, "x"),
        ({"A": "  "}, "d", "d"),
        ({}, "d", "d"),
    ],
)
def test_text_is_stripped_and_blank_counts_as_absent(env, default, expected):
    assert read_text(env, "A", default) == expected


def test_missing_text_without_default_names_the_variable():
    with pytest.raises(EnvError, match=r"^SECRET must be set\.$"):
        read_text({}, "SECRET")


@pytest.mark.parametrize(
    ("word", "expected"),
    [(word, True) for word in ("1", "TRUE", "yes", "On")]
    + [(word, False) for word in ("0", "false", "No", "off")],
)
def test_bool_reads_eight_words(word, expected):
    assert read_bool({"A": word}, "A", default=not expected) is expected


def test_bool_falls_back_and_refuses_other_words():
    assert read_bool({}, "A", default=True) is True
    with pytest.raises(EnvError, match="A must be one of"):
        read_bool({"A": "maybe"}, "A", default=False)


def test_choice_is_one_of_the_choices_or_the_first():
    assert read_choice({"A": " b "}, "A", ("a", "b")) == "b"
    assert read_choice({}, "A", ("a", "b")) == "a"
    with pytest.raises(EnvError, match=r"A must be one of: a, b\."):
        read_choice({"A": "B"}, "A", ("a", "b"))


@pytest.mark.parametrize("value", ["1.5", "x", "-1"])
def test_int_refuses_what_is_not_a_whole_number_in_range(value):
    with pytest.raises(EnvError, match="A must be"):
        read_int({"A": value}, "A", default=1)


def test_int_reads_and_defaults():
    assert read_int({"A": "7"}, "A", default=1) == 7
    assert read_int({}, "A", default=3) == 3


def test_list_drops_blanks_and_falls_back():
    assert read_list({"A": "a, ,b,"}, "A") == ["a", "b"]
    assert read_list({}, "A", ("z",)) == ["z"]


def test_url_error_does_not_repeat_the_value():
    with pytest.raises(EnvError) as caught:
        read_url({"A": "http://user:secret@host"}, "A", schemes=REDIS)

    assert "secret" not in str(caught.value)


def test_url_may_be_empty_and_keeps_a_good_value():
    assert read_url({}, "A", schemes=REDIS) == ""
    assert read_url({"A": "redis://h:1/0"}, "A", schemes=REDIS) == "redis://h:1/0"


def test_origin_is_scheme_host_and_port():
    assert origin_of("https://example.org:8443/path?q=1#part") == (
        "https://example.org:8443"
    )
