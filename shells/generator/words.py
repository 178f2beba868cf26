"""Loads every language and holds each against the first: same messages, same variables, all plural forms."""

from . import Fault, ftl
from .languages import LANGUAGES

# Words that cannot name a member in Kotlin or Swift.
RESERVED = set("""as break case catch class continue default defer do else enum extension fallthrough false for fun func
    guard if import in init inout interface internal is let nil null object operator package private protocol public
    repeat return self static struct subscript super switch this throw true try typealias typeof val var when where
    while""".split())


def load(folder):
    """{tag: {name: Message}}, with English first, whose variables and types hold for all."""
    paths = {path.stem: path for path in sorted(folder.glob("*.ftl"))}
    for tag, path in paths.items():
        if tag not in LANGUAGES:
            raise Fault(path, 1, f"no language '{tag}' in generator/languages.py: add its plural rules there")
    for tag in LANGUAGES:
        if tag not in paths:
            raise Fault(folder / f"{tag}.ftl", 1, "is missing")
    words = {tag: ftl.read(paths[tag]) for tag in LANGUAGES}
    first = words["en"]
    members = {}
    for message in first.values():
        if message.member in RESERVED or message.member in members:
            raise Fault(paths["en"], message.line, f"{message.name} cannot be a member: {message.member} is taken")
        members[message.member] = message
    for tag in LANGUAGES:
        _agree(first, words[tag], LANGUAGES[tag], paths[tag])
    return words


def _agree(first, other, language, path):
    for name, message in other.items():
        if name not in first:
            raise Fault(path, message.line, f"{name} is surplus: en.ftl has no such message")
    for name, message in first.items():
        if name not in other:
            raise Fault(path, 1, f"{name} is missing (en.ftl, line {message.line})")
        mine, theirs = other[name], message.variables()
        given = mine.variables()
        for variable in theirs:
            if variable not in given:
                raise Fault(path, mine.line, f"{name} lacks ${variable}")
        for variable in given:
            if variable not in theirs:
                raise Fault(path, mine.line, f"{name} uses ${variable}, which en.ftl does not give")
            if given[variable] and not theirs[variable]:
                raise Fault(path, mine.line, f"{name} counts ${variable}, which is text in en.ftl")
        if mine.selector:
            _forms(mine, language, path)


def _forms(message, language, path):
    for needed in language.needs:
        if needed not in message.variants:
            raise Fault(path, message.line, f"{message.name} lacks [{needed}], which '{language.tag}' needs")
    for key in message.variants:
        if not key.isdigit() and key not in language.needs:
            raise Fault(path, message.line, f"{message.name}: '{language.tag}' never uses [{key}]")
    others = set(message.variables()) - {message.selector}
    for key, pieces in message.variants.items():
        lost = others - {piece[0] for piece in pieces if not isinstance(piece, str)}
        if lost:
            raise Fault(path, message.line, f"{message.name} lacks ${lost.pop()} in [{key}]")
