//! What all lists share, and what each says.

use super::strings;

strings! {
    /// Around every list: filters, pages, the file.
    Lists {
        comma = ", ",
            "، ";
        filter = "Filter",
            "تصفية";
        filters = "Filters",
            "عوامل التصفية";
        clear = "Show all",
            "عرض الكل";
        all = "All",
            "الكل";
        all_sites = "All sites",
            "كل المواقع";
        site = "Site",
            "الموقع";
        state = "State",
            "الحالة";
        begins = "Name begins with",
            "الاسم يبدأ بـ";
        from = "From",
            "من";
        until = "Until",
            "إلى";
        dates_help = "Days of {zone}.",
            "الأيام بتوقيت {zone}.";
        pages = "Pages",
            "الصفحات";
        previous = "Previous",
            "السابق";
        next = "Next",
            "التالي";
        look_further = "Look further",
            "تابع البحث";
        partial = "{n} looked through so far, the filter fits no more of them. There may be more further on.|{n} looked through so far, the filter fits no more of them. There may be more further on.",
            "لم يُبحث في شيء بعد، وربما يوجد المزيد لاحقًا.|بُحث في عنصر واحد حتى الآن ولا يطابق غيره. ربما يوجد المزيد لاحقًا.|بُحث في عنصرين حتى الآن ولا يطابق غيرهما. ربما يوجد المزيد لاحقًا.|بُحث في {n} عناصر حتى الآن ولا يطابق غيرها. ربما يوجد المزيد لاحقًا.|بُحث في {n} عنصرًا حتى الآن ولا يطابق غيرها. ربما يوجد المزيد لاحقًا.|بُحث في {n} عنصر حتى الآن ولا يطابق غيرها. ربما يوجد المزيد لاحقًا.";
        ways = "Other ways to look at it",
            "طرق عرض أخرى";
        behind = "Much has changed and is still being gone through: some of it is not in here yet. Reload in a minute.",
            "تغيّر الكثير وما زال يُعالج: بعضه ليس هنا بعد. أعد التحميل بعد دقيقة.";
        csv = "Save as a file (CSV)",
            "حفظ كملف (CSV)";
        nothing = "Nothing fits these filters",
            "لا شيء يطابق عوامل التصفية هذه";
        nothing_text = "Show all, or choose others.",
            "اعرض الكل أو اختر غيرها.";
        wrong = "This filter is not understood: {name}",
            "عامل التصفية هذا غير مفهوم: {name}";
    }
}
strings! {
    /// Devices.
    Devices {
        title = "Devices",
            "الأجهزة";
        lead = "Every phone and tablet that was enrolled, by its name.",
            "كل هاتف وجهاز لوحي تم تسجيله، حسب الاسم.";
        name = "Device",
            "الجهاز";
        people = "People",
            "الأشخاص";
        model = "Model",
            "الطراز";
        app = "App",
            "التطبيق";
        app_version = "App {version}",
            "التطبيق {version}";
        unknown = "Not known yet",
            "غير معروف بعد";
        contact = "Last contact",
            "آخر اتصال";
        reported = "Reported through",
            "أبلغ حتى";
        enrolled = "Enrolled",
            "سُجّل";
        held = "Held",
            "معلّق";
        quarantined = "In quarantine",
            "في العزل";
        in_use = "In use",
            "قيد الاستخدام";
        lost = "Lost",
            "مفقود";
        revoked = "Revoked",
            "ملغى";
        revoked_on = "Revoked on",
            "أُلغي في";
        reason = "Reason",
            "السبب";
        no_reason = "No reason was given",
            "لم يُذكر سبب";
        empty = "No devices yet",
            "لا أجهزة بعد";
        empty_text = "Enrol the first one from its site's page: the person scans a code with the app.",
            "سجّل الجهاز الأول من صفحة موقعه: يمسح الشخص رمزًا بالتطبيق.";
        about = "About this device",
            "عن هذا الجهاز";
        nobody = "Nobody",
            "لا أحد";
        waiting = "What waits here",
            "ما ينتظر هنا";
        waiting_text = "What this device sent and the server could not store yet, or refused.",
            "ما أرسله هذا الجهاز ولم يستطع الخادم تخزينه بعد أو رفضه.";
        none_held = "Nothing of this device's is held or in quarantine",
            "لا شيء من هذا الجهاز معلّق أو معزول";
        held_since = "Arrived {time}",
            "وصل {time}";
        more_held = "The first {n} are shown.|The first {n} are shown.",
            "تُعرض الأولى.|يُعرض الأول.|يُعرض أول اثنين.|تُعرض أول {n}.|تُعرض أول {n}.|تُعرض أول {n}.";
        see_quarantined = "See them in quarantine",
            "عرضها في العزل";
        rename = "Rename",
            "إعادة التسمية";
        rename_help = "Up to 60 letters; the name that people know it by. The device shows it after its next contact.",
            "حتى 60 حرفًا؛ الاسم الذي يعرفه به الناس. يعرضه الجهاز بعد اتصاله التالي.";
        new_name = "Name",
            "الاسم";
        name_wrong = "Type a name of 1 to 60 letters that no other device has.",
            "اكتب اسمًا من 1 إلى 60 حرفًا لا يحمله جهاز آخر.";
        renamed = "The device has its new name.",
            "أصبح للجهاز اسمه الجديد.";
        end_title = "Lost, stolen or retired",
            "مفقود أو مسروق أو متقاعد";
        end_text = "A device that is gone must not read on, and its figures must not be waited for. Each of the two says what it does before it does it.",
            "الجهاز الذي ضاع يجب ألا يقرأ بعد الآن وألا تُنتظر أرقامه. كل من الخيارين يوضح ما يفعله قبل أن يفعله.";
        lost_title = "Mark {name} as lost?",
            "وضع علامة مفقود على {name}؟";
        revoke_title = "Revoke {name} for good?",
            "إلغاء {name} نهائيًا؟";
        e_reads = "From its next contact on, the device reads nothing more.",
            "منذ اتصاله التالي لا يقرأ الجهاز شيئًا بعد الآن.";
        e_unsent = "What it has not sent yet stays on it. If it still sends it, it lands whole in quarantine here, and you can let it in, entry by entry.",
            "ما لم يرسله بعد يبقى عليه. وإن أرسله فسيوضع كله في العزل هنا، ويمكنك إدخاله عنصرًا عنصرًا.";
        e_hands = "If you hold it in your hands, let it sync first; or carry what is unsent out to a file, which an administrator takes in.",
            "إن كان بين يديك فدعه يتزامن أولًا؛ أو أخرج ما لم يُرسل إلى ملف يُدخله المسؤول.";
        e_people = "Nobody works on it any more. On another device they go on after a new enrolment code.",
            "لا يعمل عليه أحد بعد ذلك. ويتابعون على جهاز آخر برمز تسجيل جديد.";
        e_figures = "Figures of its site no longer wait for it.",
            "لا تنتظره أرقام موقعه بعد ذلك.";
        e_found = "It can be taken back: when the device is found, it goes on where it stopped.",
            "يمكن التراجع: عندما يُعثر على الجهاز يتابع من حيث توقف.";
        e_for_good = "It can't be taken back: to use the device again, it is enrolled anew.",
            "لا يمكن التراجع: لاستخدام الجهاز مجددًا يُسجَّل من جديد.";
        leave = "Leave it in use",
            "أبقه قيد الاستخدام";
        lost_text = "Lost can be taken back: when the device is found, it goes on where it stopped. Revoked is for good: to use the device again, it is enrolled anew.",
            "يمكن التراجع عن «مفقود»: عندما يُعثر على الجهاز يتابع من حيث توقف. أما «ملغى» فنهائي: لاستخدام الجهاز مجددًا يُسجَّل من جديد.";
        unsent = "At {time} it had reported everything; what was captured since then may still be on it.",
            "في {time} كان قد أبلغ عن كل ما لديه؛ وما سُجّل بعد ذلك ربما ما زال عليه.";
        unsent_never = "It has never reported everything it had: captured work may still be on it.",
            "لم يُبلغ قط عن كل ما لديه: ربما ما زال عليه عمل مسجّل.";
        reason_help = "For whoever looks here later, such as: left in a taxi on 3 May. No names of customers.",
            "لمن يطّلع هنا لاحقًا، مثل: نُسي في سيارة أجرة يوم 3 مايو. دون أسماء عملاء.";
        reason_wrong = "Type the reason, in at most 500 letters.",
            "اكتب السبب، في 500 حرف على الأكثر.";
        mark_lost = "Mark as lost",
            "وضع علامة مفقود";
        revoke = "Revoke for good",
            "إلغاء نهائي";
        sure = "Revoke this device for good",
            "إلغاء هذا الجهاز نهائيًا";
        found = "It was found",
            "عُثر عليه";
        found_text = "The device reads and sends again from its next contact on. What it sent while it was lost stays in quarantine until somebody lets it in.",
            "يقرأ الجهاز ويرسل مجددًا منذ اتصاله التالي. وما أرسله أثناء فقده يبقى في العزل حتى يسمح شخص بإدخاله.";
        signed_out = "{person} signed out",
            "سجّل {person} خروجه";
        was_unlocked = "{by} let {person} try their PIN again",
            "سمح {by} لـ {person} بتجربة رمزه السري مجددًا";
        unlock = "Unlock PIN",
            "فتح الرمز السري";
        unlock_title = "Let {person} try their PIN again on {name}?",
            "السماح لـ {person} بتجربة رمزه السري مجددًا على {name}؟";
        u_next = "At its next contact the device forgets the wrong PINs that were given for this person. Until then nothing changes.",
            "عند اتصاله التالي ينسى الجهاز الرموز الخاطئة التي أُدخلت لهذا الشخص. وحتى ذلك الحين لا يتغير شيء.";
        u_same = "The PIN stays what it is, and nobody here learns it. What the person has begun to write stays behind it.",
            "يبقى الرمز السري كما هو ولا يعرفه أحد هنا. وما بدأ الشخص كتابته يبقى محميًا به.";
        u_forgot = "Whoever forgot it uses a new enrolment code of their own instead, and sets another.",
            "من نسيه يستخدم رمز تسجيل جديدًا خاصًا به بدلًا من ذلك ويعيّن رمزًا آخر.";
        u_sure = "Be sure that it is they who ask: somebody who was guessing could go on.",
            "تأكد من أن الشخص نفسه هو من يطلب ذلك: فقد يتابع من كان يخمّن.";
        unlock_leave = "Leave it locked",
            "أبقه مقفلًا";
        said_unlocked = "The device lets them try again from its next contact on.",
            "يسمح الجهاز بالمحاولة مجددًا منذ اتصاله التالي.";
        said_lost = "The device is marked as lost.",
            "وُضعت على الجهاز علامة مفقود.";
        said_revoked = "The device is revoked.",
            "أُلغي الجهاز.";
        said_found = "The device is in use again.",
            "عاد الجهاز إلى الاستخدام.";
        said_no = "That could not be done: somebody changed the device meanwhile.",
            "تعذّر ذلك: غيّر شخص حالة الجهاز في هذه الأثناء.";
    }
}
strings! {
    /// Assignments.
    Assignments {
        title = "Assignments",
            "التكليفات";
        lead = "Who does what by when, the latest due first.",
            "من يفعل ماذا ومتى، الأبعد موعدًا أولًا.";
        what = "What",
            "ماذا";
        who = "Who",
            "مَن";
        due = "Due",
            "موعد الإنجاز";
        kind = "Kind",
            "النوع";
        standing = "Standing",
            "قائم";
        withdrawn = "Withdrawn",
            "مسحوب";
        late = "Due date passed",
            "فات موعده";
        upcoming = "Not due yet",
            "لم يحن موعده";
        empty = "Nothing is assigned",
            "لا تكليفات";
        empty_text = "Assign a module or a procedure to a site or to one person.",
            "كلّف موقعًا أو شخصًا واحدًا بوحدة تدريبية أو إجراء.";
        new = "New assignment",
            "تكليف جديد";
        one = "Assignment",
            "تكليف";
        withdraw = "Withdraw",
            "سحب";
        withdraw_title = "Withdraw this assignment?",
            "سحب هذا التكليف؟";
        withdraw_text = "Devices stop asking for it at their next contact. What was done for it stays, and still arrives. To ask for it again, assign it anew.",
            "تتوقف الأجهزة عن طلبه عند اتصالها التالي. ما أُنجز له يبقى ويصل. لطلبه مجددًا أنشئ تكليفًا جديدًا.";
        leave = "Leave it",
            "اتركه";
        said = "The assignment is withdrawn.",
            "سُحب التكليف.";
    }
}
strings! {
    /// Feedback.
    Feedback {
        title = "Feedback",
            "آراء العملاء";
        lead = "What customers answered, the latest first. Words of customers are shown here and nowhere else: treat them as confidential.",
            "ما أجاب به العملاء، الأحدث أولًا. تُعرض كلمات العملاء هنا فقط: تعامل معها بسرية.";
        when = "When",
            "متى";
        score = "Score",
            "التقييم";
        score_of = "{n} of 5",
            "{n} من 5";
        low = "1 or 2",
            "1 أو 2";
        middle = "3",
            "3";
        high = "4 or 5",
            "4 أو 5";
        touchpoint = "Touchpoint",
            "نقطة التواصل";
        reason = "Reason",
            "السبب";
        comment = "Comment",
            "التعليق";
        with_comment = "With a comment",
            "مع تعليق";
        taken_by = "Taken by",
            "سجّله";
        kiosk = "By the customer at a screen",
            "العميل على شاشة";
        test = "Test, in no figure",
            "تجربة، لا تدخل في أي رقم";
        empty = "No feedback yet",
            "لا آراء بعد";
        empty_text = "Responses appear here once a device that took them has been in contact.",
            "تظهر الردود هنا عندما يتصل جهاز سجّلها.";
    }
}
strings! {
    /// Interactions.
    Interactions {
        title = "Interactions",
            "التعاملات";
        lead = "Contacts with customers, the latest opened first.",
            "التعاملات مع العملاء، الأحدث فتحًا أولًا.";
        opened = "Opened",
            "فُتح";
        state = "State",
            "الحالة";
        s_open = "Open",
            "مفتوح";
        s_paused = "Paused",
            "متوقف مؤقتًا";
        s_closed = "Closed",
            "مغلق";
        s_voided = "Opened by mistake",
            "فُتح خطأً";
        s_abandoned = "Abandoned",
            "متروك";
        reason = "Reason",
            "السبب";
        outcome = "Outcome",
            "النتيجة";
        channel = "Channel",
            "القناة";
        touchpoint = "Touchpoint",
            "نقطة التواصل";
        who = "Who",
            "مَن";
        time = "Handling time",
            "زمن المعالجة";
        over = "Left running",
            "تُرك يعمل";
        empty = "No interactions yet",
            "لا تعاملات بعد";
        empty_text = "Contacts that staff log with customers appear here once their device has been in contact.",
            "تظهر التعاملات التي يسجّلها الموظفون مع العملاء هنا عندما تتصل أجهزتهم.";
    }
}
