package frontline.platform

import android.app.Activity
import android.app.Application
import android.app.NotificationManager
import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.Context
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import android.view.WindowManager
import frontline.ffi.NetworkKind
import frontline.model.Ar
import frontline.model.En
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowNetworkCapabilities

/** Against the real platform code, in the test's own process. */
@RunWith(RobolectricTestRunner::class)
class SystemTest {
    private val app: Application get() = RuntimeEnvironment.getApplication()

    @Test
    fun `what was captured is sent once there is a network, and the hourly job outlives a restart`() {
        SyncJob.soon(app)
        SyncJob.regularly(app)
        val jobs = (app.getSystemService(Context.JOB_SCHEDULER_SERVICE) as JobScheduler).allPendingJobs.sortedBy { it.id }
        assertEquals(listOf(true, true), jobs.map { it.isPersisted })
        assertEquals(listOf(false, true), jobs.map { it.isPeriodic })
        assertTrue(jobs.all { it.networkType == JobInfo.NETWORK_TYPE_ANY })
    }

    @Test
    fun `a job asked for twice is there once`() {
        repeat(2) { SyncJob.soon(app) }
        assertEquals(1, (app.getSystemService(Context.JOB_SCHEDULER_SERVICE) as JobScheduler).allPendingJobs.size)
    }

    @Test
    fun `what is captured while a job runs has one of its own`() {
        fun pending() = (app.getSystemService(Context.JOB_SCHEDULER_SERVICE) as JobScheduler).allPendingJobs.map { it.id }.toSet()
        fun begins(id: Int) {
            val params = org.robolectric.shadow.api.Shadow.newInstanceOf(android.app.job.JobParameters::class.java)
            org.robolectric.util.ReflectionHelpers.setField(params, "jobId", id)
            Robolectric.setupService(SyncJob::class.java).onStartJob(params)
        }
        SyncJob.soon(app)
        val first = pending().single()
        begins(first)
        repeat(2) { SyncJob.soon(app) }
        val second = (pending() - first).single()
        begins(second)
        SyncJob.done(app)
        SyncJob.soon(app)
        assertEquals(setOf(first), pending())
        SyncJob.done(app)
    }

    @Test
    fun `what waits no more asks for no job`() {
        SyncJob.soon(app)
        SyncJob.done(app)
        assertEquals(0, (app.getSystemService(Context.JOB_SCHEDULER_SERVICE) as JobScheduler).allPendingJobs.size)
    }

    @Test
    fun `a network that is paid for is told apart from a free one`() {
        val there = ShadowNetworkCapabilities.newInstance()
        assertEquals(NetworkKind.NONE, reachOf(null))
        assertEquals(NetworkKind.NONE, reachOf(there))
        shadowOf(there).addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET)
        shadowOf(there).removeCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED)
        assertEquals(NetworkKind.METERED, reachOf(there))
        shadowOf(there).addCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED)
        assertEquals(NetworkKind.UNMETERED, reachOf(there))
    }

    @Test
    fun `the first word about the network comes at once, and listening ends with its listener`() = runBlocking {
        val manager = app.getSystemService(Context.CONNECTIVITY_SERVICE) as ConnectivityManager
        shadowOf(manager).setDefaultNetworkActive(false)
        reach(app).first()
        assertEquals(emptySet<Any>(), shadowOf(manager).networkCallbacks)
    }

    @Test
    fun `a notice counts what is due, in the language of now, and goes when nothing is`() {
        val notices = Notices(app, android.R.drawable.stat_notify_sync)
        val manager = shadowOf(app.getSystemService(Context.NOTIFICATION_SERVICE) as NotificationManager)
        notices.prepare(En)
        notices.due(En, 3, null)
        assertEquals("3 things are due", shadowOf(manager.allNotifications.single()).contentTitle)
        notices.due(Ar, 2, null)
        assertEquals("أمران مستحقان", shadowOf(manager.allNotifications.single()).contentTitle)
        notices.due(En, 0, null)
        assertTrue(manager.allNotifications.isEmpty())
    }

    @Test
    fun `what is due later is said then, and what was asked for before is replaced`() {
        val alarms = shadowOf(app.getSystemService(Context.ALARM_SERVICE) as android.app.AlarmManager)
        Reminders(app).at(listOf(2_000L, 1_000L, 2_000L), 2)
        assertEquals(setOf(1_000L, 2_000L), alarms.scheduledAlarms.map { it.triggerAtMs }.toSet())
        Due().onReceive(app, android.content.Intent().putExtra("count", 2))
        assertEquals("2 things are due", shadowOf(shadowOf(app.getSystemService(Context.NOTIFICATION_SERVICE) as NotificationManager).allNotifications.single()).contentTitle)
        Reminders(app).at(emptyList(), 0)
        assertEquals(0, alarms.scheduledAlarms.size)
    }

    @Test
    fun `a push wakes a sync and says nothing`() {
        Wake().onReceive(app, android.content.Intent())
        assertEquals(1, (app.getSystemService(Context.JOB_SCHEDULER_SERVICE) as JobScheduler).allPendingJobs.size)
    }

    @Test
    fun `the core hears of the phone, and a key store that fails is told by name`() {
        val broken = object : Sealer {
            override fun seal(plain: ByteArray) = throw java.security.KeyStoreException("no")
            override fun open(sealed: ByteArray) = throw java.security.KeyStoreException("no")
        }
        val phone = AndroidPlatform(app, Secrets(java.io.File(app.filesDir, "keys"), broken))
        assertTrue(phone.deviceModel().isNotEmpty())
        assertEquals("KeyStoreException", org.junit.Assert.assertThrows(frontline.ffi.PlatformException.Failed::class.java) { phone.keepSecret("store", ByteArray(32)) }.detail)
        assertEquals(null, phone.secret("store"))
    }

    @Test
    fun `a kiosk keeps the screen on and lets go of it`() {
        Robolectric.buildActivity(Activity::class.java).setup().use {
            val activity = it.get()
            val kiosk = Kiosk(activity)
            kiosk.start()
            assertTrue(activity.keepsScreenOn())
            kiosk.end()
            assertFalse(kiosk.running)
            assertFalse(activity.keepsScreenOn())
        }
    }

    @Test
    fun `a private screen is kept out of pictures of it`() {
        Robolectric.buildActivity(Activity::class.java).setup().use {
            it.get().keepPrivate()
            assertTrue(it.get().window.attributes.flags and WindowManager.LayoutParams.FLAG_SECURE != 0)
        }
    }

    private fun Activity.keepsScreenOn() = window.attributes.flags and WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON != 0
}
