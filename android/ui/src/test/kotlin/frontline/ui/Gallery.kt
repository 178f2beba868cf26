package frontline.ui

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardType
import frontline.model.Dot
import frontline.model.Load
import frontline.ffi.OfflineWhy
import frontline.model.Problem
import frontline.model.Strings

/** Every component in use, a page for each family: what the pictures and the accessibility tests look at. */
val gallery: Map<String, @Composable () -> Unit> = mapOf(
    "today" to { TodayPage() },
    "rows" to { Sheet { RowsSheet() } },
    "buttons" to { Sheet { ButtonsSheet() } },
    "banners" to { Sheet { BannersSheet() } },
    "fields" to { Sheet { FieldsSheet() } },
    "choices" to { Sheet { ChoicesSheet() } },
    "scores" to { Sheet { ScoresSheet() } },
    "drawing" to { Sheet { DrawingSheet() } },
    "pin" to { Sheet { PinSheet() } },
    "confirm" to { Box(Modifier.fillMaxSize().background(palette.sunken).padding(Space.l)) { ResetCard() } },
    "empty" to { StateOfEmpty() },
    "offline" to { Ground { StateOf(Load.Failed(Problem.Offline(OfflineWhy.NO_NETWORK)), {}) { _: Unit -> } } },
    "failed" to { Ground { StateOf(Load.Failed(Problem.StorageDamaged("store-2.damaged")), {}) { _: Unit -> } } },
    "loading" to { Ground { StateOf(Load.Loading, {}) { _: Unit -> } } },
)

fun places(s: Strings) = listOf(
    Destination("today", s.navToday, Icons.today), Destination("training", s.navTraining, Icons.training),
    Destination("procedures", s.navProcedures, Icons.procedures), Destination("feedback", s.navFeedback, Icons.feedback),
    Destination("contacts", s.navContacts, Icons.contacts),
)

@Composable
private fun Ground(content: @Composable () -> Unit) = Box(Modifier.fillMaxSize().background(palette.ground)) { content() }

@Composable
private fun Sheet(content: @Composable () -> Unit) = Ground {
    Column(Modifier.verticalScroll(rememberScrollState()).padding(Space.l), Arrangement.spacedBy(Space.m)) { content() }
}

/** Words of a procedure, which are content: the samples have them in both languages too. */
@Composable
fun said(english: String, arabic: String) = if (words.rightToLeft) arabic else english

@Composable
fun TodayPage(detail: (@Composable () -> Unit)? = null) = AppScaffold(places(words), "today", {}, detail) {
    Page(words.todayTitle, actions = {
        AppIconButton(Icons.sync, words.navSync, {})
        AppIconButton(Icons.settings, words.navSettings, {})
    }) {
        Column(Modifier.verticalScroll(rememberScrollState()).padding(horizontal = Space.l)) { TodayRows() }
    }
}

@Composable
private fun TodayRows() {
    OfflineBanner()
    SectionHeader(words.todayOverdue, aside = words.countItems(1))
    Group {
        ListRow(said("Cold store round", "جولة المخزن البارد"), detail = said("Harbour Hotel, kitchen", "فندق الميناء، المطبخ"), icon = Icons.procedures, tone = Tone.Wrong, onClick = {}) {
            StatusChip(words.todayOverdueSince("08:00"), Tone.Wrong, Icons.clock)
            StatusChip(words.clashCount(1), Tone.Attention, Icons.clash)
        }
    }
    SectionHeader(words.todayDue, aside = words.countItems(3))
    Group {
        ListRow(said("Opening checklist", "قائمة الافتتاح"), detail = words.runAnswered(7, 12), icon = Icons.procedures, tone = Tone.Accent, onClick = {}) {
            StatusChip(words.todayBegun, Tone.Info, Icons.edit)
            StatusChip(words.todayDueAt("10:30"), Tone.Neutral, Icons.clock)
        }
        GroupLine()
        ListRow(said("Handling complaints", "التعامل مع الشكاوى"), detail = words.trainingLessons(4), icon = Icons.training, tone = Tone.Accent, onClick = {}) {
            StatusChip(words.trainingRequired, Tone.Attention)
        }
        GroupLine()
        ListRow(said("Guest room check", "فحص غرفة النزلاء"), detail = words.todayGivenBackWhy(said("photo of the window is missing", "صورة النافذة ناقصة")), icon = Icons.giveBack, tone = Tone.Attention, onClick = {})
    }
}

@Composable
private fun RowsSheet() {
    SectionHeader(words.proceduresRuns, aside = words.countItems(12))
    Progress(words.runAnswered(7, 12), 7, 12)
    Group {
        ListRow(said("Fire doors", "أبواب الحريق"), detail = words.labelByAt(said("Harbour Hotel", "فندق الميناء"), "09:12"), onClick = {}) { StatusChip(words.runSigned, Tone.Good, Icons.lock) }
        GroupLine()
        ListRow(words.settingsPhoneId, detail = "A1-0042", icon = Icons.phone)
    }
    StatusChip(words.syncStored, Tone.Good)
    StatusChip(words.syncCaptured, Tone.Neutral, Icons.phone)
    StatusChip(words.syncHeld, Tone.Info, Icons.clock)
    StatusChip(words.syncRefused, Tone.Wrong)
    StatusChip(words.runLapsed, Tone.Attention)
}

@Composable
private fun ButtonsSheet() {
    AppButton(words.runHandIn, {}, Modifier.fillMaxWidth(), icon = Icons.send)
    AppButton(words.signGo, {}, Modifier.fillMaxWidth(), enabled = false)
    AppButton(words.signGiveBack, {}, Modifier.fillMaxWidth(), Weight.Secondary, Icons.giveBack)
    AppButton(words.runVoid, {}, Modifier.fillMaxWidth(), Weight.Destructive, Icons.delete)
    AppButton(words.itemNa, {}, weight = Weight.Quiet)
    AppIconButton(Icons.back, words.actionBack, {})
}

@Composable
private fun BannersSheet() {
    OfflineBanner()
    ChangedBanner(said("Ana", "آنا"), {})
    Notice(Tone.Wrong, words.say(Problem.Invalid("score", "range", said("A score is 1 to 5", "الدرجة من 1 إلى 5"))), action = words.actionRetry, onAction = {})
    Notice(Tone.Good, words.syncAllSent)
}

@Composable
private fun FieldsSheet() {
    Field(words.labelNote, said("Door sticks", "الباب عالق"), {}, lines = 2, hint = words.stateOptional)
    Field(words.contactPhone, "+44 20", {}, keyboard = KeyboardType.Phone, wrong = said("Too short", "قصير جدًا"))
    NumberField(said("Cold store", "المخزن البارد"), "-18", {}, {}, unit = "°C", hint = words.itemRange("-25", "-15"))
    SliderField(said("Cleanliness", "النظافة"), 70f, 0f..100f, 10f, words.labelPercent(70), {})
    SliderField(said("Noise", "الضجيج"), null, 0f..10f, 1f, null, {})
}

@Composable
private fun ChoicesSheet() {
    PassFail(false, {})
    YesNo(true, {})
    val options = listOf(
        Option("a", said("Till", "صندوق الدفع")), Option("b", said("Reception", "الاستقبال"), said("Ground floor, by the lifts", "الطابق الأرضي، قرب المصاعد")),
        Option("c", said("Car park", "موقف السيارات")),
    )
    Choices(options, setOf("b"), false, {})
    Choices(options.take(2), setOf("a"), true, {})
}

@Composable
private fun ScoresSheet() {
    Faces(words.faces5(), 4, {})
    Faces(words.faces4(), null, {})
    Rating(3, 5, {})
    Scale(0..10, 9, words.itemNpsLow, words.itemNpsHigh, {})
}

@Composable
private fun DrawingSheet() {
    SignaturePad(words.itemSignHere, listOf(List(40) { Dot(0.15f + it * 0.012f, 0.28f - 0.09f * kotlin.math.sin(it * 0.5f), it) }, List(12) { Dot(0.66f + it * 0.012f, 0.32f, 40 + it) }), {}, onType = {})
    TimerFace(754, words.contactRunning, true)
    SignaturePad(words.itemSketch, emptyList(), {})
}

@Composable
private fun PinSheet() = PinPad(2, 6, {}, {}, Modifier.fillMaxWidth(), words.pinWrong)

@Composable
private fun ResetCard() = ConfirmCard(words.settingsReset, words.settingsResetDetail, words.settingsResetGo, {}, {}, words.settingsResetLost(3))

@Composable
private fun StateOfEmpty() = Ground { StateOf(Load.Empty, {}, { EmptyState(words.todayEmpty, words.todayEmptyDetail, action = words.runStart) }) { _: Unit -> } }
