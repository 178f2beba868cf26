package frontline.platform

import android.app.*
import android.content.Context
import frontline.model.Strings

/** What the phone says while the app is not open. It names no procedure and no person: a lock screen is read by others. */
class Notices(private val context: Context, private val icon: Int) {
    private val manager = context.getSystemService(Context.NOTIFICATION_SERVICE) as NotificationManager

    /** Again at each start: a channel keeps what its user chose, and takes the name in the language of now. */
    fun prepare(words: Strings) = manager.createNotificationChannel(
        NotificationChannel(DUE, words.noticeDueChannel, NotificationManager.IMPORTANCE_DEFAULT),
    )

    /** Nothing due takes the notice away. */
    fun due(words: Strings, count: Int, open: PendingIntent?) {
        if (count == 0) return manager.cancel(DUE_ID)
        val notice = Notification.Builder(context, DUE).setSmallIcon(icon).setContentTitle(words.noticeDue(count))
            .setContentIntent(open).setAutoCancel(true).setOnlyAlertOnce(true).build()
        manager.notify(DUE_ID, notice)
    }

    private companion object {
        const val DUE = "due"
        const val DUE_ID = 1
    }
}
