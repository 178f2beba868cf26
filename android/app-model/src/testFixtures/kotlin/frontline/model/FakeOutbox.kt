package frontline.model

import frontline.model.api.Outbox

class FakeOutbox(var count: Int = 0, var problem: Problem? = null) : Outbox {
    override suspend fun unsent(): Int {
        problem?.let { throw ProblemException(it) }
        return count
    }
}
