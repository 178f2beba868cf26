#!/usr/bin/env python3
"""Writes what both shells share, for one of them, or checks that the shells use it.

  generate.py kotlin --model DIR --ui DIR     Strings.kt; Tokens.kt and Icons.kt
  generate.py swift --strings DIR --ui DIR    Strings.swift; Tokens.swift and Icons.swift
  generate.py check [--used] DIR...           no hard-coded words; with --used, no message without a use

What is written is never committed. A fault in a source is told as file:line: what, and nothing is written.
"""

import argparse
import sys
from pathlib import Path

from generator import Fault, icons, kotlin, scan, swift, tokens, words

HERE = Path(__file__).resolve().parent


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", type=Path, default=HERE, help="the folder of tokens.json, strings/ and icons/")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, first in (("kotlin", "--model"), ("swift", "--strings")):
        command = commands.add_parser(name)
        command.add_argument(first, dest="strings", type=Path, required=True)
        command.add_argument("--ui", type=Path, required=True)
    check = commands.add_parser("check")
    check.add_argument("--used", action="store_true")
    check.add_argument("roots", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    try:
        return run(given)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1


def run(given):
    said = words.load(given.source / "strings")
    if given.command == "check":
        hard, unused = scan.findings(given.roots, said)
        for line in hard + [f"never used: {name}" for name in unused if given.used]:
            print(line, file=sys.stderr)
        print(f"{len(said['en'])} messages, {len(hard)} hard-coded, {len(unused)} not used")
        return 1 if hard or (given.used and unused) else 0
    look = tokens.load(given.source / "tokens.json")
    drawn = icons.load(given.source / "icons" / "icons.json")
    language, end = (kotlin, "kt") if given.command == "kotlin" else (swift, "swift")
    write(given.strings / f"Strings.{end}", language.strings(said))
    write(given.ui / f"Tokens.{end}", language.tokens(look))
    write(given.ui / f"Icons.{end}", language.icons(drawn))
    print(f"{len(said['en'])} messages in {len(said)} languages, {len(look['colour'])} colours, {len(drawn)} icons")
    return 0


def write(path, text):
    """Only on change, so that a compiler's own check of what is up to date goes on working."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
