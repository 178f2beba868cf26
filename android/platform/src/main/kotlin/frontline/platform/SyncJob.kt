package frontline.platform

import android.app.job.*
import android.content.*
import frontline.model.ProblemException
import kotlinx.coroutines.*

/** What the application gives to a job that the system wakes. True when there is more to do and the job should come again. */
interface Syncs {
    suspend fun sync(): Boolean
}

/** Sends when there is a network, though nobody has the app open. The core says what to send and when it is enough. */
class SyncJob : JobService() {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)
    private var running: Job? = null

    override fun onStartJob(params: JobParameters): Boolean {
        if (params.jobId != REGULAR) begun = params.jobId
        val work = application as? Syncs ?: return false
        running = scope.launch { jobFinished(params, again(work)) }
        return true
    }

    /** What could not be sent now is asked for again, with the system's growing pauses. */
    private suspend fun again(work: Syncs): Boolean = try {
        work.sync()
    } catch (_: ProblemException) {
        true
    }

    /** The network went or the time is over: what was not sent is still in the store, so the job simply comes again. */
    override fun onStopJob(params: JobParameters): Boolean {
        running?.cancel()
        return true
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }

    companion object {
        private const val SOON = 1
        private const val REGULAR = 2
        private const val NEXT = 3
        private const val PERIOD_MS = 60 * 60_000L
        private const val BACKOFF_MS = 30_000L

        /** The one that began last: it may be past what is captured now, so that it is left alone and another one waits. */
        @Volatile private var begun: Int? = null

        /** Once, as soon as there is a network; one that waits already is left to it. */
        fun soon(context: Context) {
            val id = if (begun == SOON) NEXT else SOON
            if (jobs(context).getPendingJob(id) != null) return
            val job = job(context, id).setPersisted(true).setBackoffCriteria(BACKOFF_MS, JobInfo.BACKOFF_POLICY_EXPONENTIAL)
            jobs(context).schedule(job.build())
        }

        /** Nothing waits any more. */
        fun done(context: Context) = listOf(SOON, NEXT).forEach(jobs(context)::cancel)

        /** Every hour, also after a restart of the phone: for what others did. */
        fun regularly(context: Context) {
            jobs(context).schedule(job(context, REGULAR).setPeriodic(PERIOD_MS).setPersisted(true).build())
        }

        private fun job(context: Context, id: Int) =
            JobInfo.Builder(id, ComponentName(context, SyncJob::class.java)).setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)

        private fun jobs(context: Context) = context.getSystemService(Context.JOB_SCHEDULER_SERVICE) as JobScheduler
    }
}
