//! What a manager does: signing in, assigning, enrolling, letting in.

use super::strings;

strings! {
    /// Signing in.
    SignIn {
        title = "Sign in",
            "تسجيل الدخول";
        lead = "The manager's console",
            "لوحة المدير";
        email = "E-mail",
            "البريد الإلكتروني";
        password = "Password",
            "كلمة المرور";
        submit = "Sign in",
            "دخول";
        wrong = "The e-mail or the password is not right.",
            "البريد الإلكتروني أو كلمة المرور غير صحيحة.";
        wait = "Too many attempts. Try again in {minutes} minute.|Too many attempts. Try again in {minutes} minutes.",
            "محاولات كثيرة. حاول بعد {minutes} دقيقة.|محاولات كثيرة. حاول بعد دقيقة ({minutes}).|محاولات كثيرة. حاول بعد دقيقتين ({minutes}).|محاولات كثيرة. حاول بعد {minutes} دقائق.|محاولات كثيرة. حاول بعد {minutes} دقيقة.|محاولات كثيرة. حاول بعد {minutes} دقيقة.";
        missing = "Type your e-mail and your password.",
            "اكتب بريدك الإلكتروني وكلمة المرور.";
        signed_out = "You are signed out.",
            "تم تسجيل خروجك.";
        expired = "Your sign-in has ended. Sign in to go on.",
            "انتهت جلستك. سجّل الدخول للمتابعة.";
    }
}
strings! {
    /// Assigning.
    Assign {
        title = "Assign",
            "تكليف";
        lead = "Give a module or a procedure to everybody at a site, or to one person, with a date by which it is due. Devices show it at their next contact.",
            "كلّف جميع من في الموقع أو شخصًا واحدًا بوحدة تدريبية أو إجراء، مع موعد للإنجاز. تعرضه الأجهزة عند اتصالها التالي.";
        what = "What",
            "ماذا";
        what_help = "The version that is current on the day counts.",
            "يُعتمد الإصدار الساري في ذلك اليوم.";
        modules = "Modules",
            "الوحدات التدريبية";
        procedures = "Procedures",
            "الإجراءات";
        to = "Who",
            "مَن";
        to_help = "Only the first {n} people are listed here; to choose somebody else, begin from their page under People.|Only the first {n} people are listed here; to choose somebody else, begin from their page under People.",
            "يُعرض هنا أول {n} أشخاص فقط؛ لاختيار غيرهم ابدأ من صفحتهم في الأشخاص.|يُعرض هنا شخص واحد فقط؛ لاختيار غيره ابدأ من صفحته في الأشخاص.|يُعرض هنا شخصان فقط؛ لاختيار غيرهما ابدأ من صفحته في الأشخاص.|يُعرض هنا أول {n} أشخاص فقط؛ لاختيار غيرهم ابدأ من صفحتهم في الأشخاص.|يُعرض هنا أول {n} شخصًا فقط؛ لاختيار غيرهم ابدأ من صفحتهم في الأشخاص.|يُعرض هنا أول {n} شخص فقط؛ لاختيار غيرهم ابدأ من صفحتهم في الأشخاص.";
        sites = "Everybody at a site",
            "جميع من في موقع";
        people = "One person",
            "شخص واحد";
        due = "Due",
            "موعد الإنجاز";
        date = "Date",
            "التاريخ";
        time = "Time",
            "الوقت";
        due_help = "In the time of the site, or of the person's site.",
            "بتوقيت الموقع، أو موقع الشخص.";
        choose = "Choose",
            "اختر";
        submit = "Assign",
            "كلّف";
        done = "Assigned: {what} to {who}, due {due} ({zone}).",
            "تم التكليف: {what} إلى {who}، موعد الإنجاز {due} ({zone}).";
        see = "See the site",
            "عرض الموقع";
        wrong_what = "Choose a module or a procedure.",
            "اختر وحدة تدريبية أو إجراء.";
        wrong_to = "Choose a site or a person.",
            "اختر موقعًا أو شخصًا.";
        wrong_date = "Type a date such as 2026-05-31.",
            "اكتب تاريخًا مثل 2026-05-31.";
        wrong_time = "Type a time such as 18:00.",
            "اكتب وقتًا مثل 18:00.";
        past = "That is in the past: choose a later date or time.",
            "هذا في الماضي: اختر تاريخًا أو وقتًا لاحقًا.";
        skipped = "The clocks of {zone} skip this time: choose another one.",
            "تتخطى ساعات {zone} هذا الوقت: اختر وقتًا آخر.";
        nothing = "Nothing is published yet",
            "لم يُنشر شيء بعد";
        nothing_text = "Modules and procedures appear here once content has been pushed.",
            "تظهر الوحدات التدريبية والإجراءات هنا بعد نشر المحتوى.";
        errors = "This can't be assigned yet:",
            "لا يمكن التكليف بعد:";
    }
}
strings! {
    /// Enrolling a device.
    Enrol {
        title = "Enrol a device",
            "تسجيل جهاز";
        lead = "Choose who will use the device. You get a code that works once, for 15 minutes.",
            "اختر من سيستخدم الجهاز. ستحصل على رمز يعمل مرة واحدة لمدة 15 دقيقة.";
        person = "Person",
            "الشخص";
        choose = "Choose",
            "اختر";
        submit = "Make a code",
            "أنشئ رمزًا";
        wrong = "Choose a person of this site.",
            "اختر شخصًا من هذا الموقع.";
        nobody = "Nobody works here yet",
            "لا يعمل أحد هنا بعد";
        nobody_text = "People of this site appear here once they have been given a role at it.",
            "يظهر أشخاص هذا الموقع هنا بعد منحهم دورًا فيه.";
        code_for = "Code for {name}",
            "رمز لـ {name}";
        code = "Code",
            "الرمز";
        qr = "QR code that opens the app with this enrolment code",
            "رمز QR يفتح التطبيق برمز التسجيل هذا";
        expires = "Works once, until {time} ({zone}).",
            "يعمل مرة واحدة، حتى {time} ({zone}).";
        expired = "This code has expired. Make another one.",
            "انتهت صلاحية هذا الرمز. أنشئ رمزًا آخر.";
        step_1 = "Open Frontline on the new device.",
            "افتح Frontline على الجهاز الجديد.";
        step_2 = "Choose Enrol and point the camera here, or type the code.",
            "اختر «تسجيل» ووجّه الكاميرا إلى هنا، أو اكتب الرمز.";
        step_3 = "The device shows {name} and {site} when it is ready.",
            "يعرض الجهاز {name} و{site} عندما يصبح جاهزًا.";
        server = "Server",
            "الخادم";
        shown_once = "The code is shown this once. If it is lost, make another one.",
            "يُعرض الرمز هذه المرة فقط. إن ضاع فأنشئ رمزًا آخر.";
        another = "Make another code",
            "أنشئ رمزًا آخر";
        copy = "Copy the code",
            "انسخ الرمز";
        copied = "Copied",
            "تم النسخ";
    }
}
strings! {
    /// Quarantine.
    Quarantine {
        title = "Quarantine",
            "العزل";
        lead = "What the server could not take. Nothing here is counted or shown to anybody else until somebody lets it in.",
            "ما لم يستطع الخادم قبوله. لا يُحتسب شيء منه ولا يُعرض على أحد حتى يسمح شخص بإدخاله.";
        entry = "Entry",
            "العنصر";
        reason = "Reason",
            "السبب";
        who = "Who",
            "مَن";
        site = "Site",
            "الموقع";
        device = "Device",
            "الجهاز";
        state = "State",
            "الحالة";
        arrived_label = "Arrived",
            "وصل";
        captured_label = "Captured",
            "سُجّل";
        look = "Look and decide",
            "راجع وقرّر";
        s_open = "Waiting",
            "ينتظر";
        s_resolved = "Dealt with",
            "عولج";
        any_reason = "Every reason",
            "كل الأسباب";
        let_in_on = "Let in",
            "أُدخل";
        remade_on = "Made anew by its device",
            "أعاده جهازه";
        replaced_on = "Replaced by another entry",
            "حلّ محله عنصر آخر";
        empty = "Nothing is in quarantine",
            "لا شيء في العزل";
        empty_text = "Everything that the devices have sent has been taken.",
            "قُبل كل ما أرسلته الأجهزة.";
        one = "Let in from quarantine?",
            "إدخاله من العزل؟";
        one_text = "It will be stored as it was captured, counted in its site's figures, and sent to the devices that may read it. This can't be undone.",
            "سيُخزَّن كما سُجّل، ويُحتسب في أرقام موقعه، ويُرسل إلى الأجهزة المسموح لها بقراءته. لا يمكن التراجع عن ذلك.";
        let_in = "Let it in",
            "أدخله";
        leave = "Leave it there",
            "اتركه هناك";
        stored = "It was let in and stored.",
            "تم إدخاله وتخزينه.";
        remake = "What followed it was replaced meanwhile, so the device that captured it was asked to make it anew.",
            "استُبدل ما تلاه في هذه الأثناء، لذلك طُلب من الجهاز الذي سجّله أن يعيده.";
        refused = "It could not be let in: {reason}",
            "تعذّر إدخاله: {reason}";
        gone = "Somebody has dealt with it already.",
            "عالجه شخص آخر من قبل.";
        unknown = "unknown",
            "غير معروف";
        no_right = "Only a manager of the site or an administrator can let it in.",
            "لا يمكن إدخاله إلا لمدير الموقع أو المسؤول.";
        content = "Content",
            "المحتوى";
        bytes = "{n} byte|{n} bytes",
            "لا بايتات|بايت واحد|بايتان|{n} بايتات|{n} بايتًا|{n} بايت";
        k_run_changed = "Answer in a procedure",
            "إجابة في إجراء";
        k_run_submitted = "Submission of a run",
            "تسليم تنفيذ";
        k_signed_off = "Sign-off of a run",
            "اعتماد تنفيذ";
        k_returned = "Return of a run",
            "إعادة تنفيذ";
        k_commented = "Comment",
            "تعليق";
        k_feedback = "Customer feedback",
            "رأي عميل";
        k_interaction = "Customer interaction",
            "تعامل مع عميل";
        k_lesson = "Progress in a lesson",
            "تقدّم في درس";
        k_other = "Entry of the type {name}",
            "عنصر من النوع {name}";
    }
}
