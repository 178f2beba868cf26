package frontline.ui

import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.listSaver

/**
 * Where somebody is: a tab, and what they opened over it. Kept as words, so that it outlives the app's end by the system;
 * each person has one of their own.
 */
class Nav(tab: String = TODAY, open: List<String> = emptyList()) {
    var tab by mutableStateOf(tab)
        private set
    private val stack = mutableStateListOf<String>().apply { addAll(open) }
    val top: String? get() = stack.lastOrNull()
    val opened: List<String> get() = stack

    fun go(to: String) {
        stack.clear()
        tab = to
    }

    /** Beside a list the next one opened replaces the one that is there; [over] keeps it below. */
    fun open(vararg route: String, over: Boolean = true) {
        if (!over) stack.clear()
        stack.add(route.joinToString("/"))
    }

    fun back() {
        stack.removeLastOrNull()
    }

    companion object {
        const val TODAY = "today"
        val Saver = listSaver<Nav, String>({ listOf(it.tab) + it.stack }, { Nav(it.first(), it.drop(1)) })
    }
}
