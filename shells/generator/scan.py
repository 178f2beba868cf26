"""Looks through the shells' own sources for words that no translator sees, and for messages that nobody shows."""

import re

# What takes words that a person reads or hears. Literals with no letter outside a template or a format are signs, not words.
KOTLIN = re.compile(r'(?:\b(?:Text|Said|Muted|Heading|WideButton|AppButton|Quiet)\(\s*(?:text\s*=\s*)?|\b(?:text|label|title|detail|words|placeholder|contentDescription|stateDescription|onClickLabel)\s*=\s*|\.setContent(?:Title|Text)\(\s*)"((?:[^"\\]|\\.)*)"')
SWIFT = re.compile(r'(?:\b(?:Text|Button|Label|Toggle|Picker|Section|TextField|SecureField|Stepper|Link|Menu|NavigationLink|DisclosureGroup|ContentUnavailableView)\(\s*|\.(?:accessibilityLabel|accessibilityHint|accessibilityValue|navigationTitle|alert|confirmationDialog|help|badge)\(\s*(?:Text\(\s*)?|\b(?:prompt|title|label|detail):\s*)"((?:[^"\\]|\\.)*)"')
# An exception says why: // untranslated: the maker's name
EXEMPT = "untranslated:"
SKIP = {"target", "build", ".build", "generated", "test", "testFixtures", "Tests", "stand-ins", ".gradle"}


def sources(roots):
    for root in roots:
        for path in sorted([root] if root.is_file() else root.rglob("*")):
            if path.suffix in (".kt", ".swift") and not SKIP & set(path.relative_to(root).parts[:-1]):
                yield path


def findings(roots, words):
    """(hard-coded words as path:line: text, names of messages never used)."""
    hard, code = [], []
    for path in sources(roots):
        text = path.read_text(encoding="utf-8")
        code.append(text)
        pattern = KOTLIN if path.suffix == ".kt" else SWIFT
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.end()) + 1
            shown = re.sub(r"\$\{[^}]*\}|\$\w+|\\\([^)]*\)|\\u\w+|%[\d.]*[dsf@]", "", match.group(1))
            if any(c.isalpha() for c in shown) and EXEMPT not in text.splitlines()[line - 1]:
                hard.append(f"{path}:{line}: hard-coded words: {match.group(1)}")
    used = set(re.findall(r"(?:\.|::)([a-z][A-Za-z0-9]*)", "\n".join(code)))
    unused = [m.name for m in words["en"].values() if m.member not in used]
    return hard, unused
