package frontline.model.api

/** What was captured here and is not at the server yet. */
interface Outbox {
    suspend fun unsent(): Int
}
