//! The overview, one site, and the numbers that both show.

use super::strings;

strings! {
    /// Numbers and how complete they are.
    Numbers {
        devices = "Devices",
            "الأجهزة";
        reported = "{reported} of {expected} device has reported past {time}|{reported} of {expected} devices have reported past {time}",
            "أبلغ {reported} من {expected} أجهزة حتى ما بعد {time}|أبلغ {reported} من جهاز واحد ({expected}) حتى ما بعد {time}|أبلغ {reported} من جهازين ({expected}) حتى ما بعد {time}|أبلغ {reported} من {expected} أجهزة حتى ما بعد {time}|أبلغ {reported} من {expected} جهازًا حتى ما بعد {time}|أبلغ {reported} من {expected} جهاز حتى ما بعد {time}";
        no_devices = "No device was in use here by {time}",
            "لم يكن أي جهاز مستخدمًا هنا حتى {time}";
        waiting_for = "Not yet: {names}",
            "ليس بعد: {names}";
        waiting_more = "{names} and {n} more|{names} and {n} more",
            "{names}|{names} وواحد آخر|{names} واثنان آخران|{names} و{n} غيرها|{names} و{n} غيرها|{names} و{n} غيرها";
        silent = "Silent for more than {days} days, not waited for: {names}",
            "صامتة منذ أكثر من {days} يومًا ولا يُنتظر منها: {names}";
        never = "No contact since enrolment, not waited for: {names}",
            "لم تتصل منذ تسجيلها ولا يُنتظر منها: {names}";
        retired = "Taken out of use before they reported, not waited for: {names}",
            "أُخرجت من الاستخدام قبل أن تُبلغ ولا يُنتظر منها: {names}";
        left_out = "Something is held or refused, and in no figure, of: {names}",
            "لديها ما هو معلّق أو مرفوض ولا يدخل في أي رقم: {names}";
        complete = "Complete",
            "مكتمل";
        provisional = "Provisional",
            "مبدئي";
        runs = "Runs",
            "عمليات التنفيذ";
        open = "Open",
            "مفتوحة";
        past_due = "Past due",
            "متأخرة";
        done = "Done",
            "منجزة";
        clashes = "Clashes",
            "تعارضات";
        csat = "CSAT",
            "رضا العملاء";
        satisfied = "{satisfied} of {answered} satisfied",
            "{satisfied} من {answered} راضون";
        too_few = "{n} answered so far, {least} needed",
            "أجاب {n} حتى الآن، والمطلوب {least}";
        no_data = "No data",
            "لا بيانات";
        not_enough = "Not enough data",
            "البيانات غير كافية";
        no_responses = "Nobody has answered in this period",
            "لم يُجب أحد في هذه الفترة";
        interactions = "Interactions",
            "التعاملات";
        handled = "handled",
            "أُنجزت";
        median = "Median {time}",
            "الوسيط {time}";
        no_median = "No handling time yet",
            "لا زمن معالجة بعد";
        abandoned = "{n} abandoned|{n} abandoned",
            "لم يُترك شيء|تُرك تعامل واحد|تُرك تعاملان|تُركت {n} تعاملات|تُرك {n} تعاملًا|تُرك {n} تعامل";
        still_open = "{n} still open|{n} still open",
            "لا شيء مفتوح|واحد ما زال مفتوحًا|اثنان ما زالا مفتوحين|{n} ما زالت مفتوحة|{n} ما زالت مفتوحة|{n} ما زالت مفتوحة";
        overlong = "{n} left running, not in the median|{n} left running, not in the median",
            "لا شيء تُرك يعمل|واحد تُرك يعمل ولا يدخل في الوسيط|اثنان تُركا يعملان ولا يدخلان في الوسيط|{n} تُركت تعمل ولا تدخل في الوسيط|{n} تُركت تعمل ولا تدخل في الوسيط|{n} تُركت تعمل ولا تدخل في الوسيط";
        percent = "{n} %",
            "{n}%";
        period = "Period",
            "الفترة";
        today = "Today",
            "اليوم";
        yesterday = "Yesterday",
            "أمس";
        week = "7 days",
            "7 أيام";
        month = "28 days",
            "28 يومًا";
        figures = "Figures",
            "الأرقام";
    }
}
strings! {
    /// The overview.
    Sites {
        title = "Sites",
            "المواقع";
        lead = "{n} site, as far as its devices have reported|{n} sites, as far as their devices have reported",
            "لا مواقع|موقع واحد، بحسب ما أبلغت أجهزته|موقعان، بحسب ما أبلغت أجهزتهما|{n} مواقع، بحسب ما أبلغت أجهزتها|{n} موقعًا، بحسب ما أبلغت أجهزتها|{n} موقع، بحسب ما أبلغت أجهزتها";
        attention = "Needs somebody",
            "يحتاج إلى تدخّل";
        clashes = "{n} clash to settle at {site}|{n} clashes to settle at {site}",
            "لا تعارض في {site}|تعارض واحد يحتاج إلى حسم في {site}|تعارضان يحتاجان إلى حسم في {site}|{n} تعارضات تحتاج إلى حسم في {site}|{n} تعارضًا يحتاج إلى حسم في {site}|{n} تعارض يحتاج إلى حسم في {site}";
        past_due = "{n} run past due at {site}|{n} runs past due at {site}",
            "لا تنفيذ متأخر في {site}|تنفيذ واحد متأخر في {site}|تنفيذان متأخران في {site}|{n} عمليات تنفيذ متأخرة في {site}|{n} عملية تنفيذ متأخرة في {site}|{n} عملية تنفيذ متأخرة في {site}";
        not_begun = "{n} procedure past due and not begun at {site}|{n} procedures past due and not begun at {site}",
            "لا إجراء متأخر لم يبدأ في {site}|إجراء واحد متأخر ولم يبدأ في {site}|إجراءان متأخران ولم يبدآ في {site}|{n} إجراءات متأخرة ولم تبدأ في {site}|{n} إجراءً متأخرًا ولم يبدأ في {site}|{n} إجراء متأخر ولم يبدأ في {site}";
        quarantined = "{n} entry in quarantine|{n} entries in quarantine",
            "لا شيء في العزل|عنصر واحد في العزل|عنصران في العزل|{n} عناصر في العزل|{n} عنصرًا في العزل|{n} عنصر في العزل";
        actions_late = "{n} action at {site} is late|{n} actions at {site} are late",
            "لا إجراءات متأخرة في {site}|إجراء متأخر واحد في {site}|إجراءان متأخران في {site}|{n} إجراءات متأخرة في {site}|{n} إجراءً متأخرًا في {site}|{n} إجراء متأخر في {site}";
        actions_differ = "{n} action at {site} was set differently by two people|{n} actions at {site} were set differently by two people",
            "لا إجراءات مختلف عليها في {site}|إجراء واحد في {site} اختلف فيه شخصان|إجراءان في {site} اختلف فيهما شخصان|{n} إجراءات في {site} اختلف فيها شخصان|{n} إجراءً في {site} اختلف فيه شخصان|{n} إجراء في {site} اختلف فيه شخصان";
        actions_open = "{n} action to do|{n} actions to do",
            "لا إجراءات مطلوبة|إجراء واحد مطلوب|إجراءان مطلوبان|{n} إجراءات مطلوبة|{n} إجراءً مطلوبًا|{n} إجراء مطلوب";
        calm = "Nothing needs you right now: no clash, nothing past due, no action late, nothing in quarantine.",
            "لا شيء يحتاج إليك الآن: لا تعارض ولا تأخير ولا شيء في العزل.";
        empty = "No site yet",
            "لا مواقع بعد";
        empty_text = "As soon as you are given a role at a site, it appears here.",
            "ما إن تُمنح دورًا في موقع حتى يظهر هنا.";
        local = "{time} local time",
            "{time} بالتوقيت المحلي";
    }
}
strings! {
    /// One site.
    Site {
        enrol = "Enrol a device",
            "تسجيل جهاز";
        assign = "Assign",
            "تكليف";
        runs = "Runs",
            "عمليات التنفيذ";
        run = "Procedure",
            "الإجراء";
        state = "State",
            "الحالة";
        started = "Started",
            "بدأ";
        changed = "Last answer",
            "آخر إجابة";
        progress = "Answered",
            "أُجيب";
        of = "{n} of {total}",
            "{n} من {total}";
        no_runs = "No runs in this period",
            "لا عمليات تنفيذ في هذه الفترة";
        no_runs_text = "A run appears here when a phone that worked on it has been in contact.",
            "يظهر التنفيذ هنا عندما يتصل هاتف عمل عليه.";
        more_runs = "The {n} most recent are shown.|The {n} most recent are shown.",
            "يُعرض الأحدث.|يُعرض الأحدث فقط.|يُعرض أحدث اثنين.|تُعرض أحدث {n}.|تُعرض أحدث {n}.|تُعرض أحدث {n}.";
        all_runs = "All runs",
            "كل عمليات التنفيذ";
        devices = "Devices",
            "الأجهزة";
        all_devices = "All devices",
            "كل الأجهزة";
        last_contact = "Last contact {time}",
            "آخر اتصال {time}";
        never = "No contact yet",
            "لا اتصال بعد";
        reported_through = "Reported through {time}",
            "أبلغ حتى {time}";
        not_reported = "Has not reported anything yet",
            "لم يُبلغ عن شيء بعد";
        held = "{n} held|{n} held",
            "لا شيء معلّق|واحد معلّق|اثنان معلّقان|{n} معلّقة|{n} معلّقًا|{n} معلّق";
        quarantined = "{n} in quarantine|{n} in quarantine",
            "لا شيء في العزل|واحد في العزل|اثنان في العزل|{n} في العزل|{n} في العزل|{n} في العزل";
        revoked = "Revoked",
            "ملغى";
        lost = "Lost",
            "مفقود";
        is_silent = "Silent",
            "صامت";
        is_new = "Not in use yet",
            "لم يُستخدم بعد";
        up_to_date = "Up to date",
            "محدَّث";
        behind = "Behind",
            "متأخر";
        no_devices = "No devices yet",
            "لا أجهزة بعد";
        no_devices_text = "Enrol the first one: the person scans a code with the app.",
            "سجّل الجهاز الأول: يمسح الشخص رمزًا بالتطبيق.";
        csat = "CSAT by touchpoint",
            "رضا العملاء حسب نقطة التواصل";
        touchpoint = "Touchpoint",
            "نقطة التواصل";
        score = "CSAT",
            "رضا العملاء";
        responses = "Satisfied / answered",
            "راضون / مجيبون";
        no_touchpoints = "No feedback in this period",
            "لا آراء في هذه الفترة";
        no_touchpoints_text = "Responses appear here once a device that took them has been in contact.",
            "تظهر الردود هنا عندما يتصل جهاز سجّلها.";
        comments = "Latest comments",
            "أحدث التعليقات";
        forgotten = "Forgotten at the customer's request",
            "نُسي بناءً على طلب العميل";
        closed = "Its key has not come from the phone",
            "لم يصل مفتاحه من الهاتف";
        all_feedback = "All feedback",
            "كل الآراء";
        interactions = "Interactions by reason",
            "التعاملات حسب السبب";
        all_interactions = "All interactions",
            "كل التعاملات";
        reason = "Reason",
            "السبب";
        handled = "Handled",
            "أُنجزت";
        median = "Median",
            "الوسيط";
        no_interactions = "No interactions in this period",
            "لا تعاملات في هذه الفترة";
        no_interactions_text = "Contacts that staff log with customers are counted here by their reason.",
            "تُحصى هنا التعاملات التي يسجّلها الموظفون مع العملاء حسب سببها.";
        assignments = "Assignments",
            "التكليفات";
        all_assignments = "All assignments",
            "كل التكليفات";
        due = "Due",
            "موعد الإنجاز";
        everybody = "Everybody at the site",
            "جميع من في الموقع";
        module = "Module",
            "وحدة تدريبية";
        procedure = "Procedure",
            "إجراء";
        no_assignments = "Nothing is assigned",
            "لا تكليفات";
        no_assignments_text = "Assign a module or a procedure to the site or to one person.",
            "كلّف الموقع أو شخصًا واحدًا بوحدة تدريبية أو إجراء.";
        overdue = "Past due",
            "متأخر";
        not_begun = "Not begun",
            "لم يبدأ";
        done = "Done",
            "منجز";
        read_by = "Read by {done} of {n} person|Read by {done} of {n} people",
            "قرأها {done} من {n} أشخاص|قرأها {done} من شخص واحد|قرأها {done} من شخصين|قرأها {done} من {n} أشخاص|قرأها {done} من {n} شخصًا|قرأها {done} من {n} شخص";
        read_by_nobody = "Nobody here has a role under which training is kept",
            "لا أحد هنا له دور يُحفظ تدريبه";
        cards = "{read} of {n} card|{read} of {n} cards",
            "{read} من {n} بطاقات|{read} من بطاقة واحدة|{read} من بطاقتين|{read} من {n} بطاقات|{read} من {n} بطاقة|{read} من {n} بطاقة";
        unknown_person = "Unknown person",
            "شخص غير معروف";
        score_of_five = "{n} of 5",
            "{n} من 5";
    }
}
