package frontline.driver

import frontline.ffi.PageAsked

/** A page of rows, and where the next one begins. */
typealias Pages = (PageAsked) -> kotlin.Pair<List<Json>, String?>

/** One page where the line says `count`, else all of them. */
fun pages(line: Line, read: Pages): Json {
    val count = line.maybeCount("count")?.toUInt()
    val after = line.maybeText("after")
    line.end()
    if (count == null) return obj("list" to everything(read, after))
    val (rows, next) = read(PageAsked(after, count))
    return obj("list" to rows) + there("next" to next)
}

fun everything(read: Pages, from: String? = null): List<Json> = buildList {
    var after = from
    do {
        val (rows, next) = read(PageAsked(after, 200u))
        addAll(rows)
        after = next
    } while (after != null)
}
