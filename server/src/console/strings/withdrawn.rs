//! Open runs of versions that cannot be begun any more.

use super::strings;

strings! {
    /// What becomes of them, and what became of them.
    Withdrawn {
        title = "Open runs of the versions before",
            "عمليات التنفيذ المفتوحة من الإصدارات السابقة";
        at_site = "{n} open run at {site}|{n} open runs at {site}",
            "لا عمليات مفتوحة في {site}|تنفيذ مفتوح واحد في {site}|تنفيذان مفتوحان في {site}|{n} عمليات تنفيذ مفتوحة في {site}|{n} عملية تنفيذ مفتوحة في {site}|{n} عملية تنفيذ مفتوحة في {site}";
        none_known = "No open run is known here. A phone that is offline may have begun one.",
            "لا تنفيذ مفتوح معروف هنا. قد يكون هاتف غير متصل قد بدأ واحدًا.";
        finish = "They are finished on the version that they began with",
            "تُستكمل على الإصدار الذي بدأت به";
        withdraw = "They are withdrawn: nobody finishes them, and what was answered is kept",
            "تُسحب: لا يكملها أحد، وتبقى إجاباتها محفوظة";
        offline = "Also those that a phone began offline and has not sent. What is answered or handed in before a phone hears of it is kept: what was handed in stands. What is assigned is to be done anew.",
            "ومنها ما بدأه هاتف غير متصل ولم يرسله. ما يُجاب أو يُسلَّم قبل أن يعلم الهاتف يبقى محفوظًا، وما سُلّم يبقى معتمدًا. ويُعاد تنفيذ ما كُلّف به.";
        reason = "Why, for those who began one",
            "السبب، لمن بدأ واحدة";
        no_reason = "Say why open runs are withdrawn: whoever began one reads it.",
            "اذكر سبب سحب عمليات التنفيذ المفتوحة: سيقرؤه من بدأ واحدة.";
        deed = "Withdraw them",
            "اسحبها";
        stands = "Withdrawn",
            "المسحوب";
        told = "Withdrawn by {name}, {time}: {reason}",
            "سحبها {name}، {time}: {reason}";
        of_versions = "of {n} version|of {n} versions",
            "من لا إصدار|من إصدار واحد|من إصدارين|من {n} إصدارات|من {n} إصدارًا|من {n} إصدار";
        undo = "Take it back",
            "تراجع عن السحب";
        e_undo = "Taking it back opens these runs again as they were.",
            "التراجع يعيد فتح هذه العمليات كما كانت.";
        said_done = "Open runs of the versions before are withdrawn; phones hear of it with their next sync.",
            "سُحبت عمليات التنفيذ المفتوحة من الإصدارات السابقة؛ تعلم بها الهواتف مع المزامنة التالية.";
        said_undone = "The runs are open again.",
            "عادت عمليات التنفيذ مفتوحة.";
        said_nothing = "There is nothing to withdraw: the open runs of all versions before are withdrawn already.",
            "لا شيء ليُسحب: سُحبت عمليات التنفيذ المفتوحة من كل الإصدارات السابقة.";
        link = "What becomes of open runs of the versions before",
            "مصير عمليات التنفيذ المفتوحة من الإصدارات السابقة";
        run_by = "Withdrawn by {name}, {time}: {reason} What was answered is kept.",
            "سحبه {name}، {time}: {reason} وتبقى إجاباته محفوظة.";
        run_stands = "It was handed in after {name} had withdrawn open runs of its version, {time}: {reason} Whoever handed it in had not heard of it; it stands.",
            "سُلّم بعد أن سحب {name} عمليات التنفيذ المفتوحة من إصداره، {time}: {reason} لم يكن من سلّمه قد علم؛ وهو قائم.";
        after = "after it was withdrawn",
            "بعد سحبه";
    }
}
