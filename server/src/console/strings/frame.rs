//! The frame around every page, error pages, and the words of the calendar.

use super::strings;

/// Names of days and months, in the short form that lists use. Digits are the European ones in every
/// language: the ones that devices show, and that both scripts' readers know.
#[derive(Debug)]
pub struct Calendar {
    /// Monday first.
    pub days: [&'static str; 7],
    pub months: [&'static str; 12],
    /// `{day} {d} {month}`, and with the year where it is another one.
    pub date: &'static str,
    pub date_year: &'static str,
    /// A date with a time of day.
    pub at: &'static str,
    pub hours: &'static str,
    pub minutes: &'static str,
    pub seconds: &'static str,
    pub two: &'static str,
}
impl Calendar {
    pub const ENGLISH: Self = Self {
        days: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        date: "{day} {d} {month}",
        date_year: "{d} {month} {year}",
        at: "{date}, {time}",
        hours: "{n} h",
        minutes: "{n} min",
        seconds: "{n} s",
        two: "{long} {short}",
    };
    pub const ARABIC: Self = Self {
        days: ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
        months: ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
        date: "{day} {d} {month}",
        date_year: "{d} {month} {year}",
        at: "{date}، {time}",
        hours: "{n} س",
        minutes: "{n} د",
        seconds: "{n} ث",
        two: "{long} {short}",
    };
}

strings! {
    /// Around every page.
    Frame {
        product = "Frontline",
            "Frontline";
        skip = "Skip to the content",
            "تجاوز إلى المحتوى";
        menu = "Main",
            "القائمة الرئيسية";
        open_menu = "Menu",
            "القائمة";
        sites = "Sites",
            "المواقع";
        runs = "Runs",
            "عمليات التنفيذ";
        actions = "Actions",
            "المهام التصحيحية";
        people = "People",
            "الأشخاص";
        devices = "Devices",
            "الأجهزة";
        assignments = "Assignments",
            "التكليفات";
        content = "Content",
            "المحتوى";
        feedback = "Feedback",
            "آراء العملاء";
        interactions = "Interactions",
            "التعاملات";
        health = "Sync health",
            "حالة المزامنة";
        quarantine = "Quarantine",
            "العزل";
        waiting = "{n} waiting|{n} waiting",
            "لا شيء ينتظر|عنصر واحد ينتظر|عنصران ينتظران|{n} عناصر تنتظر|{n} عنصرًا ينتظر|{n} عنصر ينتظر";
        many = "99+",
            "99+";
        sign_out = "Sign out",
            "تسجيل الخروج";
        signed_in_as = "Signed in as {name}",
            "تم الدخول باسم {name}";
        zone = "Times in {zone} ({offset})",
            "الأوقات بتوقيت {zone} ({offset})";
        read_at = "Read at {time}; reload the page for newer figures.",
            "قُرئت في {time}؛ أعد تحميل الصفحة لأرقام أحدث.";
        title = "{page} · {product}",
            "{page} · {product}";
        language = "Language",
            "اللغة";
    }
}
strings! {
    /// When a page can't be shown.
    Errors {
        forbidden = "You may not do this",
            "لا يُسمح لك بهذا";
        forbidden_text = "Your roles do not allow it there. An administrator of your organisation can give you the right.",
            "لا تسمح أدوارك بذلك هناك. يمكن لمسؤول في مؤسستك أن يمنحك الحق.";
        expired = "This form is too old",
            "هذا النموذج قديم";
        expired_text = "It was opened under another sign-in, or it lay open for too long. Nothing was changed. Go back, reload the page and send it again.",
            "فُتح تحت جلسة دخول أخرى أو بقي مفتوحًا طويلًا. لم يتغير شيء. ارجع وأعد تحميل الصفحة ثم أرسله مرة أخرى.";
        missing = "There is nothing here",
            "لا يوجد شيء هنا";
        missing_text = "The address may be mistyped, or what it named is not yours to see.",
            "ربما كُتب العنوان خطأ، أو أن ما يشير إليه ليس متاحًا لك.";
        wrong = "That could not be understood",
            "تعذّر فهم ذلك";
        wrong_text = "The page received something that it does not take. Nothing was changed.",
            "تلقّت الصفحة شيئًا لا تقبله. لم يتغير شيء.";
        failed = "Something went wrong on the server",
            "حدث خطأ في الخادم";
        failed_text = "Nothing was half done. Try again in a moment; if it goes on, tell your administrator the reference below.",
            "لم يُنجز أي شيء جزئيًا. حاول بعد قليل؛ وإن استمر الأمر فأخبر المسؤول بالرقم المرجعي أدناه.";
        reference = "Reference {id}",
            "الرقم المرجعي {id}";
        home = "Go to the sites",
            "إلى المواقع";
    }
}
