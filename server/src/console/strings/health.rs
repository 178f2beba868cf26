//! Whether devices report, and why some do not.

use super::strings;

strings! {
    /// Sync health.
    Health {
        title = "Sync health",
            "حالة المزامنة";
        lead = "Devices in use that need somebody, why, and what to do.",
            "الأجهزة قيد الاستخدام التي تحتاج إلى تدخّل، ولماذا، وما العمل.";
        rules = "How this is told",
            "كيف يُحدَّد ذلك";
        rule_reported = "Reported: everything that was captured before the last full hour of the site's clock has a verdict.",
            "أبلغ: كل ما سُجّل قبل آخر ساعة كاملة بتوقيت الموقع صدر فيه حكم.";
        rule_waiting = "Not reported yet: heard of within the last {days} days, but not past the last full hour. Figures stay provisional until it has.",
            "لم يُبلغ بعد: اتصل خلال آخر {days} يومًا ولم يُبلغ عن آخر ساعة كاملة. تبقى الأرقام مبدئية حتى يُبلغ.";
        rule_silent = "Silent: not heard of for more than {days} days (the organisation's policy), or never. Not waited for.",
            "صامت: لم يتصل منذ أكثر من {days} يومًا (بحسب سياسة المؤسسة) أو لم يتصل قط. لا يُنتظر منه.";
        rule_failing = "Failing: its exchange was cut short, something of its work is held or in quarantine, two copies of it were seen, its clock was set or its store was damaged.",
            "متعثّر: انقطع تبادله، أو شيء من عمله معلّق أو معزول، أو رُصدت نسختان منه، أو ضُبطت ساعته، أو تضرر مخزنه.";
        rule_old = "Old app: a version below the server's own.",
            "تطبيق قديم: إصدار أقدم من إصدار الخادم.";
        rule_recent = "Copies, clocks and stores are listed for {days} days after they were noticed. Lost and revoked devices stand under Devices.",
            "تُذكر النسخ والساعات والمخازن {days} يومًا بعد ملاحظتها. أما المفقودة والملغاة فتحت الأجهزة.";
        needs = "All that need somebody",
            "كل ما يحتاج إلى تدخّل";
        every = "Every device in use",
            "كل جهاز قيد الاستخدام";
        reported = "Reported",
            "أبلغ";
        waiting = "Not reported yet",
            "لم يُبلغ بعد";
        silent = "Silent",
            "صامت";
        failing = "Failing",
            "متعثّر";
        old = "Old app",
            "تطبيق قديم";
        why = "Why",
            "السبب";
        todo = "What to do",
            "ما العمل";
        w_well = "Reported past {time}.",
            "أبلغ حتى ما بعد {time}.";
        w_cut = "Reported through {through}; its exchange at {contact} was cut short, or more was captured since.",
            "أبلغ حتى {through}؛ انقطع تبادله في {contact}، أو سُجّل المزيد بعده.";
        w_never_all = "It has never reported everything it had; last contact {contact}.",
            "لم يُبلغ قط عن كل ما لديه؛ آخر اتصال {contact}.";
        w_contact = "Last contact {contact}, before the hour was full.",
            "آخر اتصال {contact}، قبل اكتمال الساعة.";
        w_silent = "Not heard of since {contact}.",
            "لم يتصل منذ {contact}.";
        w_never = "No contact since it was enrolled, {time}.",
            "لا اتصال منذ تسجيله، {time}.";
        w_held = "{n} entry held: {reason}|{n} entries held, the first because: {reason}",
            "لا شيء معلّق: {reason}|عنصر واحد معلّق: {reason}|عنصران معلّقان، أولهما لأنه: {reason}|{n} عناصر معلّقة، أولها لأنه: {reason}|{n} عنصرًا معلّقًا، أولها لأنه: {reason}|{n} عنصر معلّق، أولها لأنه: {reason}";
        w_quarantined = "{n} entry in quarantine.|{n} entries in quarantine.",
            "لا شيء في العزل.|عنصر واحد في العزل.|عنصران في العزل.|{n} عناصر في العزل.|{n} عنصرًا في العزل.|{n} عنصر في العزل.";
        w_copied = "Two copies of it were seen, {time}: its series of numbers was closed.",
            "رُصدت نسختان منه، {time}: أُغلقت سلسلة أرقامه.";
        w_forward = "Its clock was set forward by {by}, {time}.",
            "قُدّمت ساعته {by}، {time}.";
        w_back = "Its clock was set back by {by}, {time}.",
            "أُخّرت ساعته {by}، {time}.";
        w_storage = "Its store was damaged and set aside, {time}: {found} captured things were taken over, {missing} could not be read.",
            "تضرر مخزنه ونُحّي جانبًا، {time}: استُعيد {found} من المسجَّل، وتعذّرت قراءة {missing}.";
        w_old = "Its app is {app}; the server is {server}.",
            "تطبيقه {app}؛ والخادم {server}.";
        do_nothing = "Nothing.",
            "لا شيء.";
        do_cut = "Open the app where there is a network and let it finish syncing.",
            "افتح التطبيق حيث توجد شبكة ودعه يُكمل المزامنة.";
        do_wait = "Wait: it reports at its next contact.",
            "انتظر: يُبلغ عند اتصاله التالي.";
        do_silent = "Find it, charge it and open the app. If it is gone, mark it as lost.",
            "ابحث عنه واشحنه وافتح التطبيق. وإن ضاع فضع عليه علامة مفقود.";
        do_held = "Let the other phones that worked on the same run sync; it is let in by itself.",
            "دع الهواتف الأخرى التي عملت على التنفيذ نفسه تتزامن؛ ثم يدخل تلقائيًا.";
        do_quarantined = "Look at the reasons in quarantine and decide.",
            "راجع الأسباب في العزل وقرّر.";
        do_copied = "It went on under a new series by itself. If it was restored from a backup, nothing is to do; if a copy of it is in use, revoke that one.",
            "تابع تلقائيًا بسلسلة جديدة. إن استُعيد من نسخة احتياطية فلا شيء مطلوب؛ وإن كانت نسخة منه قيد الاستخدام فألغها.";
        do_clock = "Switch the phone's clock to automatic. What was captured keeps its order; times near it are estimates.",
            "اضبط ساعة الهاتف على التلقائي. يحتفظ المسجَّل بترتيبه؛ والأوقات القريبة منه تقديرية.";
        do_storage = "Where something could not be read, ask who worked on it whether a capture is missing. If it happens again, replace the phone.",
            "حيث تعذّرت القراءة اسأل من عمل عليه هل ينقص شيء. وإن تكرر ذلك فاستبدل الهاتف.";
        do_old = "Update the app; what is unsent stays.",
            "حدّث التطبيق؛ وما لم يُرسل يبقى.";
        all_well = "Nothing needs you",
            "لا شيء يحتاج إليك";
        all_well_text = "Every device in use has reported, or is about to at its next contact.",
            "أبلغت كل الأجهزة قيد الاستخدام، أو ستُبلغ عند اتصالها التالي.";
    }
}
