package frontline.driver

import frontline.ffi.Given
import frontline.ffi.Pair
import java.math.BigDecimal

/** A line that cannot be read. */
class Invalid(val field: String, val rule: String, message: String) : Exception(message)

/** The words of a line; those that nobody asked for are an error. */
class Line(private val said: Json) {
    private val asked = mutableSetOf("do")

    fun maybe(key: String): Any? {
        asked += key
        return said[key]
    }

    fun word(key: String): Any = maybe(key) ?: throw Invalid(key, "required", "say `$key`")

    fun maybeText(key: String): String? = maybe(key)?.let { it as? String ?: throw Invalid(key, "type", "`$key` is a text") }

    fun text(key: String): String {
        word(key)
        return maybeText(key)!!
    }

    fun count(key: String): Long = word(key) as? Long ?: throw Invalid(key, "type", "`$key` is a whole number")

    fun maybeCount(key: String): Long? = maybe(key)?.let { count(key) }

    fun maybeTexts(key: String): List<String>? {
        val all = maybe(key) ?: return null
        val texts = (all as? List<*>)?.filterIsInstance<String>()
        return texts?.takeIf { it.size == all.size } ?: throw Invalid(key, "list", "`$key` is a list of texts")
    }

    fun flag(key: String): Boolean = maybe(key)?.let { it as? Boolean ?: throw Invalid(key, "type", "`$key` is true or false") } ?: false

    fun end() {
        said.keys.firstOrNull { it !in asked }?.let { throw Invalid(it, "unknown", "‘$it’ is not asked for here") }
    }

    /** The one word of a line that has no other. */
    fun only(key: String): String = text(key).also { end() }

    /** What was answered, as it stands in the line; nothing is that it does not apply. */
    fun given(): Given {
        val value = maybe("value")
        val na = maybe("na")
        return when (value) {
            null -> Given.NotApplicable(na as? String)
            is Boolean -> Given.Yes(value)
            is Number -> Given.Number(plain(value))
            is List<*> -> Given.Many(value.map { it as? String ?: throw Invalid("value", "type", "a list is of texts") })
            is Map<*, *> -> Given.Pairs(value.map { (key, one) -> Pair(key as String, one as? String ?: plain(one)) })
            else -> Given.Text(value as String)
        }
    }
}

/** A number as somebody types it: 4.0 is 4, and none has an exponent. */
fun plain(value: Any?): String = when (value) {
    is Double -> BigDecimal(value.toString()).toPlainString().removeSuffix(".0")
    else -> value.toString()
}
