//! People and their roles.

use frontline_domain::permission::Role;

use super::strings;

strings! {
    /// The roles of the field.
    Roles {
        staff = "Staff",
            "موظف";
        technician = "Technician",
            "فنّي";
        supervisor = "Shift lead",
            "مسؤول وردية";
        manager = "Manager",
            "مدير";
        author = "Author",
            "مؤلف محتوى";
        admin = "Administrator",
            "مسؤول النظام";
        integrator = "Program",
            "برنامج";
    }
}
impl Roles {
    pub fn of(&self, role: Role) -> &'static str {
        match role {
            Role::Staff => self.staff,
            Role::Technician => self.technician,
            Role::Supervisor => self.supervisor,
            Role::Manager => self.manager,
            Role::Author => self.author,
            Role::Admin => self.admin,
            Role::Integrator => self.integrator,
        }
    }
}
strings! {
    /// People.
    People {
        title = "People",
            "الأشخاص";
        lead = "Everybody with a role, by name.",
            "كل من له دور، حسب الاسم.";
        name = "Name",
            "الاسم";
        slug = "Short name",
            "الاسم المختصر";
        roles = "Roles",
            "الأدوار";
        role = "Role",
            "الدور";
        role_at = "{role}, {site}",
            "{role}، {site}";
        everywhere = "everywhere",
            "في كل مكان";
        devices = "Devices",
            "الأجهزة";
        language = "Language",
            "اللغة";
        roleless = "Without a role",
            "بلا دور";
        withdrawn = "Left",
            "غادر";
        active = "Active",
            "نشط";
        empty = "Nobody yet",
            "لا أحد بعد";
        empty_text = "People appear here once content with them has been pushed, or an administrator has added them.",
            "يظهر الأشخاص هنا بعد نشر محتوى يضمّهم أو بعد أن يضيفهم مسؤول.";
        about = "About this person",
            "عن هذا الشخص";
        sign_in = "Console",
            "لوحة المدير";
        may_sign_in = "Can sign in",
            "يمكنه الدخول";
        may_not = "Can't sign in",
            "لا يمكنه الدخول";
        grants = "Roles, now and before",
            "الأدوار، الآن وسابقًا";
        since = "Since {time}",
            "منذ {time}";
        from_to = "{from} to {to}",
            "{from} إلى {to}";
        no_grants = "No role was ever given",
            "لم يُمنح أي دور";
        certificates = "Devices and certificates",
            "الأجهزة والشهادات";
        certified = "May write on it since {time}, enrolled at {site}",
            "يمكنه الكتابة عليه منذ {time}، سُجّل في {site}";
        no_certificates = "Enrolled on no device",
            "غير مسجّل على أي جهاز";
        training = "Training",
            "التدريب";
        training_text = "As far as the person's devices have reported.",
            "بحسب ما أبلغت أجهزة الشخص.";
        lessons = "{n} of {total} lessons read to the end|{n} of {total} lessons read to the end",
            "لم يُقرأ أي من {total} دروس حتى النهاية|قُرئ درس واحد من {total} حتى النهاية|قُرئ درسان من {total} حتى النهاية|قُرئت {n} دروس من {total} حتى النهاية|قُرئ {n} درسًا من {total} حتى النهاية|قُرئ {n} درس من {total} حتى النهاية";
        last_read = "Last read {time}",
            "آخر قراءة {time}";
        no_training = "No lesson was read yet",
            "لم يُقرأ أي درس بعد";
        assign = "Assign something",
            "تكليف بشيء";
    }
}
