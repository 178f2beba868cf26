//! What people learned.

use super::strings;

strings! {
    /// An assigned module and how people stand in its quiz.
    Quiz {
        passed_of = "{n} of {total} passed|{n} of {total} passed",
            "لم ينجح أحد من {total}|نجح واحد من {total}|نجح اثنان من {total}|نجح {n} من {total}|نجح {n} من {total}|نجح {n} من {total}";
        read_of = "{n} of {total} have read it to the end|{n} of {total} have read it to the end",
            "لم يقرأها أحد من {total} حتى النهاية|قرأها واحد من {total} حتى النهاية|قرأها اثنان من {total} حتى النهاية|قرأها {n} من {total} حتى النهاية|قرأها {n} من {total} حتى النهاية|قرأها {n} من {total} حتى النهاية";
        read = "Read",
            "المقروء";
        runs_title = "A procedure is done in runs",
            "يُنجز الإجراء في عمليات تنفيذ";
        runs_text = "Who began, answered and signed off which run stands on the site's page.",
            "من بدأ أي تنفيذ ومن أجاب ومن اعتمد يظهر في صفحة الموقع.";
        lead = "A quiz counts as passed from {score} % of its points.",
            "يُعد الاختبار ناجحًا ابتداءً من {score}% من نقاطه.";
        person = "Person",
            "الشخص";
        state = "State",
            "الحالة";
        best = "Best result",
            "أفضل نتيجة";
        attempts = "Attempts",
            "المحاولات";
        when = "Passed",
            "نجح في";
        passed = "Passed",
            "ناجح";
        failed = "Not passed",
            "لم ينجح";
        open = "Under way",
            "جارٍ";
        not_begun = "Not begun",
            "لم يبدأ";
        points = "{n} of {total} points",
            "{n} من {total} نقطة";
        no_result = "None yet",
            "لا نتيجة بعد";
        beyond = "{n} beyond the limit, not counted|{n} beyond the limit, not counted",
            "لا محاولات فوق الحد|محاولة واحدة فوق الحد لا تُحتسب|محاولتان فوق الحد لا تُحتسبان|{n} محاولات فوق الحد لا تُحتسب|{n} محاولة فوق الحد لا تُحتسب|{n} محاولة فوق الحد لا تُحتسب";
        of_allowed = "{n} of {total}",
            "{n} من {total}";
        nobody = "Nobody yet",
            "لا أحد بعد";
        nobody_text = "As soon as somebody has a role at the site, they stand here.",
            "ما إن يُمنح شخص دورًا في الموقع حتى يظهر هنا.";
        due = "Due",
            "موعد الإنجاز";
        results = "Results",
            "النتائج";
    }
}
