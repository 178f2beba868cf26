//! Corrective actions.

use super::strings;

strings! {
    /// The list of them, and one.
    Actions {
        title = "Actions",
            "المهام التصحيحية";
        lead = "What is to be put right: what is still to do first, the earliest due first; then what waits for a shift lead's look; then what is done.",
            "ما يجب إصلاحه: ما لم يُنجز أولًا بحسب أقرب موعد، ثم ما ينتظر مراجعة قائد الوردية، ثم ما انتهى.";
        action = "Action",
            "المهمة";
        status = "Status",
            "الحالة";
        priority = "Priority",
            "الأولوية";
        owner = "Whose it is",
            "المسؤول";
        due = "Due",
            "موعد الإنجاز";
        late = "Lateness",
            "التأخر";
        search = "Title or name contains",
            "العنوان أو الاسم يحتوي على";
        to_do = "Still to do",
            "لم تُنجز بعد";
        to_review = "To be looked at",
            "تنتظر المراجعة";
        open = "Open",
            "مفتوحة";
        in_progress = "In progress",
            "قيد العمل";
        done = "Done",
            "أُنجزت";
        rejected = "Not put right",
            "لم تُصلح";
        cannot_do = "Can't be done",
            "لا يمكن إنجازها";
        verified = "Verified",
            "تم التحقق منها";
        low = "Low",
            "منخفضة";
        normal = "Normal",
            "عادية";
        high = "High",
            "عالية";
        urgent = "Urgent",
            "عاجلة";
        overdue = "Overdue",
            "متأخرة";
        with_manager = "Overdue for long",
            "متأخرة منذ مدة";
        overdue_all = "Overdue",
            "المتأخرة";
        overdue_long = "Overdue for long: come to the manager",
            "المتأخرة منذ مدة: وصلت إلى المدير";
        with_clash = "With a clash",
            "فيها تعارض";
        nobody = "Nobody",
            "لا أحد";
        me = "Me",
            "أنا";
        theirs = "Actions that are theirs",
            "المهام المسندة إليه";
        due_by = "due {time}",
            "الموعد {time}";
        of_one_run = "Of one run",
            "لتنفيذ واحد";
        all_of_run = "All actions of this run",
            "كل المهام التصحيحية لهذا التنفيذ";
        no_due = "No due time",
            "بلا موعد";
        opened = "Opened",
            "فُتحت";
        opened_by = "Opened by",
            "فتحها";
        changed = "Last change",
            "آخر تغيير";
        comments = "{n} comment|{n} comments",
            "لا تعليقات|تعليق واحد|تعليقان|{n} تعليقات|{n} تعليقًا|{n} تعليق";
        comments_head = "Comments",
            "التعليقات";
        clashes_head = "Clashes",
            "تعارضات";
        procedure = "Procedure",
            "الإجراء";
        item = "Item",
            "البند";
        run = "Run",
            "التنفيذ";
        empty = "Nothing is to be put right",
            "لا شيء يحتاج إلى إصلاح";
        empty_text = "Actions appear here when somebody opens one on a phone: from an answer that failed, from what a rule asks for, or freely.",
            "تظهر المهام هنا عندما يفتحها شخص على هاتف: من إجابة أخفقت أو مما تطلبه قاعدة أو بمبادرة منه.";
        rules = "When an overdue action comes to the manager",
            "متى تصل المهمة المتأخرة إلى المدير";
        rule_lead = "From its due time on it is for the shift lead to look after; phones say the same, by the same rule.",
            "منذ فوات موعدها يتولاها قائد الوردية، والهواتف تقول الشيء نفسه بالقاعدة نفسها.";
        rule_hours = "Of the priority “{priority}”: {n} h after its due time.",
            "بأولوية «{priority}»: بعد {n} س من موعدها.";
        about = "How it stands",
            "وضعها الحالي";
        clash = "Clash",
            "تعارض";
        clash_text = "Set without seeing each other. All of them stand until somebody who saw them chooses one on a device; meanwhile the value that leaves the most to do counts.",
            "حُددت دون أن يرى أحدهم الآخر. تبقى كلها حتى يختار من رآها إحداها على جهاز؛ وحتى ذلك الحين تُحتسب القيمة التي تُبقي أكبر قدر من العمل.";
        from = "Where it came from",
            "من أين جاءت";
        freely = "It was opened freely, from no answer.",
            "فُتحت بمبادرة، وليس من إجابة.";
        from_item = "The answer to {item}",
            "الإجابة عن {item}";
        before = "The same failure before",
            "الإخفاق نفسه سابقًا";
        history = "History",
            "السجل";
        title_of = "Title",
            "العنوان";
        set_by = "{name}, {time}",
            "{name}، {time}";
        h_opened = "{name} opened the action: {title}",
            "فتح {name} المهمة: {title}";
        h_title = "{name} gave it another title: {title}",
            "غيّر {name} العنوان إلى: {title}";
        h_priority = "{name} set the priority: {priority}",
            "حدد {name} الأولوية: {priority}";
        h_owner = "{name} gave it to {owner}",
            "أسندها {name} إلى {owner}";
        h_no_owner = "{name} took it from whoever had it",
            "سحبها {name} ممن كان مسؤولًا عنها";
        h_due = "{name} set the due time: {due}",
            "حدد {name} موعد الإنجاز: {due}";
        h_no_due = "{name} took the due time away",
            "أزال {name} موعد الإنجاز";
        h_status = "{name}: {from}, then {to}",
            "{name}: {from} ثم {to}";
        h_status_why = "{name}: {from}, then {to}. Reason: {reason}",
            "{name}: {from} ثم {to}. السبب: {reason}";
        h_kept = "{name} ended a clash: {to}",
            "حسم {name} تعارضًا: {to}";
        h_said = "{name} wrote: {text}",
            "كتب {name}: {text}";
        h_photos = "{name} added photos ({n})",
            "أضاف {name} صورًا ({n})";
    }
}
