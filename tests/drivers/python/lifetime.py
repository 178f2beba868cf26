"""How long objects live that both sides hold, tried through the surface's Python face: memory over ten thousand of them,
observers that throw and come back, cancelled calls, threads, a panic. `tests/drivers/run python` starts it."""

import argparse
import asyncio
import collections
import gc
import os
import random
import threading
import time
import traceback

import frontline_ffi as ffi

# The most MiB that a loop may leave in memory.
MOST = 20


class Terminal(ffi.Platform):
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
        return ffi.NetworkKind.UNMETERED

    def log(self, line):
        pass


class Told(ffi.Observer):
    """Counts what it is told, and does something with it."""

    def __init__(self, then=lambda: None):
        self.calls, self.then = 0, then

    def changed(self, topic, ids, origin):
        self.calls += 1
        self.then()


class Heavy(ffi.Observer):
    """One that is missed where it is kept: ten thousand of them are a hundred MiB."""

    def __init__(self, told):
        self.told, self.weight = told, bytearray(b"x" * 10_240)

    def changed(self, topic, ids, origin):
        self.told.append(topic)


class Held:
    """A phone whose clock is the machine's: it speaks with a real server. `with` has it open."""

    def __init__(self, dir, seed):
        self.story = ffi.StoryPhone(dir, seed, Terminal())
        self.story.set_clock(int(time.time() * 1000), 1000)

    def __enter__(self):
        self.app = self.story.open()
        return self.app

    def __exit__(self, *_):
        self.app.shut()
        del self.app


def page():
    return ffi.PageAsked(after=None, count=None)


def everything(read):
    rows, after = [], None
    while True:
        got = read(ffi.PageAsked(after=after, count=200))
        rows, after = rows + got.items, got.next
        if after is None:
            return rows


def give(app):
    at = next(t for t in app.feedback().touchpoints(page()).items if t.may_capture)
    app.feedback().give(ffi.FeedbackDraft(touchpoint=at.id, score=3))


def given(app):
    return len(everything(app.feedback().list))


def figure(key):
    gc.collect()
    with open("/proc/self/status") as f:
        return int(next(line for line in f if line.startswith(key + ":")).split()[1])


def memory():
    return figure("VmRSS") / 1024


def must(holds, why):
    if not holds:
        raise AssertionError(why)


def wait(what, holds):
    """Waits for what another thread does, five seconds at most."""
    until = time.monotonic() + 5
    while not holds():
        must(time.monotonic() < until, f"in five seconds not: {what}")
        time.sleep(0.002)


def whole(phone, app):
    problems = phone.story.check(app).problems
    must(not problems, f"the store has problems: {problems}")


def subscriptions(phone, asked, count=10_000):
    with phone as app:
        dropped = []
        for n in range(1, count + 1):
            subscription = app.subscribe(Heavy(dropped))
            if n % 2 == 0:
                subscription.end()
            del subscription
            if n == count // 10:
                warm = memory()
        end, stayed = memory(), Told()
        subscription = app.subscribe(stayed)
        give(app)
        wait("the one that stayed is told", lambda: stayed.calls > 0)
        subscription.end()
        must(not dropped, f"{len(dropped)} times told to who was dropped")
        must(end - warm < MOST, f"memory grew from {warm:.1f} to {end:.1f} MiB over {count}")
    return f"{count} begun and dropped, nothing told after; memory {warm:.1f} MiB after the first {count // 10}, {end:.1f} at the end"


def openings(phone, asked):
    done = 0

    def once():
        with phone as app:
            subscription = app.subscribe(Heavy([]))
            app.sync().status()
            if done % 2 == 0:
                subscription.end()

    for _ in range(100):
        once()
        done += 1
    warm, warm_threads = memory(), figure("Threads")
    said = f"memory {warm:.1f} MiB after 100"
    for mark in (asked.openings // 10, asked.openings // 2, asked.openings):
        while done < mark:
            once()
            done += 1
        now = memory()
        said += f", {now:.1f} after {mark}"
        must(now - warm < MOST, f"it grew: {said}")
    threads = figure("Threads")
    must(threads - warm_threads < 5, f"threads grew from {warm_threads} to {threads} over {done}")
    return f"{done}; {said}; threads {warm_threads}, then {threads}"


def observers(phone, asked):
    with phone as app:

        def throw():
            raise ValueError("an observer's own fault")

        thrower, after = Told(throw), Told()
        held = [app.subscribe(thrower), app.subscribe(after)]
        for _ in range(3):
            give(app)
        wait("who comes after one that throws is told as often", lambda: after.calls == thrower.calls and after.calls >= 3)
        for one in held:
            one.end()

        # Calls a service, writes, subscribes another, and ends its own subscription, all within the first thing it is told.
        own, later = [], Told()

        def come_back():
            app.sync().status()
            give(app)
            own.append(app.subscribe(later))
            own[0].end()

        count, again = given(app), Told(come_back)
        own.append(app.subscribe(again))
        give(app)
        wait("the one that was subscribed within is told", lambda: later.calls > 0 and given(app) == count + 2)
        must(again.calls == 1, f"{again.calls} times told to one that ended its own subscription")
        own[1].end()
    return f"threw {thrower.calls} times, the next was told {after.calls} times; came back into the core from within"


def shutting(phone, asked, rounds=10):
    late = 0
    for _ in range(rounds):
        app = phone.story.open()
        slow = Told(lambda: time.sleep(0.05))
        subscription = app.subscribe(slow)
        for _ in range(10):
            give(app)
        wait("it is being told", lambda: slow.calls > 0)
        app.shut()
        before = slow.calls
        time.sleep(0.3)
        late = max(late, slow.calls - before)
        subscription.end()
        try:
            give(app)
            raise AssertionError("a call after shut did not say so")
        except ffi.FrontlineError.Locked:
            pass
    # One may have been looked up at that very moment.
    must(late <= 1, f"{late} things were begun to be told after shut had come back")
    for _ in range(rounds):
        app = phone.story.open()
        told = Told(app.shut)
        subscription = app.subscribe(told)
        try:
            give(app)
        except ffi.FrontlineError.Locked:
            pass
        wait("an observer shuts the app itself", lambda: told.calls > 0)
        subscription.end()
    with phone as app:
        whole(phone, app)
    return f"{rounds} times while it was told, at most {late} begun after; {rounds} times from within"


async def cut(work, ends):
    task = asyncio.create_task(work)
    await asyncio.sleep(random.uniform(0, 0.05))
    task.cancel()
    try:
        await asyncio.wait_for(task, 2)
        ends["at their end"] += 1
    except asyncio.CancelledError:
        ends["cancelled"] += 1


def cancelled(phone, asked):
    real, dead = collections.Counter(), collections.Counter()

    async def calls(app):
        for _ in range(200):
            give(app)
            await cut(app.sync().now(), real)
        open(asked.silent, "w").close()
        for _ in range(100):
            await cut(app.sync().now(), dead)
        os.remove(asked.silent)
        await app.sync().now()
        give(app)
        return await app.sync().now()

    with phone as app:
        report = asyncio.run(calls(app))
        must(set(dead) == {"cancelled"}, f"against a server that says nothing: {dict(dead)}")
        must(report.ended == ffi.SyncEnded.COMPLETE and report.unsent == 0, f"the sync after it: {report}")
        captured = len(everything(lambda ask: app.sync().captured(ffi.CapturedOf.EVERYTHING, ask)))
        must(app.sync().status().stored == captured, f"{app.sync().status().stored} stored of {captured}")
        whole(phone, app)
    return f"200 with a server: {dict(real)}; 100 with one that says nothing: {dict(dead)}; then all was sent, once"


def two_threads(phone, asked, count=300):
    with phone as app:
        before, faults, lists, done = given(app), [], 0, False

        def read():
            nonlocal lists
            try:
                while not done:
                    app.procedures().runs(ffi.RunsAsked(page=page())), given(app), app.sync().status(), app.today()
                    lists += 4
            except Exception as e:
                faults.append(e)

        reader = threading.Thread(target=read)
        reader.start()
        try:
            for _ in range(count):
                give(app)
        finally:
            done = True
            reader.join(10)
        must(not reader.is_alive() and not faults, f"the reader: {faults}")
        must(given(app) == before + count, f"{given(app) - before} of {count} were kept")
        whole(phone, app)
    return f"{count} writes beside {lists} lists, all kept"


def panic(phone, asked):
    with phone as app:
        before, count = app.sync().status(), given(app)
        try:
            phone.story.panic_within(app)
            raise AssertionError("it did not throw")
        except ffi.FrontlineError.Internal as e:
            reference = e.reference
        must(app.sync().status() == before, f"something of the torn write stayed: {before}, then {app.sync().status()}")
        give(app)
        must(given(app) == count + 1, "nothing can be written after it")
        whole(phone, app)
    return f"told as Internal {reference}, nothing of it stayed, and the store goes on"


def main():
    words = argparse.ArgumentParser()
    for word in ("data", "server", "silent", "codes"):
        words.add_argument(f"--{word}", required=True)
    words.add_argument("--openings", type=int, default=10_000)
    asked = words.parse_args()
    phone, failed = Held(os.path.join(asked.data, "phone"), 7), False

    async def begin(app):
        await app.sync().enrol(asked.server, asked.codes.split(",")[0])
        await app.sync().now()

    with phone as app:
        asyncio.run(begin(app))
    for part in (subscriptions, openings, observers, shutting, cancelled, two_threads, panic):
        start = time.monotonic()
        try:
            said = part(phone, asked)
        except Exception as e:
            failed, said = True, f"FAILED: {e}"
            traceback.print_exc()
        print(f"python, {part.__name__.replace('_', ' ')}: {said}; {time.monotonic() - start:.1f} s", flush=True)
    os._exit(failed)


main()
