"""Reads the icons, and turns their outlines into moves, lines and curves, which is all that a Swift Path needs."""

import json
import math
import re

from . import Fault
from .tokens import line_of

TOKEN = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?")
COUNTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "a": 7, "z": 0}


def load(path):
    try:
        icons = json.loads(path.read_text(encoding="utf-8"))["icons"]
    except json.JSONDecodeError as fault:
        raise Fault(path, fault.lineno, fault.msg) from None
    for name, icon in icons.items():
        try:
            icon["steps"] = [step for outline in icon["paths"] for step in steps(outline)]
        except (ValueError, KeyError, IndexError) as fault:
            raise Fault(path, line_of(path, name), f"{name}: {fault}") from None
    return icons


def steps(outline):
    """[("move", x, y) | ("line", x, y) | ("curve", x1, y1, x2, y2, x, y) | ("close",)], all absolute."""
    out, x, y, begin, tail = [], 0.0, 0.0, (0.0, 0.0), None
    for command, args in _commands(outline):
        kind, relative = command.lower(), command.islower()
        ox, oy = (x, y) if relative else (0.0, 0.0)
        curve_end = None
        if kind == "m":
            x, y = ox + args[0], oy + args[1]
            begin = (x, y)
            out.append(("move", x, y))
        elif kind in "lhv":
            x, y = {"l": lambda: (ox + args[0], oy + args[1]), "h": lambda: (ox + args[0], y),
                    "v": lambda: (x, oy + args[0])}[kind]()
            out.append(("line", x, y))
        elif kind in "cs":
            given = args if kind == "c" else [None, None, *args]
            first = (ox + given[0], oy + given[1]) if kind == "c" else (2 * x - tail[0], 2 * y - tail[1]) if tail else (x, y)
            curve_end = (ox + given[2], oy + given[3])
            x, y = ox + given[4], oy + given[5]
            out.append(("curve", *first, *curve_end, x, y))
        elif kind == "q":
            cx, cy, ex, ey = ox + args[0], oy + args[1], ox + args[2], oy + args[3]
            out.append(("curve", x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3, ex + (cx - ex) * 2 / 3, ey + (cy - ey) * 2 / 3, ex, ey))
            x, y = ex, ey
        elif kind == "a":
            ex, ey = ox + args[5], oy + args[6]
            out += _arc(x, y, *args[:5], ex, ey)
            x, y = ex, ey
        else:
            out.append(("close",))
            x, y = begin
        tail = curve_end
    return [(step[0], *(round(v, 3) for v in step[1:])) for step in out]


def _commands(outline):
    tokens, at = TOKEN.findall(_flags_apart(outline)), 0
    command = None
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
        elif command is None or command in "zZ":
            raise ValueError(f"a number without a command in {outline}")
        count = COUNTS[command.lower()]
        yield command, [float(t) for t in tokens[at:at + count]]
        at += count
        # More pairs after a move are lines.
        command = {"m": "l", "M": "L"}.get(command, command)


def _flags_apart(outline):
    """An arc's two flags may stand without a space before what follows: 0 012 2 is 0 0 1 2 2."""
    def apart(match):
        return re.sub(r"((?:[-+.\d]+[ ,]+){3})([01])[ ,]*([01])[ ,]*", r"\1\2 \3 ", match.group(0))
    return re.sub(r"[aA][^a-zA-Z]*", apart, outline)


def _arc(x1, y1, rx, ry, turn, large, sweep, x2, y2):
    """An SVG arc as curves of a quarter turn at most (SVG 2, appendix B.2.4)."""
    if rx == 0 or ry == 0 or (x1, y1) == (x2, y2):
        return [("line", x2, y2)]
    phi = math.radians(turn)
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (x1 - x2) / 2, (y1 - y2) / 2
    px, py = cos * dx + sin * dy, cos * dy - sin * dx
    rx, ry = abs(rx), abs(ry)
    grow = math.sqrt(max(1.0, (px / rx) ** 2 + (py / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    rest = (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2
    factor = math.sqrt(max(0.0, rest / ((rx * py) ** 2 + (ry * px) ** 2))) * (-1 if large == sweep else 1)
    cx0, cy0 = factor * rx * py / ry, -factor * ry * px / rx
    cx, cy = cos * cx0 - sin * cy0 + (x1 + x2) / 2, sin * cx0 + cos * cy0 + (y1 + y2) / 2
    start = math.atan2((py - cy0) / ry, (px - cx0) / rx)
    span = math.atan2((-py - cy0) / ry, (-px - cx0) / rx) - start
    span += (2 * math.pi if sweep and span < 0 else -2 * math.pi if not sweep and span > 0 else 0)
    parts = max(1, math.ceil(abs(span) / (math.pi / 2) - 1e-9))
    step, out = span / parts, []
    k = 4 / 3 * math.tan(step / 4)

    def point(u, v):
        return cx + cos * rx * u - sin * ry * v, cy + sin * rx * u + cos * ry * v
    for part in range(parts):
        a, b = start + part * step, start + (part + 1) * step
        out.append(("curve", *point(math.cos(a) - k * math.sin(a), math.sin(a) + k * math.cos(a)),
                    *point(math.cos(b) + k * math.sin(b), math.sin(b) - k * math.cos(b)), *point(math.cos(b), math.sin(b))))
    return out
