package frontline.model

import frontline.ffi.*

/** Why something was not done, named for what the person can do next. Mirrors the core's one error, and is matched without an else. */
sealed interface Problem {
    data class Invalid(val field: String, val rule: String, val detail: String) : Problem
    data object NotFound : Problem
    data class Locked(val by: LockedBy) : Problem
    data class Offline(val why: OfflineWhy) : Problem

    /** [device] is the code's name where the server turns the whole phone away. */
    data class Unauthorised(val device: String?) : Problem
    data object Busy : Problem
    data object StorageFull : Problem
    data class StorageDamaged(val keptAt: String) : Problem
    data class Internal(val reference: String) : Problem
}

/** Thrown by everything in [frontline.model.api], and by nothing else. */
class ProblemException(val problem: Problem) : Exception(problem.toString())
