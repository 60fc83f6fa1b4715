"""Files that are no scripts: one diagnostic each."""

from __future__ import annotations

import pytest

from twofold.core.diagnostic import TwofoldError
from twofold.repl.reading import LONGEST_LINE, read_script, script_text


def code(name: object) -> str:
    with pytest.raises(TwofoldError) as caught:
        read_script(str(name))
    assert caught.value.diagnostic.help
    return caught.value.diagnostic.code


def test_what_is_not_there(tmp_path):
    (tmp_path / "lemmas.two").write_text("x")
    with pytest.raises(TwofoldError) as caught:
        read_script(str(tmp_path / "lemma.two"))
    assert caught.value.diagnostic.code == "no-such-file"
    assert "lemmas.two" in caught.value.diagnostic.help
    assert code(tmp_path / "a" / "b.two") == "no-such-file"


def test_a_folder(tmp_path):
    assert code(tmp_path) == "is-a-directory"


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x00\xff\xfe", b"x + \xff", b"a\0b"])
def test_bytes_that_are_no_text(tmp_path, data):
    path = tmp_path / "rubbish.two"
    path.write_bytes(data)
    assert code(path) == "not-text"


def test_a_line_without_end(tmp_path):
    path = tmp_path / "long.two"
    path.write_text("1\n" + "1+" * LONGEST_LINE)
    assert code(path) == "line-too-long"


def test_line_ends_and_byte_order_marks():
    assert script_text(b"\xef\xbb\xbfa\r\nb\rc\n", "x") == "a\nb\nc\n"
