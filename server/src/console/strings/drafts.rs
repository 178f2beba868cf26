//! Drafts of new versions.

use super::strings;

strings! {
    /// What lies at the server to be looked at before it is published.
    Drafts {
        title = "Drafts",
            "المسودات";
        lead = "New versions that were pushed as drafts. Nobody has them but those who try them, until they are published here.",
            "إصدارات جديدة دُفعت كمسودات. لا يملكها أحد سوى من يجرّبونها حتى تُنشر هنا.";
        draft = "Draft",
            "مسودة";
        waits = "There is a draft of a new version",
            "توجد مسودة لإصدار جديد";
        new = "New",
            "جديد";
        of_current = "New version",
            "إصدار جديد";
        kept = "kept",
            "حُفظت";
        to_current = "What is published now",
            "ما هو منشور الآن";
        changes = "What it changes",
            "ما الذي تغيّره";
        nothing = "Nothing: it says what is published.",
            "لا شيء: تقول ما هو منشور.";
        all_new = "Everything: nothing is published under this name yet.",
            "كل شيء: لم يُنشر شيء بهذا الاسم بعد.";
        w_meaning = "Means another thing now",
            "تغيّر معناه";
        w_added = "Added",
            "أُضيف";
        w_gone = "Taken away",
            "أُزيل";
        w_moved = "Stands elsewhere",
            "انتقل إلى موضع آخر";
        w_wording = "Worded anew",
            "صيغ من جديد";
        more = "and {n} more|and {n} more",
            "ولا غيرها|وواحد غيرها|واثنان غيرها|و{n} غيرها|و{n} غيرها|و{n} غيرها";
        l_title = "It is called: {after}. Before: {before}.",
            "الاسم: {after}. سابقًا: {before}.";
        l_signers = "Signed off by: {after}. Before: {before}.",
            "يعتمده: {after}. سابقًا: {before}.";
        l_pass = "Pass mark: {after}. Before: {before}.",
            "درجة النجاح: {after}. سابقًا: {before}.";
        l_minutes = "Minutes it usually takes: {after}. Before: {before}.",
            "الدقائق المعتادة: {after}. سابقًا: {before}.";
        none = "none",
            "لا شيء";
        nobody = "nobody",
            "لا أحد";
        publishing = "What publishing does",
            "ماذا يفعل النشر";
        e_first = "Everybody can start it after their phone's next sync.",
            "يمكن للجميع بدؤه بعد المزامنة التالية لهواتفهم.";
        e_new = "New runs use it after each phone's next sync.",
            "تستخدمه عمليات التنفيذ الجديدة بعد المزامنة التالية لكل هاتف.";
        e_back = "It is withdrawn at present; publishing brings it back.",
            "هو مسحوب حاليًا؛ والنشر يعيده.";
        publish = "Publish it",
            "انشره";
        trying = "Try it on a phone",
            "جرّبها على هاتف";
        e_lend = "It comes to that person's phone with its next sync, its name marked as a draft. What is filled in with it is a try: it is in no list, file or figure here, and asks nobody for anything.",
            "تصل إلى هاتف ذلك الشخص مع مزامنته التالية واسمها معلّم كمسودة. ما يُملأ بها تجربة: لا يظهر في أي قائمة أو ملف أو رقم هنا، ولا يطلب شيئًا من أحد.";
        lend_to = "Who tries it",
            "من يجرّبها";
        lend = "Give it to try",
            "أعطها للتجربة";
        take = "Take it back",
            "استعدها";
        others = "and {n} person elsewhere|and {n} people elsewhere",
            "ولا أحد في مكان آخر|وشخص واحد في مكان آخر|وشخصان في مكان آخر|و{n} أشخاص في مكان آخر|و{n} شخصًا في مكان آخر|و{n} شخص في مكان آخر";
        said_lent = "It comes to their phone with its next sync.",
            "تصل إلى هاتفه مع المزامنة التالية.";
        said_taken = "They try it no longer.",
            "لم يعد يجرّبها.";
        dropping = "Or not",
            "أو لا";
        e_drop = "Dropping it changes nothing for anybody; its folder can push it again.",
            "حذفها لا يغيّر شيئًا لأحد؛ ويمكن لمجلدها دفعها مرة أخرى.";
        drop = "Drop the draft",
            "احذف المسودة";
        empty = "No drafts",
            "لا مسودات";
        empty_text = "A folder of content that is pushed with --draft appears here.",
            "يظهر هنا مجلد المحتوى الذي يُدفع مع --draft.";
        said_published = "The draft is published.",
            "نُشرت المسودة.";
        said_dropped = "The draft is dropped.",
            "حُذفت المسودة.";
        said_gone = "That draft is another by now, or gone; look again.",
            "تغيّرت تلك المسودة أو لم تعد موجودة؛ راجع مرة أخرى.";
        said_lists = "It takes rows of a list that is not published as it asks for it; push its folder instead.",
            "تأخذ صفوفًا من قائمة غير منشورة كما تطلبها؛ ادفع مجلدها بدلًا من ذلك.";
    }
}
