package frontline.platform

import android.app.*
import android.content.*
import frontline.model.stringsFor

/** Local reminders for what is due: set anew with each Today, and not exact, for a phone that sleeps may sleep on. */
class Reminders(private val context: Context) {
    private val alarms = context.getSystemService(Context.ALARM_SERVICE) as AlarmManager

    /** The first few only: the list is read anew when one of them was heard. */
    fun at(times: List<Long>, count: Int) {
        for (n in 0 until MOST) {
            val at = times.distinct().getOrNull(n)
            if (at == null) alarms.cancel(intent(n, count)) else alarms.set(AlarmManager.RTC_WAKEUP, at, intent(n, count))
        }
    }

    private fun intent(n: Int, count: Int) = PendingIntent.getBroadcast(
        context, n, Intent(context, Due::class.java).putExtra(COUNT, count),
        PendingIntent.FLAG_UPDATE_CURRENT or PendingIntent.FLAG_IMMUTABLE,
    )

    internal companion object {
        const val MOST = 8
        const val COUNT = "count"
    }
}

/** Says what is due, in the phone's language: nobody is at the app then. */
class Due : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        val words = stringsFor(context.resources.configuration.locales[0].toLanguageTag())
        val start = context.packageManager.getLaunchIntentForPackage(context.packageName)
        val open = start?.let { PendingIntent.getActivity(context, 0, it, PendingIntent.FLAG_IMMUTABLE) }
        Notices(context, android.R.drawable.stat_notify_sync).run {
            prepare(words)
            due(words, intent.getIntExtra(Reminders.COUNT, 0), open)
        }
    }
}

/** A push says nothing and carries nothing: it only wakes a sync. Any push service calls this. */
class Wake : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) = SyncJob.soon(context)
}
