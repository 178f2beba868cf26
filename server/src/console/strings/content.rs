//! What is published.

use super::strings;

strings! {
    /// Content.
    Contents {
        title = "Content",
            "المحتوى";
        lead = "What is published, by kind and name. Content is written as files and pushed; here it is withdrawn, or an earlier version is made current again.",
            "ما هو منشور، حسب النوع والاسم. يُكتب المحتوى في ملفات ويُدفع؛ وهنا يُسحب أو يُعاد إصدار سابق ليصبح ساريًا.";
        name = "Name",
            "الاسم";
        kind = "Kind",
            "النوع";
        version = "Version",
            "الإصدار";
        version_n = "Version {n}",
            "الإصدار {n}";
        published = "Published",
            "منشور";
        withdrawn = "Withdrawn",
            "مسحوب";
        current = "Current",
            "ساري";
        since = "Since",
            "منذ";
        hash = "Named by its hash",
            "يُسمّى ببصمته";
        media = "Pictures and videos",
            "الصور والمقاطع المصوّرة";
        beside = "Beside the step: {item}",
            "بجانب الخطوة: {item}";
        on_card = "{lesson}, card {n}",
            "{lesson}، البطاقة {n}";
        predecessor = "Version before",
            "الإصدار السابق";
        stands = "As it stands",
            "كما هو الآن";
        work = "Begun with it",
            "بدأ به";
        history = "What was published when",
            "ما نُشر ومتى";
        h_first = "Version {n} was published.",
            "نُشر الإصدار {n}.";
        h_replaced = "Version {n} took the place of version {before}.",
            "حلّ الإصدار {n} محل الإصدار {before}.";
        h_again = "Version {n} was published again.",
            "أُعيد نشر الإصدار {n}.";
        h_withdrawn = "Version {n} was withdrawn.",
            "سُحب الإصدار {n}.";
        attempts = "{n} attempt|{n} attempts",
            "لا محاولات|محاولة واحدة|محاولتان|{n} محاولات|{n} محاولة|{n} محاولة";
        attempts_open = "{n} of them not handed in|{n} of them not handed in",
            "سُلّمت كلها|واحدة منها لم تُسلَّم|اثنتان منها لم تُسلَّما|{n} منها لم تُسلَّم|{n} منها لم تُسلَّم|{n} منها لم تُسلَّم";
        slug = "Short name",
            "الاسم المختصر";
        k_module = "Module",
            "وحدة تدريبية";
        k_procedure = "Procedure",
            "إجراء";
        k_survey = "Survey",
            "استبيان";
        k_announcement = "Announcement",
            "إعلان";
        k_article = "Article",
            "مقالة";
        k_reasons = "Reasons",
            "شجرة الأسباب";
        k_list = "List",
            "قائمة";
        uses = "Used by",
            "يستخدمه";
        assignments = "{n} standing assignment|{n} standing assignments",
            "لا تكليفات قائمة|تكليف قائم واحد|تكليفان قائمان|{n} تكليفات قائمة|{n} تكليفًا قائمًا|{n} تكليف قائم";
        runs = "{n} run|{n} runs",
            "لا عمليات تنفيذ|تنفيذ واحد|تنفيذان|{n} عمليات تنفيذ|{n} عملية تنفيذ|{n} عملية تنفيذ";
        runs_open = "{n} of them open|{n} of them open",
            "لا مفتوح منها|واحد منها مفتوح|اثنان منها مفتوحان|{n} منها مفتوحة|{n} منها مفتوحة|{n} منها مفتوحة";
        touchpoints = "{n} touchpoint asks it|{n} touchpoints ask it",
            "لا نقطة تواصل تطرحه|نقطة تواصل واحدة تطرحه|نقطتا تواصل تطرحانه|{n} نقاط تواصل تطرحه|{n} نقطة تواصل تطرحه|{n} نقطة تواصل تطرحه";
        or_more = "{n} or more",
            "{n} أو أكثر";
        unused = "Nothing uses it",
            "لا شيء يستخدمه";
        versions = "Versions",
            "الإصدارات";
        empty = "Nothing is published yet",
            "لم يُنشر شيء بعد";
        empty_text = "Push a folder of content with: frontline content push FOLDER",
            "ادفع مجلد محتوى بالأمر: frontline content push FOLDER";
        withdraw = "Withdraw",
            "سحب";
        make_current = "Make current",
            "اجعله ساريًا";
        publish_again = "Publish again",
            "أعد نشره";
        preview = "What this will do",
            "ما الذي سيحدث";
        withdraw_title = "Withdraw {what}?",
            "سحب {what}؟";
        publish_title = "Make version {n} of {what} current?",
            "جعل الإصدار {n} من {what} ساريًا؟";
        e_withdraw_procedure = "No new run of it can be started from the next contact of each device on.",
            "لا يمكن بدء تنفيذ جديد له منذ الاتصال التالي لكل جهاز.";
        e_withdraw_module = "Nobody new can open it from the next contact of each device on.",
            "لا يمكن لأحد جديد فتحها منذ الاتصال التالي لكل جهاز.";
        e_withdraw_other = "It is gone from lists after the next contact of each device; what refers to it still reads.",
            "يختفي من القوائم بعد الاتصال التالي لكل جهاز؛ وما يشير إليه يبقى مقروءًا.";
        e_publish = "New work uses version {n} from the next contact of each device on.",
            "يستخدم العمل الجديد الإصدار {n} منذ الاتصال التالي لكل جهاز.";
        e_open_runs = "{n} open run stays on the version that it began with.|{n} open runs stay on the version that they began with.",
            "لا عمليات مفتوحة تتأثر.|يبقى التنفيذ المفتوح على الإصدار الذي بدأ به.|يبقى التنفيذان المفتوحان على الإصدار الذي بدآ به.|تبقى {n} عمليات تنفيذ مفتوحة على الإصدار الذي بدأت به.|تبقى {n} عملية تنفيذ مفتوحة على الإصدار الذي بدأت به.|تبقى {n} عملية تنفيذ مفتوحة على الإصدار الذي بدأت به.";
        e_open_attempts = "{n} attempt that is under way stays on the version that it began with.|{n} attempts that are under way stay on the version that they began with.",
            "لا محاولات جارية تتأثر.|تبقى المحاولة الجارية على الإصدار الذي بدأت به.|تبقى المحاولتان الجاريتان على الإصدار الذي بدأتا به.|تبقى {n} محاولات جارية على الإصدار الذي بدأت به.|تبقى {n} محاولة جارية على الإصدار الذي بدأت به.|تبقى {n} محاولة جارية على الإصدار الذي بدأت به.";
        e_assignments = "{n} standing assignment asks for it; withdraw it too if nobody is to do it any more.|{n} standing assignments ask for it; withdraw them too if nobody is to do it any more.",
            "لا تكليفات قائمة تطلبه.|تكليف قائم واحد يطلبه؛ اسحبه أيضًا إن لم يعد مطلوبًا من أحد.|تكليفان قائمان يطلبانه؛ اسحبهما أيضًا إن لم يعد مطلوبًا من أحد.|{n} تكليفات قائمة تطلبه؛ اسحبها أيضًا إن لم يعد مطلوبًا من أحد.|{n} تكليفًا قائمًا يطلبه؛ اسحبها أيضًا إن لم يعد مطلوبًا من أحد.|{n} تكليف قائم يطلبه؛ اسحبها أيضًا إن لم يعد مطلوبًا من أحد.";
        e_assignments_use = "{n} standing assignment will ask for this version.|{n} standing assignments will ask for this version.",
            "لا تكليفات قائمة تطلبه.|تكليف قائم واحد سيطلب هذا الإصدار.|تكليفان قائمان سيطلبان هذا الإصدار.|{n} تكليفات قائمة ستطلب هذا الإصدار.|{n} تكليفًا قائمًا سيطلب هذا الإصدار.|{n} تكليف قائم سيطلب هذا الإصدار.";
        e_touchpoints = "{n} touchpoint that asks it has nothing to ask any more.|{n} touchpoints that ask it have nothing to ask any more.",
            "لا نقاط تواصل تتأثر.|نقطة تواصل واحدة تطرحه لن يبقى لها ما تطرحه.|نقطتا تواصل تطرحانه لن يبقى لهما ما تطرحانه.|{n} نقاط تواصل تطرحه لن يبقى لها ما تطرحه.|{n} نقطة تواصل تطرحه لن يبقى لها ما تطرحه.|{n} نقطة تواصل تطرحه لن يبقى لها ما تطرحه.";
        e_push = "The next push of the content folder puts its own version back.",
            "الدفع التالي لمجلد المحتوى يعيد إصداره.";
        do_withdraw = "Withdraw it",
            "اسحبه";
        do_publish = "Make it current",
            "اجعله ساريًا";
        leave = "Leave it as it is",
            "اتركه كما هو";
        said_withdrawn = "It is withdrawn.",
            "تم السحب.";
        said_published = "This version is current now.",
            "أصبح هذا الإصدار ساريًا الآن.";
        said_gone = "Somebody changed it meanwhile; look again.",
            "غيّره شخص في هذه الأثناء؛ راجع مرة أخرى.";
    }
}
