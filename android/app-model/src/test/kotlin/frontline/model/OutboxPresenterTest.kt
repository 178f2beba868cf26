package frontline.model

import kotlinx.coroutines.test.runTest
import org.junit.Assert.assertEquals
import org.junit.Test

class OutboxPresenterTest {
    private val outbox = FakeOutbox(count = 3)
    private val presenter = OutboxPresenter(outbox)

    @Test
    fun `a count is shown once it is known`() = runTest {
        assertEquals(Load.Loading, presenter.state.value)
        presenter.refresh()
        assertEquals(Load.Ready(3), presenter.state.value)
    }

    @Test
    fun `a count that cannot be had leaves the last one`() = runTest {
        presenter.refresh()
        outbox.problem = Problem.Busy
        presenter.refresh()
        assertEquals(Load.Ready(3), presenter.state.value)
    }

    @Test
    fun `with no count before, the problem is shown`() = runTest {
        outbox.problem = Problem.Locked
        presenter.refresh()
        assertEquals(Load.Failed(Problem.Locked), presenter.state.value)
    }
}
