"""Holds scripts/check itself to account: each rule finds what breaks it, by file and line, and lets the rest be."""
import json
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    # Files that the rules name as exceptions must exist.
    for name in exceptions():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    done = subprocess.run([sys.executable, ROOT / "scripts/check", folder], capture_output=True, text=True)
    assert done.stderr == ""
    return done.returncode, [line for line in done.stdout.splitlines() if ": " in line]


def exceptions():
    text = (ROOT / "scripts/check").read_text(encoding="utf-8")
    table = text.split("SQL_FILES = {", 1)[1].split("\n}", 1)[0]
    return [line.split('"')[1] for line in table.splitlines() if line.strip()]


BROKEN = [
    ("a room imports another", "Sources/Safety/Safety.swift", "import Sensing\n", 1, "never import each other"),
    ("a room imports another in public", "Sources/Safety/Safety.swift", "\npublic import Sensing\n", 2, "never import each other"),
    ("the spine looks up", "Sources/Store/A.swift", "import Record\n", 1, "arrows of the spine go down only"),
    ("Bus knows the store", "Sources/Bus/A.swift", "import Store\n", 1, "arrows of the spine go down only"),
    ("SQL in a rule", "Sources/Sensing/Rules/A.swift", 'let a = 1\nlet b = "SELECT id FROM alarms"\n', 2, "SQL stands only"),
    ("SQL over several lines", "Sources/Sensing/Pages/A.swift", 'let a = """\n    DELETE FROM alarms\n    """\n', 2, "SQL stands only"),
    ("HTML in a rule", "Sources/Sensing/Rules/A.swift", 'let a = "<b>now</b>"\n', 1, "HTML stands only"),
    ("a forced try", "Sources/Twin/A.swift", "let a = try! b()\n", 1, "no try!"),
    ("a forced cast", "Sources/Twin/A.swift", "let a = b as! Int\n", 1, "no as!"),
    ("unfinished work", "Sources/Twin/A.swift", "// " + "TO" + "DO later\n", 1, "finish it"),
    ("unfinished work in a test", "Tests/TwinTests/A.swift", "// " + "FIX" + "ME later\n", 1, "finish it"),
    ("a long file", "Sources/Twin/A.swift", "let a = 1\n" * 401, 401, "at most 400 lines"),
    ("a tenancy made up", "Sources/Sensing/A.swift", "struct All: Tenancy {}\n", 1, "only Access"),
]


@pytest.mark.parametrize("name, text, line, rule", [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_what_breaks_a_rule_is_found_at_its_line(tmp_path, name, text, line, rule):
    code, findings = run(tmp_path, {name: text})
    assert code == 1
    assert len(findings) == 1, findings
    assert findings[0].startswith(f"{name}:{line}: ") and rule in findings[0]


SOUND = [
    ("SQL in Tables", "Sources/Sensing/Tables/A.swift", 'let a = "SELECT id FROM alarms"\n'),
    ("SQL in the spine", "Sources/Twin/Tables/A.swift", 'let a = "INSERT INTO things (id) VALUES (1)"\n'),
    ("SQL in a comment", "Sources/Sensing/Rules/A.swift", "/// SELECT id FROM alarms would be slow.\n"),
    ("HTML in Pages", "Sources/Sensing/Pages/A.swift", 'let a = "<b>now</b>"\n'),
    ("HTML in a comment", "Sources/Sensing/Rules/A.swift", "// <b>now</b>\n"),
    ("try! in a string", "Sources/Twin/A.swift", 'let a = "try! try! again"\n'),
    ("a room on the frame", "Sources/Safety/Safety.swift", "public import District\nimport Store\nimport Web\n"),
    ("a code interpolated", "Sources/Twin/A.swift", 'let a = "\\(b.map { "\\($0)" } ?? "as! you were")"\n'),
]


@pytest.mark.parametrize("name, text", [case[1:] for case in SOUND], ids=[case[0] for case in SOUND])
def test_what_keeps_the_rules_is_let_be(tmp_path, name, text):
    assert run(tmp_path, {name: text}) == (0, [])


def test_every_word_of_a_template_exists_in_both_languages(tmp_path):
    code, findings = run(
        tmp_path,
        {
            "Sources/Web/Templates/wording.json": {"save": {"ko": "저장", "en": "Save"}},
            "Sources/Sensing/Pages/Templates/wording.json": {"alarm": {"ko": "경보"}, "empty": {"ko": "", "en": "none"}},
            "Sources/Sensing/Pages/Templates/a.mustache": "{{t.save}}\n{{t.alarm}}\n{{t.absent}}\n",
        },
    )
    assert code == 1
    assert [finding.split(": ", 1)[1] for finding in findings] == [
        "no words for absent",
        "alarm needs words in ko and en",
        "empty has no Korean words",
    ]


def test_the_tree_itself_keeps_the_rules():
    done = subprocess.run([sys.executable, ROOT / "scripts/check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
