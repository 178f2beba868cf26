"""Reads the tokens and holds every pair of colours that is laid one on the other to its contrast."""

import json
import re

from . import Fault

GROUPS = ("colour", "contrast", "type", "space", "radius", "elevation", "touch", "layout")


def load(path):
    try:
        tokens = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as fault:
        raise Fault(path, fault.lineno, fault.msg) from None
    for group in GROUPS:
        if group not in tokens:
            raise Fault(path, 1, f"has no '{group}'")
    for name, pair in tokens["colour"].items():
        if len(pair) != 2 or not all(re.fullmatch(r"#[0-9a-f]{6}", c) for c in pair):
            raise Fault(path, line_of(path, name), f"{name} is [light, dark], each like #0b6152")
    for ink, paper, least in tokens["contrast"]:
        for theme, which in ((0, "light"), (1, "dark")):
            for name in (ink, paper):
                if name not in tokens["colour"]:
                    raise Fault(path, line_of(path, "contrast"), f"contrast names {name}, which is no colour")
            there = contrast(tokens["colour"][ink][theme], tokens["colour"][paper][theme])
            if there < least:
                raise Fault(path, line_of(path, ink), f"{ink} on {paper} has {there:.2f}:1 in {which}, and needs {least}:1")
    return tokens


def contrast(one, other):
    """The ratio of WCAG 2.2, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour):
    def linear(channel):
        part = int(channel, 16) / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
    return 0.2126 * linear(colour[1:3]) + 0.7152 * linear(colour[3:5]) + 0.0722 * linear(colour[5:7])


def line_of(path, name):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if f'"{name}"' in line:
            return number
    return 1
