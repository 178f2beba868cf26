package frontline.ui

import androidx.compose.foundation.*
import androidx.compose.foundation.gestures.detectTransformGestures
import androidx.compose.foundation.layout.*
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.*
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.ui.*
import androidx.compose.ui.draw.*
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.graphics.*
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.semantics.*
import frontline.model.*
import kotlinx.coroutines.*

/** Megabytes, as somebody weighs whether to get it here: one decimal, never none at all. */
@Composable
@ReadOnlyComposable
internal fun size(bytes: ULong): String {
    val tenths = ((bytes + 99_999uL) / 100_000uL).toInt().coerceAtLeast(1)
    return words.mediaMegabytes(if (tenths % 10 == 0) "${tenths / 10}" else "${tenths / 10}.${tenths % 10}")
}

/** It is not on this phone yet, under its own words; getting it here is one touch, and why it did not come is said. */
@Composable
internal fun Away(name: String, icon: ImageVector, bytes: ULong?, busy: Boolean, problem: Problem?, onGet: () -> Unit) = Stack(Space.xs) {
    val get = if (bytes == null) words.mediaGet else words.mediaGetSize(size(bytes))
    Notice(Tone.Neutral, name, detail = words.mediaAway, icon = icon)
    Wrong(problem)
    if (busy) Muted(words.stateLoading, Type.label)
    else AppButton(get, onGet, weight = Weight.Secondary, icon = Icons.download)
}

/** What is looked at whole: it is here, or it is got. What a sync brings meanwhile is shown by itself. */
@Composable
fun Whole(
    app: App, id: String, name: String, icon: ImageVector, first: suspend () -> Load<ByteArray> = { app.whole(id) },
    content: @Composable (ByteArray) -> Unit,
) {
    var there by remember(id) { mutableStateOf<Load<ByteArray>>(Load.Loading) }
    var asked by remember(id) { mutableStateOf(false) }
    var busy by remember(id) { mutableStateOf(false) }
    val gets = rememberCoroutineScope()
    LaunchedEffect(id) {
        there = first()
        app.core.news.collect { if (there is Load.Failed && !busy) first().takeIf { it is Load.Ready }?.let { there = it } }
    }
    when (val now = there) {
        is Load.Ready -> content(now.value)
        is Load.Failed -> Away(name, icon, null, busy, now.problem.takeIf { asked }) {
            asked = true
            busy = true
            gets.launch {
                there = app.bring(id)
                busy = false
            }
        }
        else -> Muted(words.stateLoading, Type.label)
    }
}

@Composable
private fun decoded(bytes: ByteArray): Load<ImageBitmap> {
    val decode = LocalPictures.current
    val image by produceState<Load<ImageBitmap>>(Load.Loading, bytes) {
        value = withContext(Dispatchers.Default) { runCatching { decode(bytes) }.getOrNull() }?.let { Load.Ready(it) } ?: Load.Empty
    }
    return image
}

/** A picture by its words; touched it fills the screen. */
@Composable
fun Picture(
    app: App, id: String, name: String, modifier: Modifier = Modifier, first: suspend () -> Load<ByteArray> = { app.whole(id) },
    onEnlarge: () -> Unit,
) = Whole(app, id, name, Icons.photo, first) { Pictured(it, name, modifier, onEnlarge) }

@Composable
private fun Pictured(bytes: ByteArray, name: String, modifier: Modifier = Modifier, onEnlarge: (() -> Unit)? = null) {
    val larger = words.mediaEnlarge
    when (val image = decoded(bytes)) {
        is Load.Ready -> {
            val touch = if (onEnlarge == null) Modifier
                else Modifier.clickable(onClickLabel = larger, role = Role.Button, onClick = onEnlarge)
            Image(
                image.value, name,
                modifier.fillMaxWidth().heightIn(min = TouchTarget).clip(RoundedCornerShape(Radius.s)).then(touch),
                contentScale = ContentScale.Fit,
            )
        }
        Load.Loading -> Muted(words.stateLoading, Type.label)
        else -> Notice(Tone.Neutral, name, detail = words.mediaBroken, icon = Icons.photo)
    }
}

/** A signature: its strokes, sharp at any size; one of before is a picture. */
@Composable
fun Signed(app: App, id: String) = Whole(app, id, words.itemSigned, Icons.signature) { bytes ->
    val name = words.itemSigned
    val lines by produceState<Load<Strokes>>(Load.Loading, id) {
        value = app.drawn(id)?.let { Load.Ready(it.strokes()) } ?: Load.Empty
    }
    when (val drawn = lines) {
        is Load.Ready -> Box(Modifier.padFrame().semantics { contentDescription = name }) { Ink(drawn.value) }
        Load.Empty -> Pictured(bytes, name)
        else -> Muted(words.stateLoading, Type.label)
    }
}

/** A video by its words: played over everything else once somebody asks. [here]: none where only trying tells. */
@Composable
fun Video(app: App, id: String, name: String, lengthMs: ULong, here: Boolean? = null, bytes: ULong? = null) {
    var away by remember(id) { mutableStateOf(here == false) }
    var busy by remember(id) { mutableStateOf(false) }
    var problem by remember(id) { mutableStateOf<Problem?>(null) }
    var broken by remember(id) { mutableStateOf(false) }
    val asks = rememberCoroutineScope()
    LaunchedEffect(here) { if (here == true) away = false }
    fun play(get: Boolean) {
        busy = true
        asks.launch {
            val film = if (get) app.bring(id) else app.whole(id)
            problem = (film as? Load.Failed)?.problem?.takeIf { get }
            away = film is Load.Failed
            busy = false
            film.ready?.let { broken = !app.phone.film(it, name) }
        }
    }
    if (away) return Away(name, Icons.video, bytes, busy, problem) { play(true) }
    Stack(Space.s) {
        Notice(Tone.Neutral, name, detail = joined(" · ", words.mediaVideo, lasted((lengthMs / 1_000uL).toInt())), icon = Icons.video)
        if (broken) Notice(Tone.Attention, words.mediaBroken)
        AppButton(words.mediaVideoPlay, { play(false) }, weight = Weight.Secondary, icon = Icons.play, enabled = !busy)
    }
}

/** A picture as large as the screen: two fingers or two buttons make it larger. */
@Composable
fun PictureScreen(app: App, nav: Nav, id: String, name: String) {
    var scale by rememberSaveable { mutableFloatStateOf(1f) }
    var at by remember { mutableStateOf(Offset.Zero) }
    fun to(by: Float) {
        scale = (scale * by).coerceIn(1f, MOST)
        if (scale == 1f) at = Offset.Zero
    }
    var there by remember(id) { mutableStateOf(false) }
    Page("", nav::back, bottom = if (!there) null else ({
        Flow {
            AppButton(words.mediaLarger, { to(STEP) }, weight = Weight.Secondary, icon = Icons.zoomIn, enabled = scale < MOST)
            AppButton(words.mediaSmaller, { to(1 / STEP) }, weight = Weight.Secondary, icon = Icons.zoomOut, enabled = scale > 1f)
        }
    })) {
        // What is not a picture that fills the screen stands as on any page.
        Box(if (there) Modifier else Modifier.padding(Space.l)) { Whole(app, id, name, Icons.photo) { bytes ->
            val image = decoded(bytes).ready ?: return@Whole Pictured(bytes, name)
            LaunchedEffect(image) { there = true }
            Image(
                image, name,
                Modifier.fillMaxSize().clipToBounds().pointerInput(Unit) {
                    detectTransformGestures { _, pan, zoom, _ ->
                        to(zoom)
                        if (scale > 1f) at += pan
                    }
                }.graphicsLayer {
                    // Never pushed out of sight.
                    val (x, y) = size.width * (scale - 1) / 2 to size.height * (scale - 1) / 2
                    scaleX = scale
                    scaleY = scale
                    translationX = at.x.coerceIn(-x, x)
                    translationY = at.y.coerceIn(-y, y)
                },
                contentScale = ContentScale.Fit,
            )
        } }
    }
}

private const val MOST = 6f
private const val STEP = 1.5f
