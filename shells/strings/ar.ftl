# العربية. تطابق en.ftl رسالةً رسالةً. الأرقام لاتينية كما في المعايير والأسعار على الأجهزة.

## التطبيق وما تشترك فيه الشاشات
app-name = فرونت لاين
nav-today = اليوم
nav-training = التدريب
nav-procedures = الإجراءات
nav-feedback = الآراء
nav-contacts = التواصل
nav-sync = المزامنة
nav-settings = الإعدادات
action-back = رجوع
action-close = إغلاق
action-cancel = إلغاء
action-continue = متابعة
action-done = تم
action-save = حفظ
action-start = بدء
action-open = فتح
action-retry = إعادة المحاولة
action-next = التالي
action-previous = السابق
action-clear = مسح
action-delete = حذف
action-remove = إزالة
action-edit = تعديل
action-add = إضافة
action-more = المزيد
action-undo = تراجع
action-search = بحث
action-filter = تصفية
action-up = نقل لأعلى
action-down = نقل لأسفل
action-increase = زيادة: { $label }
action-decrease = إنقاص: { $label }
action-show = إظهار
action-hide = إخفاء
state-loading = جارٍ التحميل
state-empty = لا شيء هنا
state-required = مطلوب
state-optional = اختياري
state-selected = محدد
state-saved = محفوظ على هذا الهاتف
state-draft = مسودة
state-new = جديد
label-note = ملاحظة
label-reason = السبب
label-who = من
label-when = متى
label-where = أين
label-version = الإصدار { $version }
label-by = بواسطة { $name }
label-by-at = { $name }، { $time }
label-comma = ،
label-progress = { NUMBER($done) } من { NUMBER($total) }
label-percent = { NUMBER($value) } ٪
count-items = { $n ->
    [zero] لا بنود
    [one] بند واحد
    [two] بندان
    [few] { $n } بنود
    [many] { $n } بندًا
   *[other] { $n } بند
}
count-minutes = { $n ->
    [zero] 0 دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
count-photos = { $n ->
    [zero] لا صور
    [one] صورة واحدة
    [two] صورتان
    [few] { $n } صور
    [many] { $n } صورة
   *[other] { $n } صورة
}
count-results = { $n ->
    [zero] لا نتائج
    [one] نتيجة واحدة
    [two] نتيجتان
    [few] { $n } نتائج
    [many] { $n } نتيجة
   *[other] { $n } نتيجة
}
action-use = اعتمده
action-choose = اختر

## الشرائط
banner-offline = بلا اتصال
banner-offline-detail = عملك محفوظ على هذا الهاتف ويُرسل لاحقًا.
banner-changed = غيّره { $name }
banner-changed-detail = اطّلع على الإجابة الجديدة قبل أن تغيّرها.
banner-locked = مقفل
banner-locked-detail = أدخل رمزك للمتابعة.
banner-error = لم يتم

## الأخطاء
error-invalid = { $detail }. صحّحه وأعد المحاولة.
error-not-found = غير موجود على هذا الهاتف. زامِن ثم افتحه مجددًا.
error-locked = مقفل. أدخل رمزك للمتابعة.
error-offline = لا اتصال بالخادم. عملك محفوظ؛ أعد المحاولة عند توفر الشبكة.
error-unauthorised = ليست لديك صلاحية. اسأل مديرك.
error-busy = مشغول. انتظر لحظة وأعد المحاولة.
error-storage-full = الهاتف ممتلئ. أفرغ مساحة ثم أعد المحاولة.
error-storage-damaged = تضرر التخزين ووُضع جانبًا. لم يُحذف شيء. أخبر الدعم بمكانه:
error-kept-at = محفوظ في { $path }
error-internal = حدث خطأ. أعد المحاولة؛ وإن تكرر فأعطِ الدعم هذا المرجع:
error-reference = المرجع { $reference }
error-key-lost = فقد هذا الهاتف مفتاح مخزنه. اطلب رمزًا من مديرك، فيُفتح من جديد مع عملك.
error-portal = تتطلب هذه الشبكة تسجيل الدخول أولًا. سجّل الدخول إليها أو استخدم شبكة أخرى؛ عملك محفوظ.
error-untrusted = هذا ليس الخادم الذي يثق به الهاتف. استخدم شبكة أخرى؛ وإن استمر ذلك فاسأل مديرك.
error-left = لم يعد موجودًا على هذا الهاتف. اجلبه عند توفر الشبكة.

## التسجيل
enrol-title = إعداد هذا الهاتف
enrol-hint = يعطيك مديرك رمزًا أو رمز QR.
enrol-server = عنوان الخادم
enrol-code = الرمز
enrol-scan = مسح رمز QR
enrol-type = كتابة الرمز
enrol-go = إعداد
enrol-working = جارٍ الإعداد
enrol-camera-denied = لا وصول إلى الكاميرا. اسمح به في إعدادات الهاتف أو اكتب الرمز.
enrol-code-wrong = الرمز غير معروف أو مستخدم. اطلب رمزًا جديدًا.
enrol-first-sync = المزامنة الأولى
enrol-first-sync-detail = ابقَ ضمن الشبكة حتى تنتهي. يمكنك التوقف والمتابعة لاحقًا.
enrol-recover = افتح المخزن من جديد
enrol-qr = نص رمز الاستجابة السريعة

## من يمسك الهاتف
who-title = من أنت؟
who-search = بحث بالاسم
who-none = لا أحد يمكنه استخدام هذا الهاتف بعد. اسأل مديرك.
who-switch = تبديل الشخص
who-lock = قفل
who-unlock = فتح القفل
pin-title = رمز { $name }
pin-enter = الرمز السري
pin-digit = الرقم { $digit }
pin-delete = حذف رقم
pin-typed = { $n ->
    [zero] لم يُكتب رقم
    [one] كُتب رقم واحد
    [two] كُتب رقمان
    [few] كُتبت { $n } أرقام
    [many] كُتب { $n } رقمًا
   *[other] كُتب { $n } رقم
}
pin-wrong = رمز خاطئ. أعد المحاولة.
pin-tries-left = { $n ->
    [zero] لم تبق محاولة
    [one] بقيت محاولة واحدة
    [two] بقيت محاولتان
    [few] بقيت { $n } محاولات
    [many] بقيت { $n } محاولة
   *[other] بقيت { $n } محاولة
}
pin-wait = محاولات كثيرة. انتظر { $time }.
pin-locked-out = مقفل عليك
pin-locked-out-detail = اطلب من مدير أن يفتح لك، هنا أو من الخادم.
pin-set = تعيين رمز سري
pin-set-detail = لا يعرفه سواك. يفتح عملك على هذا الهاتف ويوقّع عنك.
pin-repeat = كرّر الرمز
pin-differs = غير مطابق. اكتبه مجددًا.
pin-weak = سهل التخمين. اختر غيره.
pin-forgotten = نسيت الرمز
pin-manager = فتح بصفة مدير
lease-ending = { $n ->
    [zero] زامِن اليوم ليبقى الهاتف مفتوحًا
    [one] زامِن خلال يوم ليبقى الهاتف مفتوحًا
    [two] زامِن خلال يومين ليبقى الهاتف مفتوحًا
    [few] زامِن خلال { $n } أيام ليبقى الهاتف مفتوحًا
    [many] زامِن خلال { $n } يومًا ليبقى الهاتف مفتوحًا
   *[other] زامِن خلال { $n } يوم ليبقى الهاتف مفتوحًا
}
lease-over = زامِن لفتح هذا الهاتف
lease-over-detail = انقطع عن الاتصال طويلًا. ما سجّلته محفوظ.
idle-locked = قُفل بعد توقف
pin-old = رقمك السري الحالي
pin-change = غيّر الرقم السري
who-add = أضف شخصًا
who-leader = الرقم السري لمن يفتح القفل
pin-wait-soon = محاولات كثيرة. انتظر قليلًا ثم حاول مجددًا.
pin-new = رقم سري جديد

## اليوم
today-title = اليوم
today-empty = أُنجز كل شيء
today-empty-detail = لا شيء مستحق. يمكنك بدء إجراء أو تسجيل تواصل.
today-overdue = متأخر
today-due = مستحق
today-due-at = مستحق { $time }
today-overdue-since = متأخر منذ { $time }
today-begun = بدأ
today-clash = تعارض للتسوية
today-lapsed = سقط الاعتماد
today-given-back = أُعيد
today-given-back-why = أُعيد: { $reason }
today-to-right = للتصحيح
today-refused = رفضه الخادم
today-pin-missing = عيّن رمزك السري
today-later = لاحقًا
today-announcement = إعلان
today-acknowledge = قرأت هذا
today-acknowledged = مقروء

## التدريب
training-title = التدريب
training-empty = لا تدريب لك الآن
training-required = إلزامي
training-mandatory-by = إلزامي قبل { $date }
training-lessons = { $n ->
    [zero] لا دروس
    [one] درس واحد
    [two] درسان
    [few] { $n } دروس
    [many] { $n } درسًا
   *[other] { $n } درس
}
training-not-begun = لم يبدأ
training-in-progress = قيد التقدم
training-completed = مكتمل
training-passed = ناجح
training-failed = لم ينجح
training-expired = منتهٍ
training-locked = يُفتح بعد { $name }
training-lesson = الدرس { NUMBER($n) }
training-card = بطاقة { NUMBER($n) } من { NUMBER($total) }
training-flip = اقلب البطاقة
training-front = الوجه
training-back = ظهر البطاقة
training-takeaways = الخلاصة
training-complete = إكمال الدرس
training-missing = لم يُنزَّل. زامِن للحصول عليه.
quiz-title = الاختبار
quiz-begin = بدء الاختبار
quiz-resume = متابعة الاختبار
quiz-question = السؤال { NUMBER($n) } من { NUMBER($total) }
quiz-pick-one = اختر واحدًا
quiz-pick-many = اختر كل ما ينطبق
quiz-answer = أجب
quiz-right = صحيح
quiz-wrong = خطأ
quiz-solution = الإجابة الصحيحة
quiz-explanation = لماذا
quiz-finish = إنهاء
quiz-result = النتيجة
quiz-score = { NUMBER($score) } ٪
quiz-needed = المطلوب: { NUMBER($score) } ٪
quiz-attempts-left = { $n ->
    [zero] لم تبق محاولة
    [one] بقيت محاولة واحدة
    [two] بقيت محاولتان
    [few] بقيت { $n } محاولات
    [many] بقيت { $n } محاولة
   *[other] بقيت { $n } محاولة
}
quiz-attempts-unlimited = محاولات بلا حد
quiz-attempt = المحاولة { NUMBER($n) }
quiz-again = محاولة جديدة
quiz-leave = مغادرة الاختبار؟
quiz-leave-detail = إجاباتك محفوظة. تتابع من هذا السؤال.
training-open-quiz = اختبار هذه الوحدة
quiz-points = { NUMBER($points) } من { NUMBER($of) } نقطة
quiz-partly = صحيح جزئيًا
quiz-read-first = اقرأ الوحدة ثم أجرِ الاختبار.

## الإجراءات وعمليات التنفيذ
procedures-title = الإجراءات
procedures-to-start = للبدء
procedures-runs = عمليات التنفيذ
procedures-empty = لا إجراء لك هنا
runs-empty = لا عملية تنفيذ
filter-all = الكل
filter-mine = لي
filter-open = مفتوح
filter-handed-in = مُسلَّم
filter-signed = معتمد
filter-needs-action = يحتاج إجراءً
run-start = بدء التنفيذ
run-title = التنفيذ
run-open = مفتوح
run-handed-in = مُسلَّم
run-signed = معتمد
run-given-back = أُعيد
run-lapsed = سقط الاعتماد
run-voided = مُلغى
run-archived = ليس على هذا الهاتف
run-fetch = إحضار
run-answered = أُجيب { NUMBER($done) } من { NUMBER($total) }
run-required-left = { $n ->
    [zero] لا ينقص مطلوب
    [one] ينقص بند مطلوب واحد
    [two] ينقص بندان مطلوبان
    [few] تنقص { $n } بنود مطلوبة
    [many] ينقص { $n } بندًا مطلوبًا
   *[other] ينقص { $n } بند مطلوب
}
run-next-missing = الناقص التالي
run-next-missing-of = الناقص التالي ({ NUMBER($n) })
run-handed-in-open = ما زال يمكن تغيير الإجابات؛ ويحفظ السجل القديم والجديد.
run-with = مع { $names }
run-together = يُملأ معًا
run-section = القسم
run-history = السجل
run-hand-in = تسليم
run-hand-in-detail = عندها يمكن لغيرك اعتماده. ويمكنك استرجاعه.
run-take-back = استرجاع
run-not-ready = غير جاهز للتسليم
run-void = إلغاء التنفيذ
run-void-detail = يخرج من الأعداد. وتبقى إجاباته في السجل.
run-failed-items = { $n ->
    [zero] لم يفشل شيء
    [one] فشل بند واحد
    [two] فشل بندان
    [few] فشلت { $n } بنود
    [many] فشل { $n } بندًا
   *[other] فشل { $n } بند
}
run-signature-needed = يلزم اعتماد
run-wrong-items = { $n ->
    [zero] لا توجد إجابة غير مسموحة
    [one] إجابة واحدة غير مسموحة
    [two] إجابتان غير مسموحتين
    [few] { $n } إجابات غير مسموحة
    [many] { $n } إجابة غير مسموحة
   *[other] { $n } إجابة غير مسموحة
}
run-may-change = ما زال بالإمكان تغيير الإجابات.
run-read-only = لم يعد بالإمكان تغيير الإجابات.
run-not-handed-in = لم تُسلَّم بعد
run-no-right = ليس لديك حق في هذا هنا
run-changed-since = { $n ->
    [zero] لم تتغير أي إجابة
    [one] تغيّرت إجابة واحدة منذئذ
    [two] تغيّرت إجابتان منذئذ
    [few] تغيّرت { $n } إجابات منذئذ
    [many] تغيّرت { $n } إجابة منذئذ
   *[other] تغيّرت { $n } إجابة منذئذ
}
run-points = { NUMBER($points) } من { NUMBER($of) } نقطة
history-answered = أُجيب
history-settled = حُلَّ التعارض
history-attached = أُضيفت صورة
history-detached = سُحبت صورة
procedures-pick = اختر إجراءً أو تنفيذًا
run-section-add = إضافة: { $label }
run-signers = التوقيعات
run-role-supervisor = مشرف
run-role-manager = مدير
run-role-admin = مسؤول النظام
run-signed-by = وقّعه { $name }، { $time }
run-sign-waited = بانتظار التوقيع
run-sign-as = توقّع بصفة { $role }.
run-section-of-signer = لمن يوقّع
run-section-of = يجيب عنه من يوقّع بصفة { $role }
run-kept = أُجيب عندما كان ينطبق
run-kept-detail = لا يُحتسب الآن، ويبقى في السجل.
run-not-live = لم تُلتقط في تلك اللحظة
run-not-live-count = { $n ->
    [zero] التُقطت كل الصور في تلك اللحظة
    [one] صورة واحدة لم تُلتقط في تلك اللحظة
    [two] صورتان لم تُلتقطا في تلك اللحظة
    [few] { $n } صور لم تُلتقط في تلك اللحظة
    [many] { $n } صورة لم تُلتقط في تلك اللحظة
   *[other] { $n } صورة لم تُلتقط في تلك اللحظة
}
run-measured = قرأه جهاز قياس
run-mock = اختلق تطبيقٌ هذا الموقع
run-note-add = أضف ملاحظة
run-note-needed = تلزم ملاحظة
run-note-remove = استرجع هذه الملاحظة
run-note-off = هل تسترجع هذه الملاحظة؟ تبقى في السجل.
run-took = بعد { $time } من الإجابة السابقة
run-seconds = { NUMBER($seconds) } ث
run-minutes = { NUMBER($minutes) } د
run-doubt-fast = أسرع من أن يُنظر فيه
run-doubt-clock = ضُبطت ساعة الهاتف
run-doubts-detail = يراه من يطّلع عليه. ولم يُرفض شيء بسببه.
runs-search = البحث في عمليات التنفيذ
run-asset = بشأن { $name }
run-asset-title = الأصل
run-asset-scan = امسح رمز أصل
run-asset-type = ما على ملصقه
run-asset-unknown = لا أصل بهذا الرمز هنا. انظر إلى الملصق أو زامِن.
run-asset-start = ابدأ بشأنه
run-asset-runs = عمليات تنفيذ بشأنه
run-asset-runs-empty = لا تنفيذ بشأنه بعد
run-reference = كما يجب أن يكون
history-replaced = استُبدل لاحقًا

## ما يسأل عنه البند
item-answer = الإجابة
item-unanswered = بلا إجابة
item-take-back = سحب الإجابة
item-na = لا ينطبق
item-na-reason = لماذا لا ينطبق؟
item-number = رقم
item-range = من { $min } إلى { $max }
item-out-of-range = خارج المدى من { $min } إلى { $max }
item-unit = بوحدة { $unit }
item-yes = نعم
item-no = لا
item-pass = ناجح
item-fail = فاشل
item-choose-one = اختر واحدًا
item-choose-many = اختر ما تشاء
item-other = غير ذلك
item-rating = التقييم
item-stars = { $n ->
    [zero] بلا نجوم
    [one] نجمة واحدة
    [two] نجمتان
    [few] { $n } نجوم
    [many] { $n } نجمة
   *[other] { $n } نجمة
}
item-rank = رتّب
item-rank-at = الموضع { NUMBER($n) }: { $label }
item-match = طابِق
item-match-with = طابِق { $label } مع
item-row-of = { $row }: { $choice }
item-blank = الفراغ { NUMBER($n) }
item-date = التاريخ
item-month = الشهر
item-time = الوقت
item-day = اليوم
item-year = السنة
item-hours = ساعات
item-minutes = دقائق
item-seconds = ثوانٍ
item-now = الآن
item-today = اليوم
item-photo-take = التقاط صورة
item-photo-pick = اختيار صورة
item-photo-remove = إزالة الصورة
item-photo-nth = الصورة { NUMBER($n) }
item-evidence = الدليل
item-evidence-needed = تلزم صورة
item-sign-here = وقّع هنا
item-signed = تم التوقيع
item-sign-type = اكتب اسمك بدلًا من ذلك
item-sketch = ارسم
item-sketched = رُسم مخطط
item-strokes = { $n ->
    [zero] فارغ
    [one] خط واحد
    [two] خطان
    [few] { $n } خطوط
    [many] { $n } خطًا
   *[other] { $n } خط
}
item-scan = مسح
item-scan-type = كتابة الرمز
item-barcode = الرمز
item-place-take = استخدم هذا المكان
item-place-found = حُدِّد المكان بدقة { NUMBER($metres) } م
item-place-none = لم يُحدَّد المكان. اخرج إلى الهواء الطلق أو اسمح بالموقع ثم أعد المحاولة.
item-person = الشخص
item-site = الموقع
item-lookup = بحث في القائمة
item-acknowledge = قرأت وفهمت
item-nps-low = مستبعد تمامًا
item-nps-high = مرجّح جدًا
item-ces-low = صعب جدًا
item-ces-high = سهل جدًا
item-calculated = محسوب
item-calculated-missing = يحتاج إجابات أخرى
item-question-mark = لا يفهمه هذا الإصدار. حدّث التطبيق.
face-1 = سيئ جدًا
face-2 = سيئ
face-3 = مقبول
face-4 = جيد
face-5 = جيد جدًا
face4-1 = سيئ
face4-2 = ضعيف
face4-3 = جيد
face4-4 = رائع
timer-face = { NUMBER($minutes) } د { NUMBER($seconds) } ث
item-offered = مقترح: { $value }
item-spot = موضع في الصورة
item-across = أفقيًا، بالألف
item-downwards = عموديًا، بالألف
item-not-yet = لا يستطيع هذا الهاتف تسجيل هذا بعد. اتركه، أو بيّن لماذا لا ينطبق.
item-photo-off = أتزيل هذه الصورة من الإجابة؟ ستبقى في السجل.
item-to-come = تصل القائمة مع المزامنة التالية.
item-out-of-band = خارج النطاق المستهدف
item-outside-target = خارج النطاق المستهدف: من { $min } إلى { $max }

## ما تطلبه القواعد
rule-actions = للتصحيح
rule-action-needed = اذكر ما تم
rule-action-by = يُصحَّح قبل { $date }
rule-action-done = صُحِّح
rule-notice = تنبيه
rule-told = يُبلَّغ { $name }

## المهام التصحيحية: ما يجب تصحيحه، ومن يصحّحه، وحتى متى
actions-title = المهام
actions-one = مهمة
actions-new = مهمة جديدة
actions-from-answer = افتح مهمة
actions-take-up = تولَّها
actions-submit = افتح المهمة
actions-empty = لا شيء للتصحيح
actions-empty-detail = افتح مهمة هنا، أو بجانب إجابة ليست كما يجب.
actions-search = البحث بالعنوان أو الشخص أو المكان
actions-filter-open = مفتوحة
actions-filter-mine = لي
actions-filter-overdue = متأخرة
actions-filter-done = منجزة
actions-filter-all = الكل
actions-status = الحالة
actions-status-open = لم تبدأ
actions-status-in-progress = قيد العمل
actions-status-done = أُنجزت
actions-status-rejected = لم تُقبل
actions-status-cannot-do = يتعذّر إنجازها
actions-status-verified = تم التحقق
actions-go-open = اتركها لغيرك
actions-go-in-progress = اعمل عليها
actions-go-done = أُنجزت
actions-go-rejected = لا تقبلها
actions-go-cannot-do = يتعذّر إنجازها
actions-go-verified = تحقّق
actions-why-rejected = ما الذي لم يُصحَّح بعد؟
actions-why-cannot-do = لماذا يتعذّر إنجازها؟
actions-to-review = ينظر فيها المسؤول الآن
actions-priority = الأولوية
actions-priority-low = منخفضة
actions-priority-normal = عادية
actions-priority-high = عالية
actions-priority-urgent = عاجلة
actions-owner = من يتولاها
actions-owner-none = لا أحد بعد
actions-owner-me = لك
actions-owner-pick = اختر من يتولاها
actions-due = حتى متى
actions-due-none = بلا موعد
actions-due-hours = { $n ->
    [zero] الآن
    [one] خلال ساعة
    [two] خلال ساعتين
    [few] خلال { $n } ساعات
    [many] خلال { $n } ساعة
   *[other] خلال { $n } ساعة
}
actions-due-days = { $n ->
    [zero] اليوم
    [one] خلال يوم
    [two] خلال يومين
    [few] خلال { $n } أيام
    [many] خلال { $n } يومًا
   *[other] خلال { $n } يوم
}
actions-due-other = موعد آخر
actions-due-wrong = لا يوجد يوم أو وقت كهذا.
actions-name = ما الذي يجب فعله
actions-overdue-supervisor = متأخرة: وصلت إلى المشرف
actions-overdue-manager = متأخرة كثيرًا: وصلت إلى المدير
actions-from = مصدرها
actions-from-show = أظهر الإجابة
actions-again = حدث هذا من قبل
actions-again-at = فُتحت { $time }
actions-opened-by = فتحها { $name }، { $time }
actions-comments = التعليقات
actions-comment = قل شيئًا عنها
actions-comment-send = إرسال
actions-count-comments = { $n ->
    [zero] لا تعليقات
    [one] تعليق واحد
    [two] تعليقان
    [few] { $n } تعليقات
    [many] { $n } تعليقًا
   *[other] { $n } تعليق
}
actions-history = السجل
actions-told-opened = فُتحت
actions-told-title = العنوان: { $text }
actions-told-priority = الأولوية: { $name }
actions-told-owner = أُسندت إلى { $name }
actions-told-owner-none = لم تعد مسندة إلى أحد
actions-told-due = حتى { $time }
actions-told-due-none = بلا موعد
actions-told-status = { $to }، وقبلها: { $from }
actions-clash = حدّد شخصان هذا تحديدًا مختلفًا
actions-clash-detail = لم يرَ أيٌّ منهما ما حدّده الآخر. أبقِ واحدًا؛ ويبقى كلاهما في السجل.
actions-clash-keep = أبقِ هذا
actions-change = تغيير: { $label }

## تعارض: شخصان وإجابتان
clash-title = إجابتان
clash-detail = كلتاهما محفوظة. اختر الصحيحة أو اسأل.
clash-pick = استخدم هذه
clash-ask = اسأل { $name }
clash-settled = سوّاه { $name }
clash-count = { $n ->
    [zero] لا تعارض
    [one] تعارض واحد
    [two] تعارضان
    [few] { $n } تعارضات
    [many] { $n } تعارضًا
   *[other] { $n } تعارض
}

## الاعتماد
sign-title = الاعتماد
sign-detail = تعتمد الإجابات كما هي الآن.
sign-pin = رمزك السري
sign-go = اعتماد
sign-by = اعتمده { $name }، { $time }
sign-lapsed-detail = تغيّرت إجابة بعد الاعتماد. راجع واعتمد مجددًا.
sign-not-yours = يجب أن يعتمد هذا شخص آخر
sign-not-needed = لا يلزم اعتماد
sign-give-back = إعادة
sign-give-back-why = ما الذي يجب تصحيحه؟

## الآراء
feedback-title = الآراء
feedback-touchpoint = نقطة التواصل
feedback-pick-touchpoint = أين أنت؟
feedback-why = ما السبب؟
feedback-comment = تعليق
feedback-send = إرسال
feedback-thanks = شكرًا
feedback-thanks-detail = إجابتك تساعدنا على التحسن.
feedback-empty = لم تُسجَّل إجابة بعد
feedback-kiosk = وضع العرض
feedback-kiosk-start = بدء وضع العرض
feedback-kiosk-end = إنهاء وضع العرض
feedback-kiosk-detail = يبقى الهاتف على هذا السؤال. وإنهاؤه يتطلب رمزك السري.
feedback-low = درجة منخفضة
feedback-call-back = يطلب الاتصال به
feedback-count = { $n ->
    [zero] لا إجابات اليوم
    [one] إجابة واحدة اليوم
    [two] إجابتان اليوم
    [few] { $n } إجابات اليوم
    [many] { $n } إجابة اليوم
   *[other] { $n } إجابة اليوم
}
feedback-by = بواسطة { $name }، { $time }
feedback-score = الدرجة { NUMBER($score) } من 5
feedback-none-here = لا توجد نقطة تواصل هنا

## التواصل مع العملاء
contacts-title = التواصل
contacts-empty = لم يُسجَّل تواصل بعد
contacts-new = تواصل جديد
contacts-search = الهاتف أو البريد
contact-title = تواصل
contact-open = فتح تواصل
contact-running = جارٍ
contact-paused = متوقف
contact-pause = إيقاف مؤقت
contact-resume = استئناف
contact-close = إغلاق التواصل
contact-closed = مغلق
contact-reason = سبب التواصل
contact-outcome = النتيجة
contact-channel = القناة
contact-customer = العميل
contact-name = الاسم
contact-phone = الهاتف
contact-email = البريد الإلكتروني
contact-earlier = تواصل سابق
contact-unknown = عميل غير معروف
contact-void = إبطال التواصل
contact-void-detail = يخرج من الأعداد. لا يمكن التراجع.
contact-voided = مُبطَل
contact-handling = زمن المعالجة
contact-follow-up = متابعة { $date }
contact-forgotten = نُسي العميل
contacts-running-count = { $n ->
    [zero] لا تواصل جارٍ
    [one] تواصل جارٍ واحد
    [two] تواصلان جاريان
    [few] { $n } عمليات تواصل جارية
    [many] { $n } عملية تواصل جارية
   *[other] { $n } عملية تواصل جارية
}
contact-closed-customer = لا يمكن قراءة بيانات العميل هنا
contact-save-customer = احفظ العميل
contact-phone-hint = مع رمز البلد، مثل +44

## مركز المزامنة
sync-title = المزامنة
sync-now = زامِن الآن
sync-cancel = إيقاف
sync-running = جارٍ التزامن
sync-last = آخر اتصال { $time }
sync-never = لا اتصال بعد
sync-all-sent = أُرسل كل شيء
sync-unsent = { $n ->
    [zero] لا شيء ينتظر الإرسال
    [one] قيد واحد ينتظر الإرسال
    [two] قيدان ينتظران الإرسال
    [few] { $n } قيود تنتظر الإرسال
    [many] { $n } قيدًا ينتظر الإرسال
   *[other] { $n } قيد ينتظر الإرسال
}
sync-photos-waiting = { $n ->
    [zero] لا صورة تنتظر
    [one] صورة واحدة تنتظر
    [two] صورتان تنتظران
    [few] { $n } صور تنتظر
    [many] { $n } صورة تنتظر
   *[other] { $n } صورة تنتظر
}
sync-photos-metered = الصور تنتظر شبكة مجانية
sync-photos-send = أرسل الصور الآن
sync-captured = مسجَّل
sync-held = معلَّق
sync-stored = مخزَّن
sync-refused = مرفوض
sync-replaced = مستبدَل
sync-captured-detail = على هذا الهاتف، لم يُرسل بعد
sync-held-detail = لدى الخادم، ينتظر ما يُبنى عليه
sync-stored-detail = لدى الخادم
sync-refused-detail = مرفوض: { $reason }
sync-replaced-detail = حلّ محله قيد لاحق
sync-blocked = المزامنة متوقفة
sync-blocked-metered = الشبكة مدفوعة. اتصل بشبكة Wi-Fi أو أرسل رغم ذلك.
sync-blocked-revoked = لم يعد الخادم يقبل هذا الهاتف. صدّر عملك واسأل مديرك.
sync-blocked-old-app = التطبيق قديم. حدّثه؛ عملك محفوظ.
sync-blocked-clock = ساعة الهاتف خاطئة. اضبطها ثم زامِن.
sync-blocked-lease = على من يعمل هنا إدخال رمزه أولًا.
sync-blocked-later = يطلب الخادم الانتظار حتى { $time }.
sync-export = تصدير العمل غير المرسل
sync-export-detail = ملف مختوم لا يفتحه إلا الخادم. سلّمه لمديرك.
sync-exported = صُدِّر: { $file }
sync-hand-on = سلّم الملف
sync-progress = أُرسل { NUMBER($done) } من { NUMBER($total) }
sync-what-training = التدريب
sync-what-run = إجراء
sync-what-phone = عن هذا الهاتف
sync-set-aside = نُحّي مخزن تالف جانبًا. لم يُحذف شيء.

## الإعدادات
settings-title = الإعدادات
settings-language = اللغة
settings-language-phone = كلغة الهاتف
settings-text-size = حجم النص
settings-text-size-detail = اضبطه في إعدادات الهاتف. يتبعه التطبيق حتى 200 ٪.
settings-theme = المظهر
settings-theme-phone = كالهاتف
settings-theme-light = فاتح
settings-theme-dark = داكن
settings-storage = التخزين
settings-storage-free = المتاح { $free } غيغابايت
settings-storage-used = المستخدم { $used }، المتاح { $free }
settings-storage-kept = { $n ->
    [zero] لا يُحفظ
    [one] يُحفظ يومًا
    [two] يُحفظ يومين
    [few] يُحفظ { $n } أيام
    [many] يُحفظ { $n } يومًا
   *[other] يُحفظ { $n } يوم
}
settings-phone = هذا الهاتف
settings-phone-id = رقم هذا الهاتف
settings-site = الموقع
settings-about = حول
settings-licences = التراخيص
settings-sign-out = تسجيل الخروج
settings-sign-out-detail = يبقى عملك على هذا الهاتف مختومًا، ويُرسل مع أول من يزامن.
settings-reset = إعادة ضبط هذا الهاتف
settings-reset-detail = يُحذف كل ما على هذا الهاتف. ما أُرسل يبقى لدى الخادم.
settings-reset-lost = { $n ->
    [zero] لن يضيع شيء: أُرسل كل شيء.
    [one] قيد واحد لم يُرسل وسيضيع.
    [two] قيدان لم يُرسلا وسيضيعان.
    [few] { $n } قيود لم تُرسل وستضيع.
    [many] { $n } قيدًا لم يُرسل وسيضيع.
   *[other] { $n } قيد لم يُرسل وسيضيع.
}
settings-reset-export-first = صدّر أولًا
settings-reset-go = احذف كل شيء
settings-sign-out-drafts = { $n ->
    [zero] لن تُفقد أي مسودة.
    [one] ستُفقد مسودة واحدة.
    [two] ستُفقد مسودتان.
    [few] ستُفقد { $n } مسودات.
    [many] ستُفقد { $n } مسودة.
   *[other] ستُفقد { $n } مسودة.
}
settings-reset-damaged = { $n ->
    [zero] لا صور تالفة هنا.
    [one] صورة واحدة تالفة هنا وليست في أي ملف، وستُفقد.
    [two] صورتان تالفتان هنا وليستا في أي ملف، وستُفقدان.
    [few] { $n } صور تالفة هنا وليست في أي ملف، وستُفقد.
    [many] { $n } صورة تالفة هنا وليست في أي ملف، وستُفقد.
   *[other] { $n } صورة تالفة هنا وليست في أي ملف، وستُفقد.
}
settings-reset-photos = وستُفقد أيضًا الصور التي لا يحملها أي ملف.

## ما يقوله الهاتف خارج التطبيق
notice-channel = المزامنة
notice-syncing = جارٍ إرسال عملك
notice-due-channel = عمل مستحق
notice-due = { $n ->
    [zero] لا شيء مستحق
    [one] أمر واحد مستحق
    [two] أمران مستحقان
    [few] { $n } أمور مستحقة
    [many] { $n } أمرًا مستحقًا
   *[other] { $n } أمر مستحق
}

## المهام: نقرة واحدة بجانب من يتولاها
actions-owner-take = أسندها إليّ

## ملاحظة صوتية: تُسجَّل ويُستمع إليها وتُحفظ أو تُترك
voice-note = ملاحظة صوتية
voice-record = سجّل
voice-running = جارٍ التسجيل
voice-stop = إيقاف
voice-nth = التسجيل { NUMBER($n) }
voice-play = استمع
voice-keep = احتفظ به
voice-drop = اتركه
voice-drop-detail = أتترك هذا التسجيل؟ لا توجد منه نسخة أخرى.
voice-remove = إزالة التسجيل
voice-off = أتزيل هذا التسجيل من الإجابة؟ سيبقى في السجل.
voice-refused = الميكروفون غير مسموح به. اسمح به في إعدادات هذا الهاتف، ثم حاول مجددًا.
voice-failed = لم يعمل الميكروفون. أغلق التطبيقات الأخرى التي تستخدمه، ثم حاول مجددًا.
voice-cut = انقطع التسجيل. ما قيل حتى ذلك الحين محفوظ.
voice-full = لا يزيد التسجيل على عشر دقائق. ما قيل حتى ذلك الحين محفوظ.
voice-unplayed = لا يمكن تشغيل هذا التسجيل هنا.

## صور ومقاطع وتسجيلات تُعرض
media-away = ليس على هذا الهاتف بعد
media-get = اجلبه
media-get-size = اجلبه، { $size }
media-megabytes = { $size } م.ب
media-enlarge = تكبير
media-larger = أكبر
media-smaller = أصغر
media-video = مقطع مصور
media-video-play = شغّل المقطع
media-broken = لا يمكن عرض هذا هنا.

## تنفيذ سُحب إصداره
run-withdrawn = مسحوب
run-withdrawn-by = سحبه { $name }، { $time }
run-withdrawn-detail = لا يُجاب هنا عن شيء بعد الآن. ما سُجّل محفوظ.
run-begin-anew = ابدأ من جديد
run-after-withdrawal = سُلّم بعد سحبه

## المهام في الشاشة الأولى وصورها
today-actions-late = { $n ->
    [zero] لا شيء متأخر
    [one] مهمة متأخرة
    [two] مهمتان متأخرتان
    [few] { $n } مهام متأخرة
    [many] { $n } مهمة متأخرة
   *[other] { $n } مهمة متأخرة
}
today-actions-differ = { $n ->
    [zero] لا خلاف
    [one] مهمة اختلف فيها الناس
    [two] مهمتان اختلف فيهما الناس
    [few] { $n } مهام اختلف فيها الناس
    [many] { $n } مهمة اختلف فيها الناس
   *[other] { $n } مهمة اختلف فيها الناس
}
today-actions-review = { $n ->
    [zero] لا شيء للنظر فيه
    [one] مهمة للنظر فيها
    [two] مهمتان للنظر فيهما
    [few] { $n } مهام للنظر فيها
    [many] { $n } مهمة للنظر فيها
   *[other] { $n } مهمة للنظر فيها
}
today-actions-more = كل المهام
rule-taken-up = صار مهمة
actions-photo-drop = أتترك هذه الصورة؟ لا توجد منها نسخة أخرى.
