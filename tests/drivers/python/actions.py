"""`actions.*`, and corrective actions as the JSON that stories compare."""

import frontline_ffi as ffi
import shape
from line import Invalid, pages

WHICH = {"standing": ffi.WhichActions.STANDING, "mine": ffi.WhichActions.MINE, "all": ffi.WhichActions.ALL}
PRIORITIES = {shape.name(one): one for one in ffi.ActionPriority}
STATUSES = {shape.name(one): one for one in ffi.ActionStatus}
REGISTERS = ("titles", "priorities", "owners", "dues", "states")


def chosen(among, field, word, says):
    if word not in among:
        raise Invalid(field, "choice", says)
    return among[word]


def priority(field, word):
    return chosen(PRIORITIES, field, word, "say low, normal, high or urgent")


def summary(a):
    return {
        "id": a.id, "title": a.title, "status": shape.name(a.status), "priority": shape.name(a.priority),
        **shape.there(owner=a.owner), "mine": a.mine, **shape.there(due_ms=a.due_ms, escalated=a.escalated and shape.name(a.escalated)),
        "clashes": a.clashes, "comments": a.comments, "site": a.site.id, "opened_by": a.opened_by, "opened_ms": a.opened_ms,
        "changed_ms": a.changed_ms, **shape.there(run=a.run), **shape.state(a.state),
    }


def set_to(what):
    """The value of a register."""
    if what.is_TITLE():
        return what.text
    if what.is_PRIORITY():
        return shape.name(what.priority)
    if what.is_OWNER():
        return what.name
    if what.is_DUE():
        return what.at_ms
    return shape.name(what.to)


def register(r):
    values = [{"value": set_to(v.what), "by": v.by, "at_ms": v.at_ms, **shape.there(reason=v.reason)} for v in r.values]
    return {"values": values, "seen": r.seen, "clash": r.clash}


def told(line):
    """What a line of the history tells."""
    what = line.what
    if what.is_OPENED():
        return {"what": "opened"}
    if what.is_TITLE():
        return {"what": "title", "text": what.text}
    if what.is_PRIORITY():
        return {"what": "priority", "priority": shape.name(what.priority)}
    if what.is_OWNER():
        return {"what": "owner", "owner": what.name}
    if what.is_DUE():
        return {"what": "due", "due_ms": what.at_ms}
    if what.is_STATUS():
        return {"what": "status", "from": shape.name(what._from), "to": shape.name(what.to), "reason": what.reason}
    return {"what": "said", "text": what.text, **shape.there(photos=line.photos or None)}


def detail(a):
    origin = a._from and {"run": a._from.run, "title": shape.words(a._from.title), "item": a._from.item, "label": shape.words(a._from.label)}
    return {
        **summary(a.summary), **{name: register(one) for name, one in zip(REGISTERS, a.registers, strict=True)},
        "next": [
            {"to": shape.name(n.to), "wants_reason": n.wants_reason, **({} if n.enabled else {"why_not": "no-right"})} for n in a.next
        ],
        "may_change": a.may_change, **shape.there(**{"from": origin}),
        "again": [{"id": one.id, "title": one.title, "status": shape.name(one.status), "opened_ms": one.opened_ms} for one in a.again],
        "history": [{"at_ms": x.at_ms, "by": x.by, **told(x), **shape.there(stands=x.stands)} for x in a.history],
    }


class ActionVerbs:
    def actions_of(self, which):
        """How to read a page of them, and how a row is shown."""
        return lambda page: self.app.actions().list(ffi.ActionsAsked(which=which, page=page)), summary

    def actions_list(self, line):
        which = chosen(WHICH, "which", line.maybe("which", "standing"), "say standing, mine or all")
        return pages(line, *self.actions_of(which))

    def actions_show(self, line):
        id = line.word("id")
        line.end()
        return self.action(id)

    def action(self, id):
        return detail(self.app.actions().action(id))

    def actions_today(self, line):
        line.end()
        of = self.app.today().actions
        return {
            "mine": of.mine, "late": of.late, "differ": of.differ, "to_review": of.to_review, "first": [summary(one) for one in of.first],
        }

    def actions_owners(self, line):
        action = line.maybe("id")
        line.end()
        owner = lambda one: {"id": one.id, "label": shape.words(one.label)}
        return {"list": self.everything(lambda page: self.app.actions().owners(action, page), owner)}

    def actions_open(self, line):
        of, run = line.maybe("priority", "normal"), line.maybe("run")
        origin = run and ffi.ActionOrigin(run=run, item=line.word("item"), demand=line.maybe("demand"))
        draft = ffi.ActionDraft(
            title=line.word("title"), priority=priority("priority", of), owner=line.maybe("owner"), due_ms=line.maybe("due_ms"), _from=origin
        )
        line.end()
        return {"id": self.app.actions().open(draft)}

    def act(self, line, step, seen=True):
        deed = ffi.ActionDeed(action=line.word("id"), step=step, seen=line.texts("seen") if seen else None)
        line.end()
        self.app.actions().act(deed)
        return {}

    def actions_comment(self, line):
        step = ffi.ActionStep.COMMENT(text=line.maybe("text", ""), photos=line.texts("photos") or [])
        return self.act(line, step, seen=False)

    def actions_title(self, line):
        return self.act(line, ffi.ActionStep.TITLE(text=line.word("text")))

    def actions_priority(self, line):
        return self.act(line, ffi.ActionStep.PRIORITY(to=priority("priority", line.word("to"))))

    def actions_owner(self, line):
        return self.act(line, ffi.ActionStep.OWNER(person=line.maybe("to")))

    def actions_due(self, line):
        return self.act(line, ffi.ActionStep.DUE(at_ms=line.maybe("to")))

    def actions_status(self, line):
        to = chosen(STATUSES, "to", line.word("to"), "say open, in-progress, done, verified, rejected or cannot-do")
        return self.act(line, ffi.ActionStep.STATUS(to=to, reason=line.maybe("reason")))
