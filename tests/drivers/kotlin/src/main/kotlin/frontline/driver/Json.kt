package frontline.driver

import com.fasterxml.jackson.core.JsonFactory
import com.fasterxml.jackson.core.JsonGenerator
import com.fasterxml.jackson.core.JsonParser
import com.fasterxml.jackson.core.JsonToken
import java.io.StringWriter

/** An object of JSON. Its values: null, Boolean, Long, ULong, Double, String, List and Map; and what the surface counts in. */
typealias Json = Map<String, Any?>

private val factory = JsonFactory()

/** One line. A whole number stays one, and 4.0 is none: a story compares them as Rust does. */
fun read(text: String): Any? = factory.createParser(text).use { it.nextToken(); value(it) }

private fun value(from: JsonParser): Any? = when (from.currentToken()) {
    JsonToken.START_OBJECT -> buildMap {
        while (from.nextToken() != JsonToken.END_OBJECT) {
            val key = from.currentName()
            from.nextToken()
            put(key, value(from))
        }
    }
    JsonToken.START_ARRAY -> buildList { while (from.nextToken() != JsonToken.END_ARRAY) add(value(from)) }
    // Seeds are of 64 bits without a sign.
    JsonToken.VALUE_NUMBER_INT -> from.text.toLongOrNull() ?: from.text.toULong()
    JsonToken.VALUE_NUMBER_FLOAT -> from.doubleValue
    JsonToken.VALUE_TRUE -> true
    JsonToken.VALUE_FALSE -> false
    JsonToken.VALUE_NULL -> null
    JsonToken.VALUE_STRING -> from.text
    else -> throw IllegalArgumentException("no value at ${from.currentLocation()}")
}

fun written(value: Any?): String {
    val out = StringWriter()
    factory.createGenerator(out).use { write(value, it) }
    return out.toString()
}

private fun write(value: Any?, to: JsonGenerator) {
    when (value) {
        null -> to.writeNull()
        is Boolean -> to.writeBoolean(value)
        is String -> to.writeString(value)
        is Number, is ULong, is UInt, is UShort, is UByte -> to.writeNumber(value.toString())
        is List<*> -> {
            to.writeStartArray()
            value.forEach { write(it, to) }
            to.writeEndArray()
        }
        is Map<*, *> -> {
            to.writeStartObject()
            value.forEach { (key, one) ->
                to.writeFieldName(key as String)
                write(one, to)
            }
            to.writeEndObject()
        }
        else -> throw IllegalArgumentException("no JSON for a ${value.javaClass.name}")
    }
}

fun obj(vararg fields: kotlin.Pair<String, Any?>): Json = linkedMapOf(*fields)

/** Without the fields that say nothing. */
fun there(vararg fields: kotlin.Pair<String, Any?>): Json =
    fields.toMap(linkedMapOf()).filterValues { it != null && !(it is List<*> && it.isEmpty()) }
