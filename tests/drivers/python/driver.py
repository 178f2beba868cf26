"""A phone of a story, through the surface's Python face: JSON lines in, JSON lines out, as `frontline device do --story`.

Usage: driver.py --data DIR, with the generated frontline_ffi.py and the library beside it on PYTHONPATH. It is how
`frontline scenario run --driver` plays the stories in another language than Rust: `tests/drivers/run python`.
"""

import asyncio
import json
import os
import sys

import frontline_ffi as ffi
import shape
from line import Invalid, Line
from verbs import Verbs

NETWORKS = {"none": ffi.NetworkKind.NONE, "metered": ffi.NetworkKind.METERED, "unmetered": ffi.NetworkKind.UNMETERED}


class Platform(ffi.Platform):
    """A phone in a terminal: its key lies beside its store, and the story says what network there is."""

    kind = ffi.NetworkKind.UNMETERED

    def secret(self, name):
        return None

    def keep_secret(self, name, bytes):
        raise ffi.PlatformError.Failed(detail="a story keeps its key itself")

    def forget_secret(self, name):
        pass

    def device_model(self):
        return "terminal"

    def storage_free(self):
        return None

    def network(self):
        return self.kind

    def log(self, line):
        print(line, file=sys.stderr)


class Phone:
    def __init__(self, dir, clock):
        self.dir, self.platform, self.loop = dir, Platform(), asyncio.new_event_loop()
        self.story = ffi.StoryPhone(dir, clock.get("seed", 7), self.platform)
        self.set_clock(clock)
        self.app = self.told = self.news = None
        self.verbs = Verbs(self)
        try:
            self.wake()
        except ffi.FrontlineError.StorageCorrupt as told:
            # Said once, at the next line; it goes on with what was taken over.
            self.wake()
            self.news = told
        except ffi.FrontlineError:
            pass  # It says so at each line, until it is recovered or the app is updated.

    def set_clock(self, clock):
        self.story.set_clock(clock["wall_ms"], max(clock["mono_ms"], 0))

    def wake(self):
        if self.app is None:
            self.app = self.story.open()

    def shut(self):
        if self.app is not None:
            self.app.shut()
            self.app = None

    def network(self, name):
        if name not in NETWORKS:
            raise Invalid("network", "choice", "a network is unmetered, metered or none")
        self.platform.kind = NETWORKS[name]

    def wait(self, work):
        return self.loop.run_until_complete(work)

    def call(self, said):
        self.story.captured()
        try:
            return self.answer(said)
        except Invalid as e:
            return {"ok": False, "error": "invalid", "field": e.field, "rule": e.rule, "message": str(e)}
        except ffi.FrontlineError.StorageCorrupt as e:
            if e.kept_at == "store.db":
                # Met just now: opening it anew sets it aside.
                self.shut()
                try:
                    self.wake()
                except ffi.FrontlineError as told:
                    return shape.error(told)
            return shape.error(e)
        except ffi.FrontlineError as e:
            return shape.error(e)

    def answer(self, said):
        line = Line(said)
        if said.get("do") == "device.recover":
            out = self.recover(line)
        else:
            self.tell(said)
            out = self.verbs.do(line)
        captured = self.story.captured()
        return {"ok": True, **out, **({"captured": captured} if captured else {})}

    def tell(self, said):
        """What is to be said before anything else."""
        try:
            self.wake()
        except ffi.FrontlineError.Invalid as e:
            # What a newer app wrote can be carried out all the same.
            if not ((e.field, e.rule) == ("store", "newer") and said.get("do") == "device.export"):
                raise
        if self.news is not None:
            told, self.news = self.news, None
            raise told

    def recover(self, line):
        server, code = line.word("server"), line.word("code")
        line.end()
        if self.app is None:
            self.wait(self.story.recover(server, code))
        self.tell({})
        return self.verbs.device_enrol(Line({"server": server, "code": code}))


def main():
    dir = sys.argv[sys.argv.index("--data") + 1]
    phone = None
    for text in sys.stdin:
        said = json.loads(text)
        if said.get("do") == "clock.set":
            if phone is None:
                phone = Phone(dir, said)
            phone.set_clock(said)
            out = {"ok": True}
        else:
            out = phone.call(said)
        sys.stdout.write(json.dumps(out, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    if phone is not None:
        phone.shut()


main()
# Threads of the core may be amid a word to Python: unwinding them at the end would abort.
os._exit(0)
