package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.*
import androidx.compose.runtime.Composable
import androidx.compose.ui.*
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.*
import androidx.compose.ui.text.style.TextAlign
import frontline.ffi.*
import frontline.model.*

/** What happened and what to do next. A rule that the app has words for is said in them, the others in the core's own. */
fun Strings.say(problem: Problem): String = when (problem) {
    is Problem.Invalid -> when (problem.field to problem.rule) {
        "pin" to "wrong" -> pinWrong
        "pin" to "trivial" -> pinWeak
        "pin" to "wait" -> pinWaitSoon
        "pin" to "locked" -> "$pinLockedOut. $pinLockedOutDetail"
        "code" to "valid" -> enrolCodeWrong
        else -> errorInvalid(problem.detail.trimEnd('.'))
    }
    Problem.NotFound -> errorNotFound
    is Problem.Locked -> when (problem.by) {
        LockedBy.KEY -> errorKeyLost
        LockedBy.PIN, LockedBy.SHUT -> errorLocked
        LockedBy.LEASE -> "$leaseOver. $leaseOverDetail"
    }
    is Problem.Offline -> when (problem.why) {
        OfflineWhy.PORTAL -> errorPortal
        OfflineWhy.UNTRUSTED -> errorUntrusted
        OfflineWhy.LEFT -> errorLeft
        OfflineWhy.NO_NETWORK, OfflineWhy.TIMEOUT, OfflineWhy.CUT -> errorOffline
    }
    is Problem.Unauthorised -> if (problem.device == null) errorUnauthorised else syncBlockedRevoked
    Problem.Busy -> errorBusy
    Problem.StorageFull -> errorStorageFull
    is Problem.StorageDamaged -> errorStorageDamaged + "\n" + errorKeptAt(problem.keptAt)
    is Problem.Internal -> errorInternal + "\n" + errorReference(problem.reference)
}

/** A line of news inside the page. Said aloud when it appears, without taking the focus. */
@Composable
fun Notice(
    tone: Tone, title: String, modifier: Modifier = Modifier, detail: String? = null, icon: ImageVector = tone.icon,
    action: String? = null, onAction: () -> Unit = {},
) {
    Row(
        modifier.fillMaxWidth().clip(RoundedCornerShape(Radius.m)).background(tone.soft).padding(Space.m)
            .semantics { liveRegion = LiveRegionMode.Polite },
        Arrangement.spacedBy(Space.m),
    ) {
        Icon(icon, null, Modifier.size(Space.xl.besideWords), tone.ink)
        Column(Modifier.weight(1f)) {
            Text(title, color = palette.ink, style = if (detail == null) Type.body else Type.strong)
            if (detail != null) Said(detail, Type.label)
            if (action != null) AppButton(action, onAction, Modifier.offset(-Space.s), Weight.Quiet)
        }
    }
}

@Composable
fun OfflineBanner(unsent: Int = 0) = Notice(
    Tone.Info, words.bannerOffline, icon = Icons.offline,
    detail = joined("\n", words.bannerOfflineDetail, unsent.takeIf { it > 0 }?.let { words.syncUnsent(it) }),
)

/** Without a sync the phone will be shut soon. */
@Composable
fun LeaseEnding(status: SyncStatus) {
    status.leaseEndsIn?.let { Notice(Tone.Attention, words.leaseEnding(it.toInt()), icon = Icons.lock) }
}

@Composable
fun ChangedBanner(by: String, onShow: () -> Unit, modifier: Modifier = Modifier) =
    Notice(Tone.Attention, words.bannerChanged(by), modifier, words.bannerChangedDetail, Icons.people, words.actionShow, onShow)

/** The one way that a screen waits, has nothing, is out of contact or fails; the screen itself writes the good case alone. */
@Composable
fun <T> StateOf(
    load: Load<T>, onRetry: () -> Unit, empty: @Composable () -> Unit = { EmptyState() }, ready: @Composable (T) -> Unit,
) = when (load) {
    Load.Loading -> {
        val name = words.stateLoading
        Box(Modifier.fillMaxSize().semantics { contentDescription = name }, Alignment.Center) {
            if (LocalMotion.current) CircularProgressIndicator(color = palette.accent)
            else Icon(Icons.clock, null, Modifier.size(Space.xxl), palette.accent)
        }
    }
    Load.Empty -> empty()
    is Load.Failed -> {
        val away = load.problem is Problem.Offline
        Blank(
            if (away) Icons.cloudOff else Icons.attention, if (away) Tone.Info else Tone.Wrong,
            if (away) words.bannerOffline else words.bannerError, words.say(load.problem), words.actionRetry, onRetry,
        )
    }
    is Load.Ready -> ready(load.value)
}

@Composable
fun EmptyState(
    title: String = words.stateEmpty, detail: String? = null, icon: ImageVector = Icons.check, action: String? = null,
    onAction: () -> Unit = {},
) = Blank(icon, Tone.Accent, title, detail, action, onAction)

@Composable
private fun Blank(icon: ImageVector, tone: Tone, title: String, detail: String?, action: String?, onAction: () -> Unit) {
    Column(
        Modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(Space.xl),
        Arrangement.spacedBy(Space.m, Alignment.CenterVertically),
        Alignment.CenterHorizontally,
    ) {
        Box(Modifier.clip(RoundedCornerShape(Radius.full)).background(tone.soft).padding(Space.l)) {
            Icon(icon, null, Modifier.size(Space.xxl), tone.ink)
        }
        Heading(title, Type.title, align = TextAlign.Center)
        val narrow = Modifier.widthIn(max = Layout.listPane)
        if (detail != null) Text(detail, narrow, palette.inkMuted, style = Type.body, textAlign = TextAlign.Center)
        if (action != null) AppButton(action, onAction, Modifier.padding(top = Space.s), Weight.Secondary)
    }
}
