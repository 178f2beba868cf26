package frontline.core

import frontline.ffi.*
import frontline.model.Invitation
import frontline.model.api.*
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.flow.MutableSharedFlow

/** One opened store. The app holds one for its life; closing it lets the store go. */
class Device private constructor(
    @Volatile private var core: Frontline, private val draft: OpenDraft, private val platform: Platform, private val door: Door,
) : Core, AutoCloseable {
    /** A screen that is slow to listen misses old news and not the newest: it reads everything anew anyway. */
    override val news = MutableSharedFlow<News>(extraBufferCapacity = 256, onBufferOverflow = BufferOverflow.DROP_OLDEST)
    private var ear = listen()

    private fun listen() = core.subscribe(object : Observer {
        override fun changed(topic: Topic, ids: List<String>, origin: Source) {
            news.tryEmit(News(topic, ids, origin == Source.REMOTE))
        }
    })

    override suspend fun today() = door.ask { core.today() }
    override suspend fun <T> training(ask: suspend TrainingInterface.() -> T) = door.ask { core.training().use { it.ask() } }
    override suspend fun <T> procedures(ask: suspend ProceduresInterface.() -> T) = door.ask { core.procedures().use { it.ask() } }
    override suspend fun <T> actions(ask: suspend ActionsInterface.() -> T) = door.ask { core.actions().use { it.ask() } }
    override suspend fun <T> feedback(ask: suspend FeedbackInterface.() -> T) = door.ask { core.feedback().use { it.ask() } }
    override suspend fun <T> contacts(ask: suspend InteractionsInterface.() -> T) = door.ask { core.interactions().use { it.ask() } }
    override suspend fun <T> sync(ask: suspend SyncInterface.() -> T) = door.ask { core.sync().use { it.ask() } }
    override suspend fun <T> people(ask: suspend PeopleInterface.() -> T) = door.ask { core.people().use { it.ask() } }
    override suspend fun <T> media(ask: suspend MediaInterface.() -> T) = door.ask { core.media().use { it.ask() } }

    override suspend fun reset(file: String?, dropPictures: Boolean): Unit = door.ask {
        core.shut()
        try {
            frontline.ffi.reset(draft, platform, Leaving(file, dropPictures))
        } catch (refused: FrontlineException) {
            // Unsent work without a file, a full disk: the app goes on with the store that it has.
            core = Frontline.open(draft, platform)
            ear = listen()
            throw refused
        }
    }

    override fun close() {
        ear.end()
        core.shut()
        core.close()
    }

    companion object {
        /** [language] is a BCP 47 tag for whoever is not known yet; [drawing] says whether this is the thread that draws. */
        suspend fun open(folder: String, platform: Platform, language: String, drawing: () -> Boolean): Device {
            val door = Door(drawing)
            return door.ask {
                val draft = OpenDraft(folder, language)
                Device(Frontline.open(draft, platform), draft, platform, door)
            }
        }

        /** Gives a store whose key is gone another one, by way of the server; it is opened and enrolled with the same code after it. */
        suspend fun recover(folder: String, platform: Platform, by: Invitation, drawing: () -> Boolean) =
            Door(drawing).ask { frontline.ffi.recover(OpenDraft(folder, UNKNOWN), platform, by.server, by.code) }

        /** BCP 47 for a language that nobody has said. */
        private const val UNKNOWN = "und"
    }
}
