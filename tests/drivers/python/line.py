"""The words of a line, and what every verb does with them."""

import frontline_ffi as ffi
import shape


class Invalid(Exception):
    """A line that cannot be read."""

    def __init__(self, field, rule, message):
        super().__init__(message)
        self.field, self.rule = field, rule


class Line(dict):
    """The words of a line; those that nobody asked for are an error."""

    def __init__(self, said):
        super().__init__(said)
        self.asked = {"do"}

    def maybe(self, key, default=None):
        self.asked.add(key)
        value = self.get(key)
        return default if value is None else value

    def word(self, key):
        value = self.maybe(key)
        if value is None:
            raise Invalid(key, "required", f"say `{key}`")
        return value

    def texts(self, key):
        value = self.maybe(key)
        if value is not None and not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
            raise Invalid(key, "list", f"`{key}` is a list of texts")
        return value

    def end(self):
        for key in self:
            if key not in self.asked:
                raise Invalid(key, "unknown", f"‘{key}’ is not asked for here")


def plain(value):
    text = repr(value) if isinstance(value, float) else str(value)
    return text[:-2] if text.endswith(".0") else text


def given(line):
    value, na = line.maybe("value"), line.maybe("na")
    if value is None:
        return ffi.Given.NOT_APPLICABLE(reason=na if isinstance(na, str) else None)
    if isinstance(value, bool):
        return ffi.Given.YES(yes=value)
    if isinstance(value, (int, float)):
        return ffi.Given.NUMBER(digits=plain(value))
    if isinstance(value, list):
        return ffi.Given.MANY(list=value)
    if isinstance(value, dict):
        texts = {key: one if isinstance(one, str) else plain(one) for key, one in value.items()}
        return ffi.Given.PAIRS(pairs=[ffi.Pair(name=key, value=one) for key, one in texts.items()])
    return ffi.Given.TEXT(text=value)


def pages(line, read, show):
    """One page where the line says `count`, else all of them."""
    count, after = line.maybe("count"), line.maybe("after")
    line.end()
    if count is not None:
        page = read(ffi.PageAsked(after=after, count=count))
        return {"list": [show(row) for row in page.items], **shape.there(next=page.next)}
    rows = []
    while True:
        page = read(ffi.PageAsked(after=after, count=200))
        rows += [show(row) for row in page.items]
        after = page.next
        if after is None:
            return {"list": rows}
