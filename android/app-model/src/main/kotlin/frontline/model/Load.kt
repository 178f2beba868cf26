package frontline.model

/** What a screen has to show of something that may take time or fail. */
sealed interface Load<out T> {
    data object Loading : Load<Nothing>
    data object Empty : Load<Nothing>
    data class Failed(val problem: Problem) : Load<Nothing>
    data class Ready<T>(val value: T) : Load<T>
}

/** What is there, if it is. */
val <T> Load<T>.ready: T? get() = (this as? Load.Ready)?.value

/** Asks, and turns whatever comes into what a screen can show. What is not a [ProblemException] is a fault of ours and goes up. */
suspend fun <T> load(isEmpty: (T) -> Boolean = { false }, ask: suspend () -> T): Load<T> = try {
    val value = ask()
    if (isEmpty(value)) Load.Empty else Load.Ready(value)
} catch (e: ProblemException) {
    Load.Failed(e.problem)
}
