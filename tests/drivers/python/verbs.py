"""What a line says, done by the surface. A verb's name is its service and method; unknown words of a line are refused."""

import base64
import os

import frontline_ffi as ffi
import shape
from actions import ActionVerbs
from line import Invalid, Line, given, pages


class Verbs(ActionVerbs):
    def __init__(self, phone):
        self.phone = phone

    @property
    def app(self):
        return self.phone.app

    def do(self, line):
        family, _, method = line.word("do").partition(".")
        act = getattr(self, f"{family}_{method}", None)
        if act is None:
            raise Invalid("do", "verb", f"there is no verb ‘{line['do']}’")
        return act(line)

    def everything(self, read, show):
        return pages(Line({}), read, show)["list"]

    # device

    def device_status(self, line):
        line.end()
        out = shape.status(self.app.sync().status())
        own = [c for c in self.captured(ffi.CapturedOf.EVERYTHING) if "successor" not in c]
        changes = sum(1 for c in own if c["what"] == "run-changed")
        return {**out, "captured_facts": len(own) - changes, "captured_changes": changes}

    def captured(self, of):
        return self.everything(lambda page: self.app.sync().captured(of, page), shape.captured)

    def device_list(self, line):
        app, topic = self.app, line.word("topic")
        everybody = ffi.ContactsOf.EVERYBODY()
        lists = {
            "training": (app.training().list, shape.module), "procedures": (app.procedures().available, shape.procedure),
            "runs": (self.runs_of(), shape.run), "demands": (app.procedures().demands, shape.demand),
            "feedback": (app.feedback().list, shape.feedback),
            "interactions": (lambda page: app.interactions().list(everybody, page), shape.contact),
            "quarantine": (lambda page: app.sync().captured(ffi.CapturedOf.REFUSED, page), shape.captured),
            "sync": (lambda page: app.sync().captured(ffi.CapturedOf.EVERYTHING, page), shape.captured),
            "people": (app.people().list, shape.person), "actions": self.actions_of(ffi.WhichActions.STANDING),
        }
        if topic not in lists:
            raise Invalid("topic", "choice", f"there is no topic ‘{topic}’")
        return pages(line, *lists[topic])

    def device_show(self, line):
        id, history = line.word("id"), line.maybe("history", False)
        line.end()
        if len(id) == 32 and all(c in "0123456789abcdefABCDEF" for c in id):
            out = shape.run_detail(self.app.procedures().run(id))
            if history:
                out["history"] = self.everything(lambda page: self.app.procedures().history(id, page), shape.history)
            return out
        finders = [
            lambda: self.action(id), lambda: shape.contact(self.app.interactions().contact(id)), lambda: self.feedback_of(id),
            lambda: shape.attempt(self.app.training().attempt(id)), lambda: shape.module_detail(self.app.training().module(id)),
        ]
        for find in finders:
            try:
                found = find()
            except ffi.FrontlineError:
                continue
            if found is not None:
                return found
        raise ffi.FrontlineError.NotFound(what="run, action, contact, feedback, attempt or module with this id")

    def feedback_of(self, id):
        rows = self.everything(self.app.feedback().list, shape.feedback)
        return next((row for row in rows if row["id"] == id), None)

    def device_check(self, line):
        line.end()
        found = self.phone.story.check(self.app)
        return {"problems": found.problems, "compared": found.compared, **shape.there(set_aside=shape.set_aside(found.set_aside))}

    def device_rebuild(self, line):
        line.end()
        self.phone.story.rebuild(self.app)
        return {}

    def carried(self, file):
        if "/" in file or "\\" in file or not file.endswith(".frontline"):
            raise Invalid("file", "name", "write the name of a new file in the phone's folder, such as unsent.frontline, and no path")
        return os.path.join(self.phone.dir, file)

    def device_export(self, line):
        path = self.carried(line.word("file"))
        line.end()
        if self.app is None:
            return {**shape.exported(self.phone.story.salvage(path)), "quarantined": 0}
        out = shape.exported(self.app.sync().export(path))
        return {**out, "quarantined": self.app.sync().status().refused}

    def device_reset(self, line):
        file, drop = line.maybe("file"), line.maybe("drop_pictures", False)
        line.end()
        path = self.carried(file) if file else None
        if path and os.path.lexists(path):
            raise Invalid("file", "new", "this file exists; name a new one")
        self.phone.shut()
        return shape.exported(self.phone.story.reset(ffi.Leaving(file=path, drop_pictures=drop)))

    def device_enrol(self, line):
        server, code = line.word("server"), line.word("code")
        line.end()
        e = self.phone.wait(self.app.sync().enrol(server, code))
        return {"device": e.device, "name": e.name, "person": e.person, "organisation": e.organisation}

    def sync_now(self, line):
        self.phone.network(line.maybe("network", "unmetered"))
        line.end()
        return shape.sync(self.phone.wait(self.app.sync().now()))

    # training

    def training_list(self, line):
        return pages(line, self.app.training().list, shape.module)

    def training_open(self, line):
        module = line.word("module")
        line.end()
        return shape.module_detail(self.app.training().module(module))

    def training_progress(self, line):
        module, lesson, card = line.word("module"), line.word("lesson"), line.word("card")
        line.end()
        self.app.training().progress(module, lesson, card)
        return {}

    def training_quiz_start(self, line):
        module = line.word("module")
        line.end()
        return {"id": self.app.training().start_quiz(module).id}

    def training_quiz_answer(self, line):
        draft = ffi.QuizAnswerDraft(attempt=line.word("attempt"), item=line.word("item"), value=given(line))
        line.end()
        self.app.training().answer(draft)
        return {}

    def training_quiz_submit(self, line):
        attempt = line.word("attempt")
        line.end()
        a = self.app.training().submit(attempt)
        return {"points": a.points, "of": a.of, "passed": a.passed, "left": a.left}

    # procedures

    def procedures_list(self, line):
        return pages(line, self.app.procedures().available, shape.procedure)

    def procedures_runs(self, line):
        words = [line.maybe(word) for word in ("search", "status", "site", "procedure")]
        return pages(line, self.runs_of(*words), shape.run)

    def runs_of(self, words=None, status=None, site=None, procedure=None):
        """Those runs, a page at a time."""
        told = {"open": "OPEN", "submitted": "HANDED_IN", "signed-off": "SIGNED_OFF", "lapsed": "LAPSED",
                "withdrawn": "WITHDRAWN"}
        if status is not None:
            if status not in told:
                raise Invalid("status", "choice", f"there is no status ‘{status}’")
            status = ffi.RunStatus[told[status]]
        ask = dict(words=words or "", status=status, site=site, procedure=procedure)
        return lambda page: self.app.procedures().runs(ffi.RunsAsked(page=page, **ask))

    def procedures_demands(self, line):
        return pages(line, self.app.procedures().demands, shape.demand)

    def procedures_start(self, line):
        procedure, asset = line.word("procedure"), line.maybe("asset")
        line.end()
        return {"id": self.app.procedures().start(procedure, asset=asset)}

    def procedures_asset(self, line):
        code = line.word("code")
        line.end()
        return shape.asset(self.app.procedures().asset(code))

    def procedures_answer(self, line):
        draft = ffi.AnswerDraft(run=line.word("run"), item=line.word("item"), value=given(line), seen=line.maybe("seen"))
        line.end()
        self.app.procedures().answer(draft)
        return {}

    def procedures_measure(self, line):
        run, item, seen = line.word("run"), line.word("item"), line.maybe("seen")
        number, unit = line.word("number"), line.word("unit")
        line.end()

        class Thermometer(ffi.Probe):
            def read(self):
                return ffi.Reading(number=number, unit=unit)

        self.app.procedures().measure(ffi.MeasureDraft(run=run, item=item, seen=seen), Thermometer())
        return {}

    def procedures_settle(self, line):
        run, item, pick = line.word("run"), line.word("item"), line.word("pick")
        line.end()
        answers = [a for i in self.items(run) if i["item"] == item for a in i["answers"]]
        same = lambda value: value == pick and isinstance(value, bool) == isinstance(pick, bool) or value is {"pass": True, "fail": False}.get(pick, "")
        found = next((a["pick"] for a in answers if a["pick"] == pick or same(a["value"])), None)
        if found is None:
            raise Invalid("pick", "choice", "pick one of the values that stand there")
        self.app.procedures().answer(ffi.AnswerDraft(run=run, item=item, value=ffi.Given.PICK(id=found)))
        return {}

    def items(self, run):
        return shape.run_detail(self.app.procedures().run(run))["items"]

    def evidence(self, line, change, named="photo"):
        run, item = line.word("run"), line.word("item")
        made = change(run, item, line.word(named))
        line.end()
        self.app.procedures().evidence(ffi.EvidenceDraft(run=run, item=item, change=made))
        return {}

    def procedures_attach(self, line):
        if line.maybe("sound") is None:
            return self.evidence(line, lambda run, item, photo: ffi.EvidenceChange.ADD(photo=photo))
        return self.evidence(line, lambda run, item, sound: ffi.EvidenceChange.SOUND(sound=sound), "sound")

    def procedures_detach(self, line):
        def take(run, item, photo):
            sections = self.app.procedures().run(run).sections
            there = [e for s in sections for i in s.items if i.id == item for e in i.evidence]
            return ffi.EvidenceChange.TAKE_BACK(id=next((e.id for e in there if photo in (e.photo, e.id)), photo))

        return self.evidence(line, take)

    def seal(self, line, seal):
        run = line.word("run")
        line.end()
        self.app.procedures().seal(run, seal)
        return {}

    def procedures_submit(self, line):
        return self.seal(line, ffi.Seal.HAND_IN())

    def procedures_sign_off(self, line):
        return self.seal(line, ffi.Seal.SIGN_OFF(pin=line.maybe("pin"), seen=line.maybe("seen")))

    def procedures_return(self, line):
        return self.seal(line, ffi.Seal.GIVE_BACK(reason=line.word("reason")))

    def procedures_fetch(self, line):
        run = line.word("run")
        line.end()
        self.phone.wait(self.app.procedures().fetch(run))
        return {}

    # feedback

    def feedback_give(self, line):
        draft = ffi.FeedbackDraft(
            touchpoint=line.word("touchpoint"), score=line.word("score"), reason=line.maybe("reason"), comment=line.maybe("comment")
        )
        line.end()
        return {"id": self.app.feedback().give(draft)}

    def feedback_list(self, line):
        return pages(line, self.app.feedback().list, shape.feedback)

    # interactions

    def customer(self, said):
        return ffi.CustomerDraft(**{key: said.get(key) for key in ("name", "phone", "email", "note")})

    def interactions_open(self, line):
        who = line.maybe("customer")
        draft = ffi.ContactDraft(
            reason=line.maybe("reason"), channel=line.maybe("channel"), touchpoint=line.maybe("touchpoint"),
            customer=self.customer(who) if who else None,
        )
        line.end()
        return {"id": self.app.interactions().open(draft)}

    def interactions_close(self, line):
        draft = ffi.CloseDraft(
            id=line.word("id"), reason=line.word("reason"), outcome=line.word("outcome"), channel=line.maybe("channel")
        )
        line.end()
        self.app.interactions().close_contact(draft)
        return {}

    def interactions_customer(self, line):
        id, draft = line.word("id"), self.customer({key: line.maybe(key) for key in ("name", "phone", "email", "note")})
        line.end()
        self.app.interactions().customer(id, draft)
        return {}

    def interactions_find(self, line):
        phone, email = line.maybe("phone"), line.maybe("email")
        line.end()
        of = ffi.ContactsOf.PHONE(phone=phone) if phone is not None else ffi.ContactsOf.EMAIL(email=email or "")
        return {"list": self.everything(lambda page: self.app.interactions().list(of, page), shape.contact)}

    def mark(self, line, mark):
        id = line.word("id")
        line.end()
        self.app.interactions().mark(id, mark)
        return {}

    def interactions_pause(self, line):
        return self.mark(line, ffi.ContactMark.PAUSE)

    def interactions_resume(self, line):
        return self.mark(line, ffi.ContactMark.RESUME)

    def interactions_void(self, line):
        return self.mark(line, ffi.ContactMark.VOID)

    def interactions_list(self, line):
        return pages(line, lambda page: self.app.interactions().list(ffi.ContactsOf.EVERYBODY(), page), shape.contact)

    # people and what they began

    def people_use(self, line):
        person = line.word("person")
        line.end()
        self.app.people().switch_to(person, None)
        return {}

    def people_switch(self, line):
        person, pin = line.word("person"), line.maybe("pin")
        line.end()
        self.app.people().switch_to(person, pin)
        return {}

    def people_set_pin(self, line):
        draft = ffi.PinDraft(person=line.maybe("person"), pin=line.word("pin"), old=line.maybe("old"))
        line.end()
        self.app.people().set_pin(draft)
        return {}

    def people_lock(self, line):
        line.end()
        self.app.people().switch_to(None, None)
        return {}

    def people_unlock(self, line):
        draft = ffi.UnlockDraft(person=line.word("person"), by=line.word("by"), pin=line.word("pin"))
        line.end()
        self.app.people().unlock(draft)
        return {}

    def people_sign_out(self, line):
        person, drop = line.word("person"), line.maybe("drop_drafts", False)
        line.end()
        left = self.app.people().sign_out(person, drop)
        return {"unsent": left.unsent, "drafts": left.drafts}

    def drafts_keep(self, line):
        about, text = line.word("about"), line.word("text")
        line.end()
        self.app.people().keep_draft(about, text)
        return {}

    def drafts_drop(self, line):
        about = line.word("about")
        line.end()
        self.app.people().keep_draft(about, "")
        return {}

    def drafts_get(self, line):
        about = line.word("about")
        line.end()
        begun = self.app.people().drafts(about, ffi.PageAsked()).items
        if not begun:
            raise ffi.FrontlineError.NotFound(what="draft about this")
        return {**vars(begun[0])}

    def drafts_list(self, line):
        return pages(line, lambda page: self.app.people().drafts(None, page), lambda d: {**vars(d)})

    # pictures

    def taken(self, line):
        """The bytes that a line brings, and whether they were taken at that moment."""
        file, text, live = line.maybe("file"), line.maybe("base64"), line.maybe("live", False)
        line.end()
        if file is None:
            return base64.b64decode(text), live
        with open(os.path.join(self.phone.dir, file), "rb") as f:
            return f.read(), live

    def media_add(self, line):
        data, live = self.taken(line)
        return {**vars(self.app.media().add(ffi.PictureDraft(bytes=data, live=live)))}

    def media_add_sound(self, line):
        data, live = self.taken(line)
        return {**vars(self.app.media().add_sound(ffi.SoundDraft(bytes=data, live=live)))}

    def media_add_drawing(self, line):
        width, height, given = line.word("width"), line.word("height"), line.word("strokes")
        line.end()
        strokes = [ffi.Stroke(points=[ffi.StrokePoint(x=x, y=y, at_ms=at_ms) for x, y, at_ms in stroke]) for stroke in given]
        return {**vars(self.app.media().add_drawing(ffi.Drawing(width=width, height=height, strokes=strokes)))}

    def media_drawing(self, line):
        photo = line.word("photo")
        line.end()
        drawn = self.app.media().drawing(photo)
        strokes = [[[p.x, p.y, p.at_ms] for p in stroke.points] for stroke in drawn.strokes]
        return {"width": drawn.width, "height": drawn.height, "strokes": strokes}

    def media_list(self, line):
        run, action = line.maybe("run"), line.maybe("action")
        line.end()
        found = self.app.media().of_run(run) if action is None else self.app.media().of_action(action)
        return {"list": [shape.picture(p) for p in found]}

    def media_fetch(self, line):
        photo, small = line.word("photo"), line.maybe("small", False)
        self.phone.network(line.maybe("network", "unmetered"))
        line.end()
        self.phone.wait(self.app.media().fetch(photo, small))
        return {}

    def media_save(self, line):
        photo, file = line.word("photo"), line.word("file")
        line.end()
        data = self.app.media().bytes(photo)
        with open(os.path.join(self.phone.dir, file), "xb") as f:
            f.write(data)
        return {"bytes": len(data)}
