"""Turns the words, the tokens and the icons that both shells share into Kotlin and Swift."""


class Fault(Exception):
    """What is wrong in a source, and where, so that an editor can jump there."""

    def __init__(self, path, line, what):
        super().__init__(f"{path}:{line}: {what}")
