package frontline.model

import frontline.ffi.*

/** Bytes of a picture, a video or a recording that is on this phone. */
suspend fun App.whole(id: String): Load<ByteArray> = load { core.media { bytes(id) } }

/** The same, brought here where it is not. Without a network nothing is asked. */
suspend fun App.bring(id: String): Load<ByteArray> = whole(id).takeIf { it is Load.Ready }
    ?: if (phone.online.value) load { core.media { fetch(id, false); bytes(id) } } else Load.Failed(Problem.Offline(OfflineWhy.NO_NETWORK))

/** For a list: the whole one where it is here, else its small one, which is a few kilobytes and brought by itself. */
suspend fun App.small(id: String, piece: suspend () -> PictureDetail?): Load<ByteArray> {
    val whole = whole(id)
    val small = if (whole is Load.Failed) piece()?.thumbnail else null
    if (small == null) return whole
    val here = whole(small)
    return if (here is Load.Ready || !phone.online.value) here else load { core.media { fetch(id, true); bytes(small) } }
}

/** A signature as it was drawn; those of before are pictures. */
suspend fun App.drawn(id: String): Drawing? = load { core.media { drawing(id) } }.ready
