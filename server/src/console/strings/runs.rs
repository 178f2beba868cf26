//! Runs: their list and its files, two beside each other, by week, and what fails in them.

use super::strings;

strings! {
    /// The list, and its files.
    Runs {
        title = "Runs",
            "عمليات التنفيذ";
        lead = "Procedures under way and done, the latest begun first.",
            "الإجراءات الجارية والمنجزة، الأحدث بدءًا أولًا.";
        run = "Run",
            "التنفيذ";
        procedure = "Procedure",
            "الإجراء";
        version = "Version",
            "الإصدار";
        state = "State",
            "الحالة";
        answered = "Answered",
            "أُجيب";
        asked = "Asked",
            "مطلوب";
        of = "{n} of {total}",
            "{n} من {total}";
        begun = "Begun",
            "بدأ";
        asset = "About",
            "بشأن";
        asset_slug = "Name of what it is about",
            "اسم ما هو بشأنه";
        begun_by = "Begun by",
            "بدأه";
        begun_from = "Begun from",
            "بدأ من";
        begun_until = "Begun until",
            "بدأ حتى";
        set_by = "{name}, {time}",
            "{name}، {time}";
        changed = "Last change",
            "آخر تغيير";
        people = "People",
            "الأشخاص";
        only = "Only",
            "فقط";
        clashes = "Clashes",
            "تعارضات";
        clash = "With a clash",
            "فيها تعارض";
        failed = "Not passed",
            "غير ناجحة";
        missing = "With something missing",
            "ينقصها شيء";
        missing_n = "{n} missing|{n} missing",
            "لا ينقص شيء|ينقص بند|ينقص بندان|تنقص {n} بنود|ينقص {n} بندًا|ينقص {n} بند";
        missing_head = "Missing",
            "الناقص";
        passed = "Passed",
            "ناجح";
        points = "Points",
            "النقاط";
        possible = "Possible points",
            "النقاط الممكنة";
        result = "Result",
            "النتيجة";
        sealed = "Submitted",
            "سُلّم";
        item_failed = "Item that failed",
            "البند الذي أخفق";
        search = "Title or name contains",
            "العنوان أو الاسم يحتوي على";
        all_procedures = "All procedures",
            "كل الإجراءات";
        theirs = "Runs that they began",
            "عمليات التنفيذ التي بدأها";
        by_week = "By site and week",
            "حسب الموقع والأسبوع";
        what_fails = "What fails most",
            "أكثر ما يخفق";
        list = "Runs",
            "عمليات التنفيذ";
        answers = "Answers of these runs (CSV, the first {n} runs)",
            "إجابات هذه العمليات (CSV، أول {n} عملية)";
        figures = "Figures of these runs (CSV)",
            "أرقام هذه العمليات (CSV)";
        failures = "Items that failed",
            "البنود التي أخفقت";
        share = "Score, %",
            "النتيجة، %";
        minutes = "Minutes it took",
            "الدقائق التي استغرقها";
        doubts = "Doubted answers",
            "إجابات مشكوك فيها";
        actions_all = "Actions",
            "المهام التصحيحية";
        actions_open = "Actions open",
            "المهام المفتوحة";
        a_cut = "The file ends here: it holds the first {n} runs. Filter for fewer.",
            "ينتهي الملف هنا: يحوي أول {n} عملية. ضيّق التصفية.";
        a_item = "Item",
            "البند";
        a_instance = "Repeat",
            "التكرار";
        a_label = "Label",
            "النص";
        a_value = "Answer",
            "الإجابة";
        a_raw = "Raw value",
            "القيمة الخام";
        a_by = "By",
            "بواسطة";
        a_at = "At",
            "في";
        a_stands = "Stands",
            "الوضع";
        a_stands_yes = "Stands",
            "قائمة";
        a_stands_clash = "Clash",
            "تعارض";
        a_settled = "Settled a clash",
            "حسمت تعارضًا";
        a_na = "Not applicable",
            "لا ينطبق";
        empty = "No runs yet",
            "لا عمليات تنفيذ بعد";
        empty_text = "A run appears here when a phone that worked on it has been in contact.",
            "يظهر التنفيذ هنا عندما يتصل هاتف عمل عليه.";
    }
}
strings! {
    /// Two runs beside each other.
    Compare {
        title = "Compare two runs",
            "مقارنة عمليتي تنفيذ";
        compare = "Compare",
            "قارن";
        with_another = "Compare with another run",
            "قارن بتنفيذ آخر";
        other = "With which run?",
            "بأي تنفيذ؟";
        none = "There is no other run of this procedure",
            "لا تنفيذ آخر لهذا الإجراء";
        none_text = "As soon as there is one at a site that you look after, it can be chosen here.",
            "حالما يوجد واحد في موقع تشرف عليه يمكن اختياره هنا.";
        show = "What is shown",
            "ما يُعرض";
        differences = "Only differences",
            "الفروق فقط";
        everything = "Everything",
            "كل شيء";
        same = "The two say the same",
            "الاثنان متطابقان";
        same_text = "Every item has the same answer in both.",
            "لكل بند الإجابة نفسها في كليهما.";
        item = "Item",
            "البند";
        versions = "They are of two versions of the procedure: an item that only one of them has is empty in the other.",
            "هما من إصدارين للإجراء: البند الموجود في أحدهما فقط فارغ في الآخر.";
        not_there = "Not in this version",
            "ليس في هذا الإصدار";
        nothing = "Not answered",
            "بلا إجابة";
        differ = "{n} item differs|{n} items differ",
            "لا بنود مختلفة|بند واحد مختلف|بندان مختلفان|{n} بنود مختلفة|{n} بندًا مختلفًا|{n} بند مختلف";
    }
}
strings! {
    /// Sites by weeks.
    Weeks {
        title = "Runs by site and week",
            "عمليات التنفيذ حسب الموقع والأسبوع";
        lead = "Of the runs that were begun in a week, how many are done, and which share of their points the done ones have. Weeks begin on Monday, by the clocks of each site.",
            "من عمليات التنفيذ التي بدأت في الأسبوع كم أُنجز، وما نسبة النقاط في المنجزة منها. يبدأ الأسبوع يوم الاثنين بتوقيت كل موقع.";
        week = "Week {n}",
            "الأسبوع {n}";
        weeks = "Weeks",
            "الأسابيع";
        last = "The last {n}",
            "آخر {n}";
        done_of = "{done} of {n}",
            "{done} من {n}";
        all = "All sites",
            "كل المواقع";
        share = "{n} % of points",
            "{n} % من النقاط";
        cut = "More than {n} runs were begun in these weeks: what lies further back is not counted. Choose fewer weeks or one site.",
            "بدأ أكثر من {n} عملية في هذه الأسابيع: ما هو أقدم لا يُحتسب. اختر أسابيع أقل أو موقعًا واحدًا.";
        empty = "No runs were begun in these weeks",
            "لم تبدأ عمليات تنفيذ في هذه الأسابيع";
        empty_text = "Choose more weeks, or another procedure.",
            "اختر أسابيع أكثر أو إجراءً آخر.";
    }
}
strings! {
    /// What fails most.
    Failures {
        title = "What fails most",
            "أكثر ما يخفق";
        lead = "Items of a procedure by how often they failed among the answers they got: not passed, outside of their target, or worth fewer points than they could be. What does not apply, and what people answered differently, is left out.",
            "بنود الإجراء بحسب عدد مرات إخفاقها من بين إجاباتها: لم تنجح، أو خارج هدفها، أو بنقاط أقل من الممكن. لا يُحتسب ما لا ينطبق وما اختلفت إجابات الأشخاص عنه.";
        item = "Item",
            "البند";
        failed = "Failed",
            "أخفق";
        answered = "Answered",
            "أُجيب";
        share = "Share",
            "النسبة";
        runs = "Runs in which it failed",
            "العمليات التي أخفق فيها";
        per_cent = "{n} %",
            "{n} %";
        counted = "{n} run was looked at|{n} runs were looked at",
            "لم يُنظر في أي تنفيذ|نُظر في تنفيذ واحد|نُظر في تنفيذين|نُظر في {n} عمليات تنفيذ|نُظر في {n} عملية تنفيذ|نُظر في {n} عملية تنفيذ";
        cut = "Only the latest {n} runs were looked at. Choose a shorter time or one site.",
            "نُظر في أحدث {n} عملية فقط. اختر مدة أقصر أو موقعًا واحدًا.";
        empty = "Nothing that can fail was answered",
            "لم يُجب عن شيء يمكن أن يخفق";
        empty_text = "Choose a longer time or another procedure. Items can fail that are passed or failed, have a target or have points.",
            "اختر مدة أطول أو إجراءً آخر. يمكن أن تخفق البنود التي تُقيّم بالنجاح أو لها هدف أو نقاط.";
    }
}
