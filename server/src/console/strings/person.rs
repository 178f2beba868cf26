//! One person, and what is done with their roles.

use super::strings;

strings! {
    /// A person's page and its forms.
    Person {
        roles_empty = "No role that you may see",
            "لا دور يمكنك رؤيته";
        from = "From",
            "من";
        until = "Until",
            "حتى";
        still = "Still held",
            "ما زال قائمًا";
        end = "End",
            "إنهاء";
        place = "Where",
            "أين";
        state = "State",
            "الحالة";
        enrolled = "Enrolled",
            "سُجّل";
        code_at = "Enrol a device, {site}",
            "تسجيل جهاز، {site}";
        devices_empty = "Enrolled on no device that you may see",
            "غير مسجّل على أي جهاز يمكنك رؤيته";
        devices_text = "A person can write on a device after their own enrolment code was used on it.",
            "يستطيع الشخص الكتابة على جهاز بعد استخدام رمز تسجيله عليه.";
        assigned = "Assigned to them",
            "المكلَّف به";
        assigned_empty = "Nothing is assigned to them",
            "لا تكليفات له";
        personally = "To them alone",
            "له وحده";
        training_empty = "No training yet",
            "لا تدريب بعد";
        quiz = "Quiz",
            "الاختبار";
        progress = "Progress",
            "التقدم";
        at_most = "The first {n} are shown.|The first {n} are shown.",
            "تُعرض الأولى.|يُعرض الأول.|يُعرض أول اثنين.|تُعرض أول {n}.|تُعرض أول {n}.|تُعرض أول {n}.";
        add = "Add a person",
            "إضافة شخص";
        add_lead = "They appear in the lists at once, and on the devices of their site at the next contact of each. To work on a device they also need an enrolment code.",
            "يظهر في القوائم فورًا، وعلى أجهزة موقعه عند الاتصال التالي لكل منها. وللعمل على جهاز يحتاج أيضًا إلى رمز تسجيل.";
        name_help = "As colleagues know them. Up to 200 letters; no phone number or address.",
            "كما يعرفه زملاؤه. حتى 200 حرف؛ دون رقم هاتف أو عنوان.";
        slug_help = "What content files and commands call them, such as ana-pereira. Left empty, it is made from the name.",
            "ما تسميه به ملفات المحتوى والأوامر، مثل ana-pereira. إن تُرك فارغًا صُنع من الاسم.";
        language_help = "The language that their device shows first.",
            "اللغة التي يعرضها جهازه أولًا.";
        wrong = "This can't be done yet:",
            "لا يمكن ذلك بعد:";
        wrong_name = "Type a name of 1 to 200 letters.",
            "اكتب اسمًا من 1 إلى 200 حرف.";
        wrong_slug = "Type a short name of a-z, 0-9 and single hyphens, such as ana-pereira.",
            "اكتب اسمًا مختصرًا من a-z و0-9 وشرطات مفردة، مثل ana-pereira.";
        taken_slug = "Somebody has this short name already: choose another.",
            "هذا الاسم المختصر مستخدم: اختر غيره.";
        wrong_language = "Choose a language.",
            "اختر لغة.";
        wrong_role = "Choose a role that you may give.",
            "اختر دورًا يمكنك منحه.";
        wrong_place = "Choose where.",
            "اختر أين.";
        choose = "Choose",
            "اختر";
        said_added = "Added. Next: make an enrolment code for their device.",
            "تمت الإضافة. التالي: أنشئ رمز تسجيل لجهازه.";
        give = "Give a role",
            "منح دور";
        give_help = "It holds from now on. What they do there counts from then.",
            "يسري من الآن. وما يفعله هناك يُحتسب منذ ذلك الحين.";
        give_submit = "Give the role",
            "امنح الدور";
        said_given = "The role is given.",
            "مُنح الدور.";
        end_title = "End this role?",
            "إنهاء هذا الدور؟";
        end_who = "{name}: {role}, {site}, since {time}",
            "{name}: {role}، {site}، منذ {time}";
        end_now = "Their devices stop showing what the role lets them see at the next contact. Until then, what they captured still arrives and counts, dated before the end. What was captured after a later contact lands in quarantine.",
            "تتوقف أجهزته عن عرض ما يتيحه الدور عند الاتصال التالي. وحتى ذلك الحين يصل ما سجّله ويُحتسب بتاريخ قبل النهاية. وما سُجّل بعد اتصال لاحق يوضع في العزل.";
        end_past = "An end in the past judges only what has not arrived yet. What is stored already stays.",
            "نهاية في الماضي تحكم فقط على ما لم يصل بعد. وما خُزّن يبقى.";
        end_last = "It is the last role that you see here: afterwards they are in none of your lists.",
            "هذا آخر دور تراه هنا: بعده لن يظهر في أي من قوائمك.";
        since = "Ended since",
            "انتهى منذ";
        since_help = "Left empty: from now on. In the time of {zone}.",
            "إن تُرك فارغًا: من الآن. بتوقيت {zone}.";
        date = "Date",
            "التاريخ";
        time = "Time",
            "الوقت";
        wrong_since = "Type a date and a time that have passed, such as 2026-05-31 and 18:00, or leave both empty.",
            "اكتب تاريخًا ووقتًا مضيا، مثل 2026-05-31 و18:00، أو اترك كليهما فارغًا.";
        end_submit = "End the role",
            "أنهِ الدور";
        leave = "Leave it",
            "اتركه";
        said_ended = "The role has ended.",
            "انتهى الدور.";
        own = "This is your own role: somebody else has to end it.",
            "هذا دورك أنت: على شخص آخر إنهاؤه.";
        moved_title = "Move to another site",
            "نقل إلى موقع آخر";
        move_text = "Every role at the one site ends now and is given at the other. Work captured before the move still arrives and counts where it was done. Their devices show the new site at the next contact; unsent work stays safe. Assignments to them alone go with them.",
            "ينتهي الآن كل دور في الموقع الأول ويُمنح في الآخر. ما سُجّل قبل النقل يصل ويُحتسب حيث أُنجز. تعرض أجهزته الموقع الجديد عند الاتصال التالي؛ والعمل غير المرسل يبقى آمنًا. والتكليفات الخاصة به تنتقل معه.";
        move_from = "From",
            "من";
        move_to = "To",
            "إلى";
        move_submit = "Move",
            "انقل";
        wrong_move = "Choose a site where they hold roles that you may end, and another where you may give them.",
            "اختر موقعًا له فيه أدوار يمكنك إنهاؤها، وآخر يمكنك منحها فيه.";
        said_moved = "Moved.",
            "تم النقل.";
        password = "Console password",
            "كلمة مرور اللوحة";
        password_let = "Let them sign in to the console",
            "السماح له بدخول اللوحة";
        password_new = "New password",
            "كلمة مرور جديدة";
        password_text = "A password is made and shown once: hand it over yourself. An earlier password ends, and so does every session of theirs. What they may do in the console follows from their roles.",
            "تُنشأ كلمة مرور وتُعرض مرة واحدة: سلّمها بنفسك. تنتهي كلمة المرور السابقة وكل جلساته. وما يمكنه فعله في اللوحة يتبع أدواره.";
        email_help = "With which they sign in. It is kept for that alone, and no device ever has it.",
            "الذي يدخل به. يُحفظ لذلك فقط ولا يصل إلى أي جهاز.";
        wrong_email = "Type an e-mail address such as ana@harbour.example that nobody else signs in with.",
            "اكتب بريدًا إلكترونيًا مثل ana@harbour.example لا يدخل به غيره.";
        password_for = "New password for {name}",
            "كلمة مرور جديدة لـ {name}";
        password_once = "It is shown this once. If it is lost, make another one.",
            "تُعرض هذه المرة فقط. إن ضاعت فأنشئ أخرى.";
        password_submit = "Make a password",
            "أنشئ كلمة مرور";
        back = "Back to the person",
            "العودة إلى الشخص";
        said_no = "That could not be done: somebody changed it meanwhile.",
            "تعذّر ذلك: غيّره شخص في هذه الأثناء.";
        pushed = "People who stand in the content folder (people.csv): the next push that changes them ends roles which are not written there.",
            "الأشخاص المذكورون في مجلد المحتوى (people.csv): الدفع التالي الذي يغيّرهم ينهي الأدوار غير المكتوبة هناك.";
    }
}
