package frontline.core

import frontline.ffi.FrontlineException
import frontline.model.*
import kotlinx.coroutines.*

/** The core's error as the app knows it. Without an else: a new kind is a compile error here, not a wrong word on a screen. */
internal fun FrontlineException.toProblem(): Problem = when (this) {
    is FrontlineException.Invalid -> Problem.Invalid(field, rule, detail)
    is FrontlineException.NotFound -> Problem.NotFound
    is FrontlineException.Locked -> Problem.Locked(by)
    is FrontlineException.Offline -> Problem.Offline(why)
    is FrontlineException.Unauthorized -> Problem.Unauthorised(device)
    is FrontlineException.Busy -> Problem.Busy
    is FrontlineException.StorageFull -> Problem.StorageFull
    is FrontlineException.StorageCorrupt -> Problem.StorageDamaged(keptAt)
    is FrontlineException.Internal -> Problem.Internal(reference)
}

/**
 * The only way into the core: off the thread that draws, for its calls read and write the store. [drawing] says whether
 * this is that thread; a call from it is a fault of ours and stops the app in every build, before it stutters on a slow phone.
 */
internal class Door(private val drawing: () -> Boolean) {
    suspend fun <T> ask(call: suspend () -> T): T = withContext(Dispatchers.IO) {
        check(!drawing()) { "the core was called from the thread that draws" }
        try {
            call()
        } catch (e: FrontlineException) {
            throw ProblemException(e.toProblem())
        }
    }
}
