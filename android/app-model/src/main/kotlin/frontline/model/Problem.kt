package frontline.model

/** Why something was not done, named for what the person can do next. Mirrors the core's one error, and is matched without an else. */
sealed interface Problem {
    data class Invalid(val field: String, val rule: String, val detail: String) : Problem
    data object NotFound : Problem
    data object Locked : Problem
    data object Offline : Problem
    data object Unauthorised : Problem
    data object Busy : Problem
    data object StorageFull : Problem
    data class StorageDamaged(val keptAt: String) : Problem
    data class Internal(val reference: String) : Problem
}

/** Thrown by everything in [frontline.model.api], and by nothing else. */
class ProblemException(val problem: Problem) : Exception(problem.toString())
