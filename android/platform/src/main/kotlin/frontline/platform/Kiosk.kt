package frontline.platform

import android.app.*
import android.content.Context
import android.view.WindowManager

/** Keeps a phone that lies on a counter on the one question. On a managed phone without a word, on others after a system dialog. */
class Kiosk(private val activity: Activity) {
    private val manager get() = activity.getSystemService(Context.ACTIVITY_SERVICE) as ActivityManager
    val running: Boolean get() = manager.lockTaskModeState != ActivityManager.LOCK_TASK_MODE_NONE

    fun start() {
        activity.window.addFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON)
        // Refused where something else is before the app just now: the question is there all the same.
        if (!running) runCatching { activity.startLockTask() }
    }

    /** Only after the PIN: the presenter asks for it. */
    fun end() {
        activity.window.clearFlags(WindowManager.LayoutParams.FLAG_KEEP_SCREEN_ON)
        if (running) activity.stopLockTask()
    }
}

/** Names of customers and codes stay out of the list of recent apps and of screen recordings. */
fun Activity.keepPrivate() = window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
