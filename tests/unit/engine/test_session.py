"""Sessions in this process: rows, definitions, undo, settings, files."""

import pytest

from twofold.engine.session import Session


def rows(text, **options):
    return [r.to_dict() for r in Session(**options).run(text)]


def last(text, **options):
    return rows(text, **options)[-1]


def code(text, **options):
    return last(text, **options)["error"]["code"]


def test_a_row_has_its_place_and_its_text():
    row = rows("\n  1/3 + 1/6  # a half", name="a.two")[0]
    assert (row["schema"], row["file"], row["line"], row["column"]) == (1, "a.two", 2, 3)
    assert (row["source"], row["kind"], row["status"], row["exact"], row["numeric"]) == (
        "1/3 + 1/6",
        "question",
        "ok",
        "1/2",
        "0.5",
    )
    assert row["check"]["agrees"] is True
    assert "verdict" not in row and "error" not in row and row["seconds"] >= 0


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("a = 3\na^2", "9"),
        ("f(x, y) = x^2 + y\nf(2, 1/2)", "9/2"),
        ("a = 3\nf(x) = a*x\na = 5\nf(2)", "6"),
        ("g = x -> x + 1\ng(2)", "3"),
        ("M = [1, 2; 3, 4]\nM", "[1, 2; 3, 4]"),
        ("x = data([2.1, 3.4])\nx[2]", "17/5"),
        ("p = 1/2\nq = p + 1/4\nq", "3/4"),
    ],
)
def test_definitions(text, exact):
    assert last(text)["exact"] == exact


def test_one_broken_statement_leaves_the_others_alone():
    found = rows("a = 1\nsinn(a)\n2 +* 3\na + 1")
    assert [r["status"] for r in found] == ["ok", "error", "error", "ok"]
    assert found[1]["error"]["code"] == "unknown-function" and found[1]["error"]["line"] == 2
    assert found[3]["exact"] == "2"


@pytest.mark.parametrize("text", ["y = sinn(2)", "y ~ Normal(0, -1)", "let y : vectr(3)", "y(t) = sinn(t)", "y = 1\ny = sinn(2)"])
def test_a_name_whose_definition_failed_has_no_meaning(text):
    assert code(f"{text}\ny + 1" if "(t)" not in text else f"{text}\ny(1)") == "unknown-name"
    assert last(f"{text}\ny = 2\ny")["exact"] == "2"


def test_undo_and_redo_are_exact():
    session = Session()
    session.run("a = 1")
    before = session.environment
    session.run("a = 2\nlet n : size")
    after = session.environment
    assert session.undo() and session.environment is before
    assert session.redo() and session.environment is after
    assert not session.redo()
    assert session.undo() and session.undo() and not session.undo()
    assert session.run("a")[0].status == "error" or session.run("a")[0].exact == "a"


def test_replay_gives_the_same_names_without_computing():
    from twofold.grammar.parse import parse

    script = parse("let x > 0\na = x + 1\nX ~ Normal(mu, sigma)\nset digits = 30")
    session = Session()
    for statement in script.statements:
        session.define_only(script.span.source, statement)
    assert list(session.environment.names) == ["x", "a", "mu", "sigma", "X"]
    assert session.environment.settings.digits == 30


def test_skipped_parts_are_taken_up_and_not_reported():
    from twofold.grammar.parse import parse

    script = parse("derivation:\n  a = 2\n  b = a + 1\n  c = b + 1\nend")
    seen = []
    Session().execute(script.span.source, script.statements[0], seen.append, 2)
    assert [(r["kind"], r["line"]) for r in seen if "schema" in r] == [("definition", 4), ("derivation", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("set digitz = 3", "unknown-setting"),
        ("set digits = 0", "bad-setting"),
        ("set digits = 2.5", "bad-setting"),
        ("set layout = sideways", "bad-setting"),
        ("set time = 0", "bad-setting"),
        ("set symmetric = 3", "bad-setting"),
    ],
)
def test_settings_that_are_refused(text, expected):
    assert code(text) == expected


def test_settings():
    session = Session(settings={"digits": 20})
    assert session.environment.settings.digits == 20
    session.run("set time = 1.5\nset seed = 3\nset layout = denominator\nset symmetric")
    s = session.environment.settings
    assert (s.digits, s.time, s.seed, s.layout, s.symmetric) == (20, 1.5, 3, "denominator", True)
    assert last("set digitz = 3")["error"]["help"] == "did you mean `digits`?"
    with pytest.raises(TypeError):
        Session(settings={"colour": 1})


def test_digits():
    assert last("set digits = 5\n1/3")["numeric"] == "0.33333"
    assert last("N(1/3, 25)")["numeric"] == "0.3333333333333333333333333"
    assert "exact" not in last("N(1/3)")
    assert code("N(1/3, 0)") == "bad-digits"


def test_hidden_answers_are_marked():
    found = rows("a = 1; a + 1;\na")
    assert [r.get("hidden", False) for r in found] == [True, True, False]


# --- files ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "heights.csv").write_text("name, cm\n1, 180.5\n2, 171\n")
    (tmp_path / "plain.csv").write_text("1\n2.5\n")
    (tmp_path / "words.csv").write_text("a\nb\n")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "lemmas.two").write_text("q = 7\nsquare(t) = t^2\n")
    (tmp_path / "ring.two").write_text('include "ring.two"\n')
    return tmp_path


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ('x = read("heights.csv", column = "cm")\nx', "[361/2, 171]"),
        ('x = read("heights.csv", column = 2)\nx[1]', "361/2"),
        ('x = read("plain.csv")\nx', "[1, 5/2]"),
        ('x = read("heights.csv")\nx', "[1, 361/2; 2, 171]"),
        ('include "lemmas.two"\nsquare(q)', "49"),
    ],
)
def test_reading(folder, text, exact):
    assert last(text, folder=folder)["exact"] == exact


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('x = read("missing.csv")', "unreadable-file"),
        ('x = read("binary.csv")', "unreadable-file"),
        ('x = read("words.csv")', "not-a-number"),
        ('x = read("heights.csv", column = "kg")', "unknown-column"),
        ('x = read("heights.csv", column = 3)', "unknown-column"),
        ('x = read("../heights.csv")', "not-allowed"),
        ('x = read("/etc/passwd")', "not-allowed"),
        ('include "missing.two"', "unreadable-file"),
    ],
)
def test_reading_that_is_refused(folder, text, expected):
    assert code(text, folder=folder) == expected


def test_an_include_that_goes_round_is_refused(folder):
    assert "circular-include" in [r.get("error", {}).get("code") for r in rows('include "ring.two"', folder=folder)]


def test_links_do_not_lead_outside(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "secret.csv").write_text("1\n")
    (folder / "link.csv").symlink_to(other / "secret.csv")
    assert code('x = read("link.csv")', folder=folder) == "not-allowed"
    assert last('x = read("link.csv")\nx', folder=folder, allow_read=[other])["exact"] == "[1]"


def test_no_file_is_read_twice(folder):
    session = Session(folder=folder)
    session.run('x = read("plain.csv")')
    (folder / "plain.csv").write_text("9\n")
    assert session.run('y = read("plain.csv")\ny')[-1].exact == "[1, 5/2]"


def test_what_was_read_is_told_and_can_be_given_back(folder):
    seen = []
    Session(folder=folder).run('x = read("plain.csv")', emit=seen.append)
    files = next(row["files"] for row in seen if "files" in row)
    (folder / "plain.csv").unlink()
    assert Session(folder=folder, files=files).run('x = read("plain.csv")\nx')[-1].exact == "[1, 5/2]"


def test_replay_of_an_include_takes_its_definitions_and_judges_nothing(folder):
    from twofold.grammar.parse import parse

    (folder / "more.two").write_text("r = 5\nr == 6\nderivation:\n  r\n    == 6\nend\n")
    script = parse('include "more.two"')
    session = Session(folder=folder)
    session.define_only(script.span.source, script.statements[0])
    assert session.run("r")[-1].exact == "5"
    found = Session(folder=folder).run('include "more.two"')
    assert [(r.kind, r.verdict) for r in found][-1] == ("setting", None) and len(found) == 5
