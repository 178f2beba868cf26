//! Whether devices report, and why some do not.

use super::strings;

strings! {
    /// Sync health.
    Health {
        title = "Sync health",
            "حالة المزامنة";
        lead = "Whether the devices of each site have reported, and why not.",
            "هل أبلغت أجهزة كل موقع، ولماذا لم تُبلغ.";
        rules = "How this is told",
            "كيف يُحدَّد ذلك";
        rule_reported = "Reported: everything that was captured before the last full hour of the site's clock has a verdict.",
            "أبلغ: كل ما سُجّل قبل آخر ساعة كاملة بتوقيت الموقع صدر فيه حكم.";
        rule_waiting = "Expected: in use, and heard of within the last {days} days, but not reported yet. Figures stay provisional until it has.",
            "منتظَر: قيد الاستخدام واتصل خلال آخر {days} يومًا ولم يُبلغ بعد. تبقى الأرقام مبدئية حتى يُبلغ.";
        rule_silent = "Silent: not heard of for more than {days} days (the organisation's policy), or never. Not waited for.",
            "صامت: لم يتصل منذ أكثر من {days} يومًا (بحسب سياسة المؤسسة) أو لم يتصل قط. لا يُنتظر منه.";
        rule_retired = "Retired: lost or revoked. Not waited for; what it still sends lands in quarantine.",
            "متقاعد: مفقود أو ملغى. لا يُنتظر منه؛ وما يرسله يوضع في العزل.";
        rule_failing = "Failing: something of its work is held or in quarantine, or two copies of it were seen.",
            "متعثّر: شيء من عمله معلّق أو معزول، أو رُصدت نسختان منه.";
        sentence = "{reported} of {expected} expected device has reported past {time}|{reported} of {expected} expected devices have reported past {time}",
            "أبلغ {reported} من {expected} أجهزة منتظرة حتى ما بعد {time}|أبلغ {reported} من جهاز واحد منتظر ({expected}) حتى ما بعد {time}|أبلغ {reported} من جهازين منتظرين ({expected}) حتى ما بعد {time}|أبلغ {reported} من {expected} أجهزة منتظرة حتى ما بعد {time}|أبلغ {reported} من {expected} جهازًا منتظرًا حتى ما بعد {time}|أبلغ {reported} من {expected} جهاز منتظر حتى ما بعد {time}";
        reported = "Reported",
            "أبلغ";
        waiting = "Expected, not reported yet",
            "منتظَر ولم يُبلغ بعد";
        silent = "Silent",
            "صامت";
        retired = "Retired",
            "متقاعد";
        failing = "Failing",
            "متعثّر";
        why = "Why",
            "السبب";
        w_behind = "Last contact {contact}; reported through {through} only: its last exchange was cut short, or more was captured since.",
            "آخر اتصال {contact}؛ أبلغ حتى {through} فقط: انقطع آخر تبادل له، أو سُجّل المزيد بعده.";
        w_contact = "Last contact {contact}, before the hour was full.",
            "آخر اتصال {contact}، قبل اكتمال الساعة.";
        w_never_all = "Last contact {contact}; it has never reported everything it had.",
            "آخر اتصال {contact}؛ لم يُبلغ قط عن كل ما لديه.";
        w_silent = "Last contact {contact}.",
            "آخر اتصال {contact}.";
        w_never = "No contact since it was enrolled, {time}.",
            "لا اتصال منذ تسجيله، {time}.";
        w_lost = "Lost since {time}.",
            "مفقود منذ {time}.";
        w_revoked = "Revoked, {time}.",
            "أُلغي، {time}.";
        w_held = "{n} entry held: {reason}|{n} entries held, the first because: {reason}",
            "لا شيء معلّق: {reason}|عنصر واحد معلّق: {reason}|عنصران معلّقان، أولهما لأنه: {reason}|{n} عناصر معلّقة، أولها لأنه: {reason}|{n} عنصرًا معلّقًا، أولها لأنه: {reason}|{n} عنصر معلّق، أولها لأنه: {reason}";
        w_quarantined = "{n} entry in quarantine|{n} entries in quarantine",
            "لا شيء في العزل|عنصر واحد في العزل|عنصران في العزل|{n} عناصر في العزل|{n} عنصرًا في العزل|{n} عنصر في العزل";
        more = "{n} more; see all devices of the site|{n} more; see all devices of the site",
            "لا المزيد؛ اعرض كل أجهزة الموقع|واحد آخر؛ اعرض كل أجهزة الموقع|اثنان آخران؛ اعرض كل أجهزة الموقع|{n} أخرى؛ اعرض كل أجهزة الموقع|{n} أخرى؛ اعرض كل أجهزة الموقع|{n} أخرى؛ اعرض كل أجهزة الموقع";
        none = "No device is in use here yet",
            "لا يُستخدم أي جهاز هنا بعد";
        all_well = "Every expected device has reported, and nothing is failing.",
            "أبلغت كل الأجهزة المنتظرة ولا شيء متعثّر.";
        empty = "No site yet",
            "لا مواقع بعد";
        empty_text = "As soon as you are given a role at a site, it appears here.",
            "ما إن تُمنح دورًا في موقع حتى يظهر هنا.";
    }
}
