"""Reads the part of Fluent that the shells use: messages, { $text }, { NUMBER($n) }, and one selector per message."""

import re
from dataclasses import dataclass, field

from . import Fault
from .languages import CATEGORIES

MESSAGE = re.compile(r"([a-z][a-z0-9]*(?:-[a-z0-9]+)*) *=(?: (.*))?$")
SELECTOR = re.compile(r"\{ \$([a-z][A-Za-z0-9]*) ->$")
VARIANT = re.compile(r" +(\*?)\[([a-z]+|\d+)\] (.*)$")
PLACEABLE = re.compile(r"\{ (?:\$([a-z][A-Za-z0-9]*)|NUMBER\(\$([a-z][A-Za-z0-9]*)\)) \}")


@dataclass
class Message:
    name: str
    line: int
    # Either one text, or a selector and its variants: {key: pieces}. A piece is a str or (variable, is_number).
    pieces: list = field(default_factory=list)
    selector: str = ""
    variants: dict = field(default_factory=dict)

    @property
    def member(self):
        head, *rest = self.name.split("-")
        return head + "".join(part.capitalize() for part in rest)

    def variables(self):
        """Every variable in the order of its first use; True where it is a number."""
        found = {self.selector: True} if self.selector else {}
        for pieces in [self.pieces, *self.variants.values()]:
            for piece in pieces:
                if not isinstance(piece, str):
                    found[piece[0]] = found.get(piece[0], False) or piece[1]
        return found


def read(path):
    """All messages of a file, by name."""
    messages, open_message = {}, None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if open_message is not None:
            open_message = _variant(path, number, line, open_message)
        elif line.strip() and not line.startswith("#"):
            message = _message(path, number, line)
            if message.name in messages:
                raise Fault(path, number, f"{message.name} is given twice, first in line {messages[message.name].line}")
            messages[message.name] = message
            open_message = message if message.selector else None
    if open_message is not None:
        raise Fault(path, open_message.line, f"{open_message.name}: the selector is not closed")
    return messages


def _message(path, number, line):
    match = MESSAGE.match(line)
    if not match:
        raise Fault(path, number, "neither a message nor a comment; a message begins at the margin: name = words")
    name, value = match.group(1), (match.group(2) or "").strip()
    if not value:
        raise Fault(path, number, f"{name} has no words")
    selector = SELECTOR.match(value)
    if selector:
        return Message(name, number, selector=selector.group(1))
    return Message(name, number, pieces=_pieces(path, number, value))


def _variant(path, number, line, message):
    if line == "}":
        if "other" not in message.variants:
            raise Fault(path, number, f"{message.name} has no *[other]")
        return None
    match = VARIANT.match(line)
    if not match:
        raise Fault(path, number, f"{message.name}: expected '[category] words' or a closing brace at the margin")
    star, key, text = match.groups()
    if not key.isdigit() and key not in CATEGORIES:
        raise Fault(path, number, f"{message.name}: [{key}] is no plural category; there are {', '.join(CATEGORIES)}")
    if bool(star) != (key == "other"):
        raise Fault(path, number, f"{message.name}: the star belongs to [other], and to it alone")
    if key in message.variants:
        raise Fault(path, number, f"{message.name}: [{key}] is given twice")
    # The selected number is a number wherever it stands.
    pieces = [p if isinstance(p, str) else (p[0], p[1] or p[0] == message.selector) for p in _pieces(path, number, text)]
    message.variants[key] = pieces
    return message


def _pieces(path, number, text):
    pieces, at = [], 0
    for match in PLACEABLE.finditer(text):
        pieces += [text[at:match.start()]] if match.start() > at else []
        pieces.append((match.group(1) or match.group(2), match.group(2) is not None))
        at = match.end()
    pieces += [text[at:]] if at < len(text) else []
    for piece in pieces:
        if isinstance(piece, str) and ("{" in piece or "}" in piece):
            raise Fault(path, number, f"a placeable is {{ $name }} or {{ NUMBER($name) }}, not: {piece.strip()}")
    return pieces
