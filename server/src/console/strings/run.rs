//! One run.

use super::strings;

strings! {
    /// One run.
    Run {
        progress = "{n} of {total} answered|{n} of {total} answered",
            "أُجيب عن {n} من {total}|أُجيب عن {n} من {total}|أُجيب عن {n} من {total}|أُجيب عن {n} من {total}|أُجيب عن {n} من {total}|أُجيب عن {n} من {total}";
        open = "Open",
            "مفتوح";
        submitted = "Submitted",
            "سُلّم";
        signed_off = "Signed off",
            "معتمد";
        lapsed = "Sign-off lapsed",
            "سقط الاعتماد";
        withdrawn = "Withdrawn",
            "مسحوب";
        past_due = "Past due",
            "متأخر";
        clash = "Clash",
            "تعارض";
        clashes = "{n} clash|{n} clashes",
            "لا تعارض|تعارض واحد|تعارضان|{n} تعارضات|{n} تعارضًا|{n} تعارض";
        clash_notice = "{n} item has different answers from people who had not seen each other's. Go to it|{n} items have different answers from people who had not seen each other's. Go to the first",
            "لا بنود متعارضة|لبند واحد إجابات مختلفة من أشخاص لم يرَ بعضهم إجابات بعض. انتقل إليه|لبندين إجابات مختلفة من أشخاص لم يرَ بعضهم إجابات بعض. انتقل إلى الأول|لـ {n} بنود إجابات مختلفة من أشخاص لم يرَ بعضهم إجابات بعض. انتقل إلى الأول|لـ {n} بندًا إجابات مختلفة من أشخاص لم يرَ بعضهم إجابات بعض. انتقل إلى الأول|لـ {n} بند إجابات مختلفة من أشخاص لم يرَ بعضهم إجابات بعض. انتقل إلى الأول";
        due = "Due",
            "موعد الإنجاز";
        started = "Started",
            "بدأ";
        people = "People",
            "الأشخاص";
        sign_off = "Sign-off",
            "الاعتماد";
        not_needed = "This procedure ends when it is submitted.",
            "ينتهي هذا الإجراء عند تسليمه.";
        not_signed = "Nobody has signed it off yet.",
            "لم يعتمده أحد بعد.";
        not_submitted = "It has not been submitted yet.",
            "لم يُسلَّم بعد.";
        submitted_by = "Submitted by {name}, {time}.",
            "سلّمه {name}، {time}.";
        signed_by = "Signed off by {name}, {time}. It covers every answer below.",
            "اعتمده {name}، {time}. يشمل الاعتماد كل إجابة أدناه.";
        signed_by_all = "Signed off by everybody who was asked. Each signature covers what everybody answered and what was asked of its signer and of those before them.",
            "اعتمده كل من طُلب منه. يشمل كل اعتماد ما أجاب عنه الجميع وما سُئل عنه صاحبه ومن قبله.";
        signed_as = "{role}: {name}, {time}.",
            "{role}: {name}، {time}.";
        waits_for = "{role}: not signed yet.",
            "{role}: لم يعتمد بعد.";
        lapsed_by = "{name} signed it off, {time}. It has lapsed: the answers are no longer the ones that were signed.",
            "اعتمده {name}، {time}. سقط الاعتماد: لم تعد الإجابات هي التي اعتُمدت.";
        lapsed_because = "Changed since",
            "تغيّر منذ ذلك";
        lapsed_change = "{item}: {value}, by {name}, {time}",
            "{item}: {value}، {name}، {time}";
        lapsed_unseen = "The signed answers were not the ones on the server: another phone had answered, unseen by the person who signed.",
            "لم تكن الإجابات المعتمدة هي الموجودة على الخادم: أجاب هاتف آخر دون أن يرى ذلك من اعتمد.";
        returned_by = "Returned by {name}, {time}.",
            "أعاده {name}، {time}.";
        returned_because = "Reason: {reason}",
            "السبب: {reason}";
        clash_text = "Given without seeing each other. It stands until one is picked on a device.|Given without seeing each other. {n} answers stand side by side until one is picked on a device.",
            "أُعطيت دون أن يرى أحدهم الآخر. تبقى كلها حتى يُختار أحدها على جهاز.|أُعطيت دون أن يرى أحدهم الآخر. تبقى حتى تُختار على جهاز.|أُعطيتا دون أن يرى أحدهما الآخر. تبقى الاثنتان حتى تُختار إحداهما على جهاز.|أُعطيت دون أن يرى أحدهم الآخر. تبقى الـ {n} كلها حتى يُختار أحدها على جهاز.|أُعطيت دون أن يرى أحدهم الآخر. تبقى الـ {n} كلها حتى يُختار أحدها على جهاز.|أُعطيت دون أن يرى أحدهم الآخر. تبقى الـ {n} كلها حتى يُختار أحدها على جهاز.";
        not_answered = "Not answered",
            "بلا إجابة";
        not_known_yet = "Not known yet",
            "غير معروف بعد";
        points = "{points} of {possible} points",
            "{points} من {possible} نقطة";
        score_passed = "{points}: passed",
            "{points}: ناجح";
        score_failed = "{points}: not passed",
            "{points}: غير ناجح";
        score_critical = "{points}: not passed, a critical item failed",
            "{points}: غير ناجح، أخفق بند حرج";
        required = "Required",
            "مطلوب";
        na = "Not applicable",
            "لا ينطبق";
        na_because = "Not applicable: {reason}",
            "لا ينطبق: {reason}";
        yes = "Yes",
            "نعم";
        no = "No",
            "لا";
        pass = "Pass",
            "ناجح";
        fail = "Fail",
            "راسب";
        out_of = "{n} of {max}",
            "{n} من {max}";
        out_of_band = "Outside {from} to {to}",
            "خارج {from} إلى {to}";
        made_up = "Made up by an app on the phone",
            "اختلقه تطبيق على الهاتف";
        kept = "Answered while it applied; it is kept and does not count",
            "أُجيب عنه حين كان ينطبق؛ تُحفظ الإجابة ولا تُحتسب";
        note = "Note",
            "ملاحظة";
        doubts = "To look at",
            "للنظر فيه";
        too_fast = "faster than somebody looks",
            "أسرع مما ينظر المرء";
        clock_set = "the phone's clock was set before it",
            "ضُبطت ساعة الهاتف قبله";
        too_fast_n = "{n} answer was given faster than somebody looks.|{n} answers were given faster than somebody looks.",
            "لا إجابات أسرع مما ينظر المرء.|أُعطيت إجابة واحدة أسرع مما ينظر المرء.|أُعطيت إجابتان أسرع مما ينظر المرء.|أُعطيت {n} إجابات أسرع مما ينظر المرء.|أُعطيت {n} إجابة أسرع مما ينظر المرء.|أُعطيت {n} إجابة أسرع مما ينظر المرء.";
        clock_set_n = "Before {n} answer the phone's clock had been set.|Before {n} answers the phone's clock had been set.",
            "لم تُضبط ساعة الهاتف.|ضُبطت ساعة الهاتف قبل إجابة واحدة.|ضُبطت ساعة الهاتف قبل إجابتين.|ضُبطت ساعة الهاتف قبل {n} إجابات.|ضُبطت ساعة الهاتف قبل {n} إجابة.|ضُبطت ساعة الهاتف قبل {n} إجابة.";
        doubts_where = "Each is marked in the history.",
            "كل منها معلّم في السجل.";
        took_less = "took less than 1 s",
            "استغرق أقل من ثانية";
        took_s = "took {s} s",
            "استغرق {s} ث";
        took_min = "took {min} min {s} s",
            "استغرق {min} د {s} ث";
        actions = "Corrective actions",
            "المهام التصحيحية";
        settled = "settled a clash",
            "حسم تعارضًا";
        measured = "read by an instrument",
            "قرأه جهاز قياس";
        instance = "{section} {n}",
            "{section} {n}";
        ended_at = "Ended by {item}",
            "أنهاه {item}";
        demands = "Asked for by its rules",
            "ما تطلبه قواعده";
        to_mend = "To be put right",
            "يجب إصلاحه";
        mend_by = "To be put right by {time}",
            "يجب إصلاحه قبل {time}";
        mend_late = "Was to be put right by {time}",
            "كان يجب إصلاحه قبل {time}";
        told = "Told to: {role}",
            "أُبلغ به: {role}";
        history = "History",
            "السجل";
        earlier = "{n} earlier|{n} earlier",
            "لا أقدم|واحد أقدم|اثنان أقدم|{n} أقدم|{n} أقدم|{n} أقدم";
        photos = "{n} photo|{n} photos",
            "لا صور|صورة واحدة|صورتان|{n} صور|{n} صورة|{n} صورة";
        signed_by_hand = "Signed by hand",
            "موقّع باليد";
        h_attached = "{name} added a photo to {item}",
            "أضاف {name} صورة إلى {item}";
        h_recorded = "{name} added a recording to {item}",
            "أضاف {name} تسجيلًا إلى {item}";
        h_unrecorded = "{name} took a recording back from {item}",
            "سحب {name} تسجيلًا من {item}";
        h_detached = "{name} took a photo back from {item}",
            "سحب {name} صورة من {item}";
        h_answered = "{name} answered {item}: {value}",
            "أجاب {name} عن {item}: {value}";
        h_taken_back = "{name} took back the answer to {item}",
            "سحب {name} إجابته عن {item}";
        h_measured = "{name} measured {item}: {value}",
            "قاس {name} {item}: {value}";
        h_settled = "{name} settled {item}: {value}",
            "حسم {name} {item}: {value}";
        h_submitted = "{name} submitted the run",
            "سلّم {name} التنفيذ";
        h_signed = "{name} signed the run off",
            "اعتمد {name} التنفيذ";
        h_returned = "{name} returned the run: {reason}",
            "أعاد {name} التنفيذ: {reason}";
        no_history = "Nothing has been answered yet",
            "لم يُجب عن شيء بعد";
    }
}
