"""The generator against small sources of its own, and against the real ones."""

import io
import re
import tempfile
import unittest
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import generate
from generator import Fault, ftl, icons, kotlin, scan, swift, tokens, words
from generator.languages import LANGUAGES, category

HERE = Path(__file__).resolve().parent
EN = "hello = Hello { $name }\ncount = { $n ->\n    [one] { $n } run\n   *[other] { $n } runs\n}\n"
AR = ("hello = مرحبًا { $name }\ncount = { $n ->\n    [zero] لا شيء\n    [one] واحد\n    [two] اثنان\n"
      "    [few] { $n } قليل\n    [many] { $n } كثير\n   *[other] { $n } غيره\n}\n")


class Words(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = Path(place.name)

    def load(self, en=EN, ar=AR):
        (self.folder / "en.ftl").write_text(en, encoding="utf-8")
        (self.folder / "ar.ftl").write_text(ar, encoding="utf-8")
        return words.load(self.folder)

    def fault(self, said, en=EN, ar=AR):
        with self.assertRaises(Fault) as raised:
            self.load(en, ar)
        self.assertRegex(str(raised.exception), said)

    def test_two_languages_that_agree_are_taken(self):
        said = self.load()
        self.assertEqual({"name": False}, said["en"]["hello"].variables())
        self.assertEqual({"n": True}, said["ar"]["count"].variables())

    def test_each_fault_is_told_with_its_file_and_line(self):
        for said, change in {
            r"ar\.ftl:1: extra is missing \(en\.ftl, line 6\)": dict(en=EN + "extra = More\n"),
            r"ar\.ftl:10: extra is surplus": dict(ar=AR + "extra = المزيد\n"),
            r"ar\.ftl:1: hello lacks \$name": dict(ar=AR.replace(" { $name }", "")),
            r"ar\.ftl:1: hello uses \$who": dict(ar=AR.replace("$name", "name } { $who").replace("{ name }", "{ $name }")),
            r"ar\.ftl:2: count lacks \[few\]": dict(ar=AR.replace("    [few] { $n } قليل\n", "")),
            r"en\.ftl:2: count lacks \[one\]": dict(en=EN.replace("    [one] { $n } run\n", "")),
            r"en\.ftl:2: count: 'en' never uses \[two\]": dict(en=EN.replace("[one]", "[two] Two\n    [one]")),
            r"en\.ftl:3: count: \[single\] is no plural": dict(en=EN.replace("[one]", "[single]")),
            r"en\.ftl:4: count has no \*\[other\]": dict(en=EN.replace("   *[other] { $n } runs\n", "")),
            r"en\.ftl:4: count: the star belongs": dict(en=EN.replace("*[other]", " [other]")),
            r"en\.ftl:2: count: the selector is not closed": dict(en=EN.rstrip()[:-2]),
            r"en\.ftl:6: hello is given twice, first in line 1": dict(en=EN + "hello = Again\n"),
            r"en\.ftl:6: neither a message": dict(en=EN + "Bad Name = x\n"),
            r"en\.ftl:6: open has no words": dict(en=EN + "open =\n"),
            r"en\.ftl:6: class cannot be a member": dict(en=EN + "class = x\n", ar=AR + "class = x\n"),
            r"en\.ftl:1: a placeable is": dict(en=EN.replace("{ $name }", "{$name}")),
        }.items():
            with self.subTest(said):
                self.fault(said, **change)

    def test_a_form_that_drops_another_variable_is_a_fault(self):
        en = "kept = { $n ->\n    [one] { $place } for { $n } day\n   *[other] for { $n } days\n}\n"
        self.fault(r"kept lacks \$place in \[other\]", en=en, ar=AR)

    def test_a_language_without_rules_is_a_fault(self):
        (self.folder / "xx.ftl").write_text("", encoding="utf-8")
        self.fault(r"xx\.ftl:1: no language 'xx'")

    def test_plurals_follow_cldr(self):
        english, arabic = LANGUAGES["en"], LANGUAGES["ar"]
        self.assertEqual(["other", "one", "other"], [category(english, n) for n in (0, 1, 2)])
        for n, form in {0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other",
                        101: "other", 102: "other", 103: "few", 110: "few", 111: "many", 200: "other"}.items():
            self.assertEqual(form, category(arabic, n), n)


class Written(unittest.TestCase):
    def test_both_shells_get_the_same_members(self):
        said = words.load(HERE / "strings")
        of_kotlin = set(re.findall(r"^    (?:val|fun) (\w+)", kotlin.strings(said).split("\n}\n")[0], re.M))
        of_swift = set(re.findall(r"^    (?:var|func) (\w+)", swift.strings(said).split("\n}\n")[0], re.M))
        self.assertEqual(of_kotlin, of_swift)
        self.assertEqual({m.member for m in said["en"].values()}, of_kotlin - {"language", "rightToLeft"})

    def test_signs_that_a_language_reads_as_code_are_escaped(self):
        message = ftl.Message("x", 1, pieces=['5 $ "a" \\', ("name", False), ("n", True)])
        self.assertEqual('"5 \\$ \\"a\\" \\\\${apart(name)}${n}"', kotlin._text(message.pieces))
        self.assertEqual('"5 $ \\"a\\" \\\\\\(apart(name))\\(n)"', swift._text(message.pieces))

    def test_everything_is_written_once_and_again_only_on_change(self):
        with tempfile.TemporaryDirectory() as place, redirect_stdout(io.StringIO()):
            for command, first, end in (("kotlin", "--model", "kt"), ("swift", "--strings", "swift")):
                arguments = [command, first, f"{place}/a", "--ui", f"{place}/b"]
                self.assertEqual(0, generate.main(arguments))
                written = [Path(place, "a", f"Strings.{end}"), Path(place, "b", f"Tokens.{end}"), Path(place, "b", f"Icons.{end}")]
                times = [path.stat().st_mtime_ns for path in written]
                generate.main(arguments)
                self.assertEqual(times, [path.stat().st_mtime_ns for path in written])


class Look(unittest.TestCase):
    def test_the_real_tokens_keep_their_contrast(self):
        look = tokens.load(HERE / "tokens.json")
        self.assertGreaterEqual(min(least for _, _, least in look["contrast"]), 3)
        self.assertGreaterEqual(look["touch"]["android"], 48)
        self.assertGreaterEqual(look["touch"]["ios"], 44)

    def test_contrast_is_that_of_wcag(self):
        self.assertAlmostEqual(21, tokens.contrast("#000000", "#ffffff"), 2)
        self.assertAlmostEqual(4.48, tokens.contrast("#777777", "#ffffff"), 2)

    def test_a_pair_that_is_too_pale_is_a_fault(self):
        with tempfile.TemporaryDirectory() as place:
            path = Path(place, "tokens.json")
            path.write_text((HERE / "tokens.json").read_text().replace('"#14211d"', '"#9aa5a1"'))
            with self.assertRaisesRegex(Fault, r"tokens\.json:\d+: ink on ground has .* in light, and needs 7:1"):
                tokens.load(path)


class Icons(unittest.TestCase):
    def test_an_arc_ends_where_it_says_and_is_round(self):
        drawn = icons.steps("M3 12a9 9 0 1018 0")
        self.assertEqual((21, 12), drawn[-1][-2:])
        for step in drawn[1:]:
            self.assertAlmostEqual(9, ((step[-2] - 12) ** 2 + (step[-1] - 12) ** 2) ** 0.5, 2)
        self.assertGreater(max(step[-1] for step in drawn), 20)

    def test_a_smooth_curve_mirrors_the_one_before(self):
        self.assertEqual(("curve", 4, 2, 5, 1, 6, 0), icons.steps("M0 0C1 1 2 -2 3 0s2 1 3 0")[-1])

    def test_every_real_icon_stays_in_its_square(self):
        for name, icon in icons.load(HERE / "icons" / "icons.json").items():
            ends = [v for step in icon["steps"] for v in step[-2:] if step[0] != "close"]
            self.assertTrue(all(0 <= v <= 24 for v in ends), name)


class Scan(unittest.TestCase):
    def test_hard_coded_words_and_unused_messages_are_found(self):
        with tempfile.TemporaryDirectory() as place:
            Path(place, "Screen.kt").write_text(
                'Text("Hello")\nText(s.todayTitle)\nText("${n} · 5")\nval x = "a key"\n'
                'Icon(i, contentDescription = "Back")\nText("Frontline") // untranslated: a name\n', encoding="utf-8")
            Path(place, "View.swift").write_text('Button("Save") {}\nText(verbatim: s.navToday)\n.accessibilityLabel("Go")\n', encoding="utf-8")
            Path(place, "target").mkdir()
            Path(place, "target", "Old.kt").write_text('Text("Old")', encoding="utf-8")
            hard, unused = scan.findings([Path(place)], words.load(HERE / "strings"))
            self.assertEqual(["Hello", "Back", "Save", "Go"], [line.rsplit(": ", 1)[1] for line in hard])
            self.assertIn("Screen.kt:5:", hard[1])
            self.assertNotIn("today-title", unused)
            self.assertNotIn("nav-today", unused)
            self.assertIn("action-back", unused)

    def test_a_fault_ends_with_1_and_says_where(self):
        with tempfile.TemporaryDirectory() as place, redirect_stderr(io.StringIO()) as said:
            self.assertEqual(1, generate.main(["--from", place, "check", place]))
            self.assertIn("en.ftl:1: is missing", said.getvalue())


if __name__ == "__main__":
    unittest.main()
