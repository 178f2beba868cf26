//! Arabic. (Not checked by a native reader.)

use super::{Phrase, Speech, bounds};
use crate::form::Value;
use crate::{Lang, Text};

/// Without the names of people and sites, and in UTC: whoever has those says them.
#[derive(Debug, Clone, Copy)]
pub struct Arabic;

impl Speech for Arabic {
    fn say(&self, phrase: &Phrase<'_>) -> String {
        said(phrase)
    }
    fn text(&self, text: &Text) -> String {
        "ar".parse::<Lang>().map_or_else(|_| String::new(), |ar| text.resolve(&ar, &[]).text.to_owned())
    }
    fn moment(&self, ms: i64) -> String {
        chrono::DateTime::from_timestamp_millis(ms).map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
    }
    fn named(&self, _: &Value) -> Option<String> {
        None
    }
}

/// What a phrase is in Arabic. Counts stand behind what is counted: its forms by number are not needed there.
pub fn said(phrase: &Phrase<'_>) -> String {
    match *phrase {
        Phrase::Words(words) => words.ar.into(),
        Phrase::Yes => "نعم".into(),
        Phrase::No => "لا".into(),
        Phrase::Pass => "مطابق".into(),
        Phrase::Fail => "غير مطابق".into(),
        Phrase::Confirmed => "تم التأكيد".into(),
        Phrase::Na => "لا ينطبق".into(),
        Phrase::NaBecause(reason) => format!("لا ينطبق: {reason}"),
        Phrase::OutOf { n, of } => format!("{n} من {of}"),
        Phrase::Photos(n) => format!("الصور: {n}"),
        Phrase::Files(n) => format!("الملفات: {n}"),
        Phrase::Recordings(n) => format!("التسجيلات: {n}"),
        Phrase::Signed => "موقّع".into(),
        Phrase::Within { metres } => format!("في حدود {metres} م"),
        Phrase::MadeUp { metres } => format!("في حدود {metres} م، اختلقه تطبيق على الجهاز"),
        Phrase::NoteNeeded => "اكتب ملاحظة بجانب الإجابة".into(),
        Phrase::Noted(text) => format!("ملاحظة: {text}"),
        Phrase::Span { hours: 0, minutes: 0, seconds } => format!("{seconds} ث"),
        Phrase::Span { hours: 0, minutes, seconds: 0 } => format!("{minutes} د"),
        Phrase::Span { hours: 0, minutes, seconds } => format!("{minutes} د {seconds} ث"),
        Phrase::Span { hours, minutes: 0, seconds: 0 } => format!("{hours} س"),
        Phrase::Span { hours, minutes, seconds: 0 } => format!("{hours} س {minutes} د"),
        Phrase::Span { hours, minutes, seconds } => format!("{hours} س {minutes} د {seconds} ث"),
        Phrase::Number { unit, from, to } => {
            let unit = unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
            format!("رقم{unit}{}", bounds(from, to, ("، من {a} إلى {b}", "، {a} على الأقل", "، {b} على الأكثر")))
        }
        Phrase::Scale { from, to } => format!("مقياس من {from} إلى {to}"),
        Phrase::OneOf(n) => format!("خيار واحد من {n}"),
        Phrase::AnyOf(n) => format!("أي عدد من الخيارات، وعددها {n}"),
        Phrase::Rank(n) => format!("رتّب العناصر، وعددها {n}"),
        Phrase::Grid { rows, columns } => format!("الصفوف: {rows}، الخيارات لكل صف: {columns}"),
        Phrase::Pairs { rows, columns } => format!("صِل {rows} بـ {columns}"),
        Phrase::Gaps(n) => format!("املأ الفراغات، وعددها {n}"),
        Phrase::TakePhotos { least, most } if least == most => format!("التقط صورًا، وعددها {most}"),
        Phrase::TakePhotos { least, most } => format!("التقط صورًا، من {least} إلى {most}"),
        Phrase::Missing => "مطلوب الإجابة".into(),
        Phrase::Clash => "الإجابات مختلفة: اختر الإجابة المعتمدة".into(),
        Phrase::Evidence { needs, has } => format!("أضف صورًا: {has} من {needs}"),
        Phrase::First("") => "لا شيء هنا للاختيار منه".into(),
        Phrase::First(label) => format!("أجب أولًا عن «{label}»"),
        Phrase::Unfit => "هذا لا يوافق ما أُجيب به من قبل: اختر من جديد".into(),
        Phrase::Kept => "أُجيب عنه حين كان ينطبق؛ تُحفظ الإجابة ولا تُحتسب".into(),
        Phrase::SignedOff => "تم اعتماد هذا؛ يمكن لمن يحق له الاعتماد إعادته".into(),
        Phrase::Withdrawn => "سُحب هذا؛ تبقى إجاباته محفوظة ولا يقبل إجابات أخرى".into(),
        Phrase::AfterWithdrawal(says) => format!("{says} (بعد سحبه)"),
        Phrase::MayNotAnswer => "يمكنك قراءة هذا دون الإجابة عنه".into(),
        Phrase::OfSigners => "يجيب عنه من يعتمد هذا".into(),
        Phrase::WorkedOut => "يُحسب من إجابات أخرى".into(),
    }
}
