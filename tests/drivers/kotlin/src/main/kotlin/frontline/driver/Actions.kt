package frontline.driver

import frontline.ffi.*

// `actions.*`, and corrective actions as the JSON that stories compare.

private fun summary(a: ActionSummary) = obj(
    "id" to a.id, "title" to a.title, "status" to name(a.status), "priority" to name(a.priority), "mine" to a.mine,
    "clashes" to a.clashes, "comments" to a.comments, "site" to a.site.id, "opened_by" to a.openedBy, "opened_ms" to a.openedMs,
    "changed_ms" to a.changedMs,
) + there("owner" to a.owner, "due_ms" to a.dueMs, "escalated" to a.escalated?.let(::name), "run" to a.run) + state(a.state)

/** The value of a register. */
private fun setTo(what: ActionTold): Any? = when (what) {
    is ActionTold.Title -> what.text
    is ActionTold.Priority -> name(what.priority)
    is ActionTold.Owner -> what.name
    is ActionTold.Due -> what.atMs
    is ActionTold.Status -> name(what.to)
    is ActionTold.Opened, is ActionTold.Said -> throw IllegalArgumentException("no value of a register: $what")
}

private fun register(r: ActionRegister) = obj(
    "values" to r.values.map { obj("value" to setTo(it.what), "by" to it.by, "at_ms" to it.atMs) + there("reason" to it.reason) },
    "seen" to r.seen, "clash" to r.clash,
)

/** What a line of the history tells. */
private fun told(what: ActionTold) = when (what) {
    is ActionTold.Opened -> obj("what" to "opened")
    is ActionTold.Title -> obj("what" to "title", "text" to what.text)
    is ActionTold.Priority -> obj("what" to "priority", "priority" to name(what.priority))
    is ActionTold.Owner -> obj("what" to "owner", "owner" to what.name)
    is ActionTold.Due -> obj("what" to "due", "due_ms" to what.atMs)
    is ActionTold.Status -> obj("what" to "status", "from" to what.from?.let(::name), "to" to name(what.to), "reason" to what.reason)
    is ActionTold.Said -> obj("what" to "said", "text" to what.text)
}

private val registers = listOf("titles", "priorities", "owners", "dues", "states")

fun actionDetail(a: ActionDetail): Json {
    check(a.registers.size == registers.size) { "an action has ${a.registers.size} registers" }
    val next = a.next.map {
        obj("to" to name(it.to), "wants_reason" to it.wantsReason) + there("why_not" to "no-right".takeIf { _ -> !it.enabled })
    }
    val from = a.from?.let { obj("run" to it.run, "title" to words(it.title), "item" to it.item, "label" to words(it.label)) }
    return summary(a.summary) + registers.zip(a.registers.map(::register)) + obj(
        "next" to next, "may_change" to a.mayChange,
        "again" to a.again.map { obj("id" to it.id, "title" to it.title, "status" to name(it.status), "opened_ms" to it.openedMs) },
        "history" to a.history.map { obj("at_ms" to it.atMs, "by" to it.by) + told(it.what) + there("stands" to it.stands, "photos" to it.photos.ifEmpty { null }) },
    ) + there("from" to from)
}

class ActionVerbs(private val phone: Phone) {
    private val actions get() = phone.app!!.actions()

    val all: Map<String, (Line) -> Json> = mapOf(
        "actions.list" to { pages(it, of(which(it.maybeText("which")))) }, "actions.show" to { actionDetail(actions.action(it.only("id"))) },
        "actions.today" to ::today, "actions.owners" to { line -> line.maybeText("id").let { id -> pages(line, owners(id)) } },
        "actions.open" to ::open, "actions.comment" to ::comment,
        "actions.title" to { act(it) { ActionStep.Title(it.text("text")) } },
        "actions.priority" to { act(it) { ActionStep.Priority(priority(it.text("to"))) } },
        "actions.owner" to { act(it) { ActionStep.Owner(it.maybeText("to")) } },
        "actions.due" to { act(it) { ActionStep.Due(it.maybeCount("to")) } },
        "actions.status" to { act(it) { ActionStep.Status(status(it.text("to")), it.maybeText("reason")) } },
    )

    fun of(which: WhichActions): Pages = { ask -> actions.list(ActionsAsked(which, ask)).let { it.items.map(::summary) to it.next } }

    private fun owners(action: String?): Pages = { ask ->
        actions.owners(action, ask).let { page -> page.items.map { obj("id" to it.id, "label" to words(it.label)) } to page.next }
    }

    private fun today(line: Line): Json {
        line.end()
        val of = phone.app!!.today().actions
        return obj(
            "mine" to of.mine, "late" to of.late, "differ" to of.differ, "to_review" to of.toReview, "first" to of.first.map(::summary),
        )
    }

    private fun which(word: String?) =
        if (word == null) WhichActions.STANDING else chosen(WhichActions.entries, "which", word, "say standing, mine or all")

    private fun priority(word: String) = chosen(ActionPriority.entries, "priority", word, "say low, normal, high or urgent")

    private fun status(word: String) =
        chosen(ActionStatus.entries, "to", word, "say open, in-progress, done, verified, rejected or cannot-do")

    private fun <T : Enum<T>> chosen(among: List<T>, field: String, word: String, says: String): T =
        among.find { name(it) == word } ?: throw Invalid(field, "choice", says)

    private fun open(line: Line): Json {
        val given = line.maybeText("priority")
        val from = line.maybeText("run")?.let { ActionOrigin(it, line.text("item"), line.maybeText("demand")) }
        val draft = ActionDraft(
            line.text("title"), if (given == null) ActionPriority.NORMAL else priority(given), line.maybeText("owner"),
            line.maybeCount("due_ms"), from,
        )
        line.end()
        return obj("id" to actions.open(draft))
    }

    private fun comment(line: Line) =
        act(line, isSeen = false) { ActionStep.Comment(line.maybeText("text").orEmpty(), line.maybeTexts("photos").orEmpty()) }

    private fun act(line: Line, isSeen: Boolean = true, step: () -> ActionStep): Json {
        val id = line.text("id")
        val deed = ActionDeed(id, step(), if (isSeen) line.maybeTexts("seen") else null)
        line.end()
        actions.act(deed)
        return obj()
    }
}
