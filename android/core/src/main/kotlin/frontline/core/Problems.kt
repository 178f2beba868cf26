package frontline.core

import frontline.ffi.FrontlineException
import frontline.model.Problem
import frontline.model.ProblemException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** The core's error as the app knows it. Without an else: a new kind is a compile error here, not a wrong word on a screen. */
internal fun FrontlineException.toProblem(): Problem = when (this) {
    is FrontlineException.Invalid -> Problem.Invalid(field, rule, detail)
    is FrontlineException.NotFound -> Problem.NotFound
    is FrontlineException.Locked -> Problem.Locked
    is FrontlineException.Offline -> Problem.Offline
    is FrontlineException.Unauthorized -> Problem.Unauthorised
    is FrontlineException.Busy -> Problem.Busy
    is FrontlineException.StorageFull -> Problem.StorageFull
    is FrontlineException.StorageCorrupt -> Problem.StorageDamaged(keptAt)
    is FrontlineException.Internal -> Problem.Internal(reference)
}

/** The only door into the core: off the main thread, for its calls read and write the store. */
internal suspend fun <T> ask(call: () -> T): T = withContext(Dispatchers.IO) {
    try {
        call()
    } catch (e: FrontlineException) {
        throw ProblemException(e.toProblem())
    }
}
