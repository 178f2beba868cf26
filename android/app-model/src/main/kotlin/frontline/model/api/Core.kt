package frontline.model.api

import frontline.ffi.*
import kotlinx.coroutines.flow.SharedFlow

/**
 * The doors into the core, one for each service. What is asked through a door is done off the thread that draws; it
 * comes back as the core's own record, or as a [frontline.model.ProblemException] and nothing else.
 */
interface Core {
    suspend fun today(): TodayDetail
    suspend fun <T> training(ask: suspend TrainingInterface.() -> T): T
    suspend fun <T> procedures(ask: suspend ProceduresInterface.() -> T): T
    suspend fun <T> actions(ask: suspend ActionsInterface.() -> T): T
    suspend fun <T> feedback(ask: suspend FeedbackInterface.() -> T): T
    suspend fun <T> contacts(ask: suspend InteractionsInterface.() -> T): T
    suspend fun <T> sync(ask: suspend SyncInterface.() -> T): T
    suspend fun <T> people(ask: suspend PeopleInterface.() -> T): T
    suspend fun <T> media(ask: suspend MediaInterface.() -> T): T

    /**
     * Makes the phone new; [file] is where unsent work is carried out to before. Pictures that no file carries are refused
     * to go unless [dropPictures] says that they may.
     */
    suspend fun reset(file: String?, dropPictures: Boolean)

    /** What changed, told after it is in the store. */
    val news: SharedFlow<News>
}

/** [ids] are empty where it is too much to name; [remote]: it came with a sync. */
data class News(val topic: Topic, val ids: List<String>, val remote: Boolean)
