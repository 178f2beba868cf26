"""What each language needs: its plural categories for whole numbers (CLDR), and the rule in both shells' code.

A new language is one entry here and one file of words.
"""

from dataclasses import dataclass

CATEGORIES = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True)
class Language:
    tag: str
    right_to_left: bool
    # (category, condition on n and on h = n % 100), in order; the conditions read the same in Kotlin and Swift.
    rules: tuple

    @property
    def needs(self):
        return [category for category, _ in self.rules] + ["other"]

    @property
    def object(self):
        return self.tag.capitalize()


LANGUAGES = {
    "en": Language("en", False, (("one", "n == 1"),)),
    "ar": Language("ar", True, (
        ("zero", "n == 0"), ("one", "n == 1"), ("two", "n == 2"),
        ("few", "h >= 3 && h <= 10"), ("many", "h >= 11"),
    )),
}


def category(language, n):
    """The category of n, by the same conditions that the shells get: for the tests."""
    for name, condition in language.rules:
        if eval(condition.replace("&&", "and"), {"n": n, "h": n % 100}):  # our own table, nobody else's text
            return name
    return "other"
