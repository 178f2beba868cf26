package frontline.model

import frontline.model.api.Outbox
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow

/** The count on the Sync badge. An old count stays while a newer one cannot be had: it hides no work. */
class OutboxPresenter(private val outbox: Outbox) {
    private val current = MutableStateFlow<Load<Int>>(Load.Loading)
    val state: StateFlow<Load<Int>> = current.asStateFlow()

    suspend fun refresh() {
        val next = load { outbox.unsent() }
        if (next !is Load.Failed || current.value !is Load.Ready) current.value = next
    }
}
