"""Records of the surface as the JSON that stories compare: the same names and shapes as `frontline device do` gives."""

from datetime import datetime, timezone

import frontline_ffi as ffi

STEPS = {
    ffi.CaptureStep.CAPTURED: "captured", ffi.CaptureStep.HELD: "held", ffi.CaptureStep.STORED: "stored",
    ffi.CaptureStep.REFUSED: "quarantined", ffi.CaptureStep.REPLACED: "replaced", ffi.CaptureStep.REISSUED: "reissued",
}
RUN = {
    ffi.RunStatus.OPEN: "open", ffi.RunStatus.HANDED_IN: "submitted", ffi.RunStatus.SIGNED_OFF: "signed-off",
    ffi.RunStatus.LAPSED: "lapsed", ffi.RunStatus.WITHDRAWN: "withdrawn",
}
SAID = {
    ffi.HistoryWhat.ANSWERED: "answered", ffi.HistoryWhat.SETTLED: "settled", ffi.HistoryWhat.ATTACHED: "attached",
    ffi.HistoryWhat.DETACHED: "detached", ffi.HistoryWhat.HANDED_IN: "submitted", ffi.HistoryWhat.SIGNED_OFF: "signed-off",
    ffi.HistoryWhat.GIVEN_BACK: "returned",
}


def name(value):
    """An enum's own name as JSON has it."""
    return value.name.lower().replace("_", "-")


def there(**fields):
    """Without the fields that say nothing."""
    return {key: value for key, value in fields.items() if value is not None and value != []}


def words(w):
    return w and {"text": w.text, "dir": name(w.dir), "lang": w.lang}


def number(digits):
    real = float(digits)
    return int(digits) if digits.lstrip("-").isdigit() else real


def moment(ms):
    at = datetime.fromtimestamp(ms // 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{at}.{ms % 1000:03}Z" if ms % 1000 else f"{at}Z"


def answer(a):
    if a is None:
        return None
    if a.is_NOT_APPLICABLE():
        return {"na": a.reason}
    if a.is_NUMBER():
        return number(a.digits)
    if a.is_YES():
        return a.yes
    if a.is_MOMENT():
        return moment(a.ms)
    if a.is_DURATION():
        return a.seconds
    if a.is_PAIRS():
        return {pair.name: pair.value for pair in a.pairs}
    if a.is_PLACE():
        return {"lat": a.lat, "lon": a.lon, "within": a.within_m}
    if a.is_SPOT():
        return {"x": a.x, "y": a.y}
    for field in ("text", "iso", "id", "ids", "texts"):
        if hasattr(a, field):
            return getattr(a, field)
    raise ValueError(f"no shape for {a}")


def state(s):
    """Flattened into what it is about."""
    return {} if s is None else {"state": STEPS[s.step], **there(number=s.number, code=s.code, reason=s.reason)}


def person(p):
    return {
        "id": p.id, "slug": p.slug, "name": p.name, "site": p.site.id, "current": p.current, "pin": p.pin, "locked": p.locked,
    }


def blocked(b):
    return b and {"code": b.code, "reason": b.reason, "since_ms": b.since_ms}


def set_aside(all):
    return [{"kept_at": s.kept_at, "at_ms": s.at_ms, "found": s.found, "missing": s.missing} for s in all]


def status(s):
    return {
        "device": s.device, "name": s.name, "epoch": s.epoch, "person": s.person, "server": s.server, "incarnation": s.incarnation,
        "unsent": s.unsent, "stored": s.stored, "held": s.held, "quarantined": s.refused, "last_contact": s.last_contact_ms,
        "reported_through": s.reported_through_ms, "lease_until": s.lease_until_ms, "lease_over": s.lease_over,
        "backed_up": s.backed_up_ms, "blocked": blocked(s.blocked), "clashes": s.clashes, "sync_sessions": s.syncs,
        "bytes_up": s.bytes_up, "bytes_down": s.bytes_down, "pictures_waiting": s.pictures_waiting,
        "pictures_waiting_bytes": s.pictures_waiting_bytes, **there(set_aside=set_aside(s.set_aside)),
    }


def captured(c):
    return {
        "id": c.id, "about": c.about, "what": c.what, "at_ms": c.at_ms, "scope": c.scope, **there(successor=c.successor), **state(c.state),
        **({"salvaged": True} if c.salvaged else {}),
    }


def sync(r):
    out = {
        "sent": r.sent, "stored": r.stored, "held": r.held, "quarantined": r.refused,
        "refused": [{"code": one.code, "count": one.count, "reason": one.reason} for one in r.refusals], "received": r.received,
        "unsent": r.unsent, "round_trips": r.round_trips, "bytes_up": r.bytes_up, "bytes_down": r.bytes_down, "reissued": r.reissued,
        "left": r.left, "epoch_renewed": r.epoch_renewed, "ended": name(r.ended), "blocked": blocked(r.blocked),
    }
    p = r.pictures
    if p and (p.sent or p.had or p.bytes_up or p.waiting or p.waiting_bytes or p.held_back or p.passed_over or p.broke_off):
        out["pictures"] = {
            "sent": p.sent, "had": p.had, "bytes_up": p.bytes_up, "waiting": p.waiting, "waiting_bytes": p.waiting_bytes,
            "held_back": p.held_back and name(p.held_back), "passed_over": p.passed_over, "broke_off": p.broke_off and name(p.broke_off),
        }
    return out


def quiz(q):
    best = None if q.best_points is None else {"points": q.best_points, "of": q.best_of}
    beyond = {"beyond": q.beyond} if q.beyond else {}
    return {
        "questions": q.questions, "mastery_score": q.mastery_score, "attempts": q.attempts, **beyond, "left": q.left, "best": best,
        "passed": q.passed, "open": q.open,
    }


def module(m):
    return {
        "id": m.id, "title": words(m.title), "assigned": m.assigned, "due_ms": m.due_ms, "overdue": m.overdue, "status": name(m.status),
        "cards": m.cards, "read": m.read, "minutes": m.minutes, **(quiz(m.quiz) if m.quiz else {}),
    }


def card(c):
    if c.is_TEXT():
        return {"text": words(c.text)}
    if c.is_IMAGE():
        return {"image": {"blob": c.picture, "alt": words(c.alt)}}
    if c.is_TAKEAWAYS():
        return {"takeaways": [words(one) for one in c.list]}
    if c.is_VIDEO():
        return {"video": {"video": c.video, "alt": words(c.alt), "length_ms": c.length_ms}}
    return {"flip": {"front": words(c.front), "back": words(c.back)}}


def module_detail(m):
    lessons = [
        {"slug": x.id, "title": words(x.title), "cards": [card(c) for c in x.cards], "card": x.card, "furthest": x.furthest} for x in m.lessons
    ]
    attempts = [
        {
            "id": a.id, "started_ms": a.started_ms, "status": "finished" if a.finished else "open", "points": a.points, "of": a.of,
            "passed": a.passed,
        }
        for a in m.attempts
    ]
    return {
        "id": m.id, "release": m.release, "title": words(m.title), "lessons": lessons, "resume": [m.resume_lesson, m.resume_card],
        "quiz": m.quiz and quiz(m.quiz), **there(attempts=attempts),
    }


def named(all):
    return [{"slug": n.id, "label": words(n.label)} for n in all]


def question(q):
    return {
        "item": q.item, "kind": q.kind, "label": words(q.label), "help": words(q.help),
        **there(unit=q.unit, choices=named(q.choices), rows=named(q.rows)), "value": answer(q.answer), "of": q.of, "critical": q.critical,
        **there(graded=q.graded and name(q.graded), points=q.points, right=answer(q.right), why=words(q.why)),
    }


def attempt(a):
    return {
        "id": a.id, "module": a.module, "release": a.release, "title": words(a.title), "status": "finished" if a.finished else "open",
        "started_ms": a.started_ms, "finished_ms": a.finished_ms, "questions": [question(q) for q in a.questions], "next": a.next,
        "missing": a.missing, "mastery_score": a.mastery_score, "left": a.left, **there(points=a.points, of=a.of, passed=a.passed),
        **state(a.state),
    }


def procedure(p):
    return {"id": p.id, "title": words(p.title), "items": p.items, "minutes": p.minutes, "due_ms": p.due_ms}


def run(r):
    return {
        "id": r.id, "procedure": r.procedure, "title": words(r.title), "site": r.site.id, "status": RUN[r.status], "done": r.done,
        "answered": r.answered, "required": r.required, "missing": r.missing, "clashes": r.clashes, "away": r.away, "changed": r.changed,
        "started_by": r.started_by, "started_ms": r.started_ms, "updated_ms": r.updated_ms, **state(r.state),
        **there(asset=r.asset and r.asset.id),
    }


def asset(a):
    return {
        "id": a.id, "label": words(a.label), "site": a.site.id, "procedures": [procedure(p) for p in a.procedures],
        "runs": [run(r) for r in a.runs],
    }


def reference(r):
    if r is None:
        return None
    if r.is_LAST():
        return {"what": "last", "says": r.says, "by": r.by, "at_ms": r.at_ms}
    if r.is_TEXT():
        return {"what": "words", "text": words(r.text)}
    if r.is_ARTICLE():
        return {"what": "article", "id": r.id, "title": words(r.title), "text": words(r.text)}
    if r.is_PICTURE():
        return {"what": "picture", "picture": r.picture, "alt": words(r.alt), "width": r.width, "height": r.height, "here": r.here}
    if r.is_VIDEO():
        return {"what": "video", "video": r.video, "alt": words(r.alt), "bytes": r.bytes, "length_ms": r.length_ms, "here": r.here}
    return {"what": "card", "module": r.module, "lesson": r.lesson, "card": r.card, "title": words(r.title), "text": words(r.text)}


def demand(d):
    return {
        "id": d.id, "what": "action" if d.is_action else "notice", "says": words(d.says), "run": d.run, "title": words(d.title),
        "site": d.site.id, "item": d.item, "label": words(d.label), **there(role=d.role), "since_ms": d.since_ms,
        **there(due_ms=d.due_ms), "overdue": d.overdue, **there(action=d.action),
    }


def history(line):
    out = {"at_ms": line.at_ms, "by": line.by, "what": SAID[line.what]}
    return {**out, **there(item=line.item, value=answer(line.answer), stands=line.stands, reason=line.reason, took_ms=line.took_ms,
        doubts=[name(d) for d in line.doubts], measured=line.measured or None,
        after_withdrawal=line.after_withdrawal or None)}


def feedback(f):
    return {
        "id": f.id, "touchpoint": f.touchpoint.id, "score": f.score, "feedback_reason": f.reason and f.reason.id, "comment": f.comment,
        "customer": f.customer, "forgotten": f.forgotten, "person": f.person, "at_ms": f.at_ms, **state(f.state),
    }


def contact(c):
    who = c.customer and {
        "id": c.customer.id, "state": name(c.customer.state), "name": c.customer.name, "phone": c.customer.phone,
        "email": c.customer.email, "note": c.customer.note,
    }
    choice = lambda one: one and one.id
    return {
        "id": c.id, "status": name(c.status), "contact_reason": choice(c.reason), "channel": choice(c.channel),
        "touchpoint": choice(c.touchpoint), "outcome": choice(c.outcome), "customer": who, "person": c.person, "opened_ms": c.opened_ms,
        "active_ms": c.active_ms, **state(c.state),
    }


def picture(p):
    return {
        "photo": p.id, "item": p.item, "instance": p.instance, "by": p.by, "at_ms": p.at_ms, "media": p.media, "bytes": p.bytes,
        "width": p.width, "height": p.height, "live": p.live, "thumbnail_here": p.thumbnail_here, "here": p.here, "at_server": p.at_server,
        **there(length_ms=p.length_ms),
    }


def exported(e):
    return {"entries": e.entries, "pictures": e.pictures, "left_out": e.left_out, "bytes": e.bytes, "sealed": e.sealed}


def said(s):
    if s is None:
        return None
    return {"what": SAID[s.what], "by": s.by, "at_ms": s.at_ms, **there(reason=s.reason, changed_since=s.changed_since)}


def item(i):
    answers = [{"pick": a.id, "value": answer(a.answer), "by": a.by, "at_ms": a.at_ms, "settles": a.settles,
                **there(measured=a.measured or None)} for a in i.answers]
    is_named = i.control in (ffi.Control.LOOKUP, ffi.Control.PERSON, ffi.Control.SITE, ffi.Control.ASSET)
    is_computed = i.control == ffi.Control.COMPUTED
    return {
        "item": i.id, "kind": i.kind, "label": i.label.text, "required": i.required, "value": answer(i.answer), "clash": i.clash,
        "out_of_band": i.out_of_band, "answers": answers,
        **there(
            reads=i.says if is_named else None, first=i.first, problem=i.problem, comes_to=i.says if is_computed else None,
            photos=i.photos and {"min": i.photos.min, "max": i.photos.max}, offered=answer(i.offered),
            evidence=[{"photo": e.photo, "by": e.by, "at_ms": e.at_ms, **there(is_sound=e.is_sound or None)} for e in i.evidence],
            reference=reference(i.reference),
        ),
        **({} if i.visible and not i.kept else {"visible": False}), **({"kept": True} if i.kept else {}),
    }


def run_detail(r):
    items = [item(i) for section in r.sections if not section.empty for i in section.items]
    score = r.score and {"points": r.score.points, "possible": r.score.possible, "open": r.score.open, **there(passed=r.score.passed)}
    return {
        "id": r.id, "procedure": r.procedure, "title": r.title.text, "site": r.site.id, "status": RUN[r.status],
        "answered": r.given, "missing": len(r.missing), "clashes": len(r.clashes), "heads": r.seen,
        "said": said(r.said),
        "can": {
            "answer": r.can_answer, "submit": r.hand_in.enabled, "sign_off": r.sign_off.enabled, "give_back": r.give_back.enabled,
        },
        "values": {i["item"]: i["value"] for i in items if i["value"] is not None}, "items": items,
        "state": r.state and STEPS[r.state.step], **there(ended=words(r.ended), score=score, demands=[demand(d) for d in r.demands],
            signatures=[{"role": s.role, **there(by=s.by, at_ms=s.at_ms)} for s in r.signatures],
            asset=r.asset and r.asset.id, about=r.asset and r.asset.label.text,
            withdrawn=r.withdrawn and {"by": r.withdrawn.by, "at_ms": r.withdrawn.at_ms, "reason": r.withdrawn.reason,
                                       "instead": r.withdrawn.instead}),
    }


def error(e):
    out = {"ok": False, "message": getattr(e, "detail", None) or str(e)}
    if isinstance(e, ffi.FrontlineError.Invalid):
        out.update(error="invalid", field=e.field, rule=e.rule)
    elif isinstance(e, ffi.FrontlineError.NotFound):
        out.update(error="not-found")
    elif isinstance(e, ffi.FrontlineError.Locked):
        out.update(error="locked", lock=name(e.by))
    elif isinstance(e, ffi.FrontlineError.Offline):
        out.update(error="offline")
    elif isinstance(e, ffi.FrontlineError.Unauthorized):
        out.update(error="unauthorized", **there(code=e.device))
    elif isinstance(e, ffi.FrontlineError.Busy):
        out.update(error="busy")
    elif isinstance(e, ffi.FrontlineError.StorageFull):
        out.update(error="storage-full")
    elif isinstance(e, ffi.FrontlineError.StorageCorrupt):
        out.update(error="storage-corrupt", kept_at=e.kept_at)
    else:
        out.update(error="internal")
    return out
