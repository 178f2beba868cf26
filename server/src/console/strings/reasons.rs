//! Why something was held or refused: the sentences of the protocol's codes. A test holds the English to
//! what `frontline_protocol::Code` says.

use frontline_protocol::Code;

use super::strings;

strings! {
    /// By code.
    Reasons {
        waits_for_dependency = "It builds on a change that has not reached the server yet.",
            "يعتمد على تغيير لم يصل إلى الخادم بعد.";
        waits_for_earlier = "An earlier change by the same device has not reached the server yet.",
            "تغيير سابق من الجهاز نفسه لم يصل إلى الخادم بعد.";
        waits_for_refused = "It builds on a change that the server refused; the app will offer it again without it.",
            "يعتمد على تغيير رفضه الخادم؛ سيعرضه التطبيق مرة أخرى بدونه.";
        unreadable = "The server cannot read it.",
            "لا يستطيع الخادم قراءته.";
        not_canonical = "It is not in the one encoding that the server takes.",
            "ليس بالترميز الوحيد الذي يقبله الخادم.";
        too_large = "It is larger than the server takes.",
            "أكبر مما يقبله الخادم.";
        other_organisation = "It names another organisation.",
            "يسمّي مؤسسة أخرى.";
        other_device = "It names another device.",
            "يسمّي جهازًا آخر.";
        closed_epoch = "It is numbered in a series that was closed because two copies of this phone used it.",
            "رقمه من سلسلة أُغلقت لأن نسختين من هذا الهاتف استخدمتاها.";
        number_used_twice = "Its number was used before, for something else.",
            "استُخدم رقمه من قبل لشيء آخر.";
        not_permitted = "Its author had no right to do this there.",
            "لم يكن لصاحبه حق في فعل ذلك هناك.";
        not_certified = "Its author was never enrolled on this device.",
            "لم يُسجَّل صاحبه على هذا الجهاز قط.";
        revoked = "The device was revoked before this arrived.",
            "أُلغي الجهاز قبل وصول هذا.";
        wrong_scope = "It belongs to a place where this cannot be.",
            "ينتمي إلى مكان لا يمكن أن يكون فيه.";
        from_server_only = "Only the server writes this.",
            "لا يكتب هذا إلا الخادم.";
        out_of_range = "A value in it is outside of what is allowed.",
            "فيه قيمة خارج المسموح.";
        unknown_release = "It refers to content that was never published.",
            "يشير إلى محتوى لم يُنشر قط.";
        wrong_document = "It does not belong to the document that it names.",
            "لا ينتمي إلى المستند الذي يسمّيه.";
        locked = "The run was signed off, and its author knew.",
            "كان التنفيذ معتمدًا، وكان صاحبه يعلم.";
        withdrawn = "The run was withdrawn, and its author knew.",
            "كان التنفيذ مسحوبًا، وكان صاحبه يعلم.";
        not_an_answer = "It is not an answer that the item takes.",
            "ليس إجابة يقبلها البند.";
        unsound_change = "The change is not built as the document requires.",
            "لم يُبنَ التغيير كما يتطلب المستند.";
        wrong_author = "It claims to be another person's.",
            "يدّعي أنه لشخص آخر.";
        earlier_contact = "It claims an earlier contact with the server than the device had stated.",
            "يدّعي اتصالًا بالخادم أقدم مما صرّح به الجهاز.";
        too_many = "There are more of these than the document may hold.",
            "عددها أكثر مما يتسع له المستند.";
        keys_unreadable = "The server cannot open the key of what it says about a customer. The words stay on the phone; a person may let the rest in without them.",
            "لا يستطيع الخادم فتح مفتاح ما قيل عن العميل. تبقى الكلمات على الهاتف، ويمكن لشخص أن يقبل الباقي بدونها.";
        graded_otherwise = "Its answers are worth something else than the phone worked out; update the app and hand the attempt in again.",
            "إجاباته تساوي غير ما حسبه الهاتف؛ حدّث التطبيق وسلّم المحاولة مرة أخرى.";
        unknown_asset = "It is about something that never stood at the place where it was done.",
            "هو بشأن شيء لم يكن قط في المكان الذي أُنجز فيه.";
        id_taken = "Something else was captured under its id before.",
            "سُجّل شيء آخر بمعرّفه من قبل.";
        unknown = "The server gave a reason that this version of the console does not know.",
            "ذكر الخادم سببًا لا تعرفه هذه النسخة من اللوحة.";
    }
}

impl Reasons {
    /// What people read for a code.
    pub fn of(&self, code: Code) -> &'static str {
        match code {
            Code::WAITS_FOR_DEPENDENCY => self.waits_for_dependency,
            Code::WAITS_FOR_EARLIER => self.waits_for_earlier,
            Code::WAITS_FOR_REFUSED => self.waits_for_refused,
            Code::UNREADABLE => self.unreadable,
            Code::NOT_CANONICAL => self.not_canonical,
            Code::TOO_LARGE => self.too_large,
            Code::OTHER_ORGANISATION => self.other_organisation,
            Code::OTHER_DEVICE => self.other_device,
            Code::CLOSED_EPOCH => self.closed_epoch,
            Code::NUMBER_USED_TWICE => self.number_used_twice,
            Code::NOT_PERMITTED => self.not_permitted,
            Code::NOT_CERTIFIED => self.not_certified,
            Code::REVOKED => self.revoked,
            Code::WRONG_SCOPE => self.wrong_scope,
            Code::FROM_SERVER_ONLY => self.from_server_only,
            Code::OUT_OF_RANGE => self.out_of_range,
            Code::UNKNOWN_RELEASE => self.unknown_release,
            Code::WRONG_DOCUMENT => self.wrong_document,
            Code::LOCKED => self.locked,
            Code::NOT_AN_ANSWER => self.not_an_answer,
            Code::UNSOUND_CHANGE => self.unsound_change,
            Code::WRONG_AUTHOR => self.wrong_author,
            Code::EARLIER_CONTACT => self.earlier_contact,
            Code::TOO_MANY => self.too_many,
            Code::KEYS_UNREADABLE => self.keys_unreadable,
            Code::GRADED_OTHERWISE => self.graded_otherwise,
            Code::WITHDRAWN => self.withdrawn,
            Code::UNKNOWN_ASSET => self.unknown_asset,
            Code::ID_TAKEN => self.id_taken,
            _ => self.unknown,
        }
    }
}
