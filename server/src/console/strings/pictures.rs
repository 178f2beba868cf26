//! Photos and signatures at a run.

use super::strings;

strings! {
    /// A photo or a signature.
    Pictures {
        title = "Picture",
            "الصورة";
        alt = "Picture for: {item}",
            "صورة للبند: {item}";
        sound_alt = "Recording for: {item}",
            "تسجيل للبند: {item}";
        action_alt = "Photo of a comment",
            "صورة من تعليق";
        drawn = "Drawn on the screen",
            "رُسمت على الشاشة";
        waiting = "Has not arrived yet",
            "لم تصل بعد";
        waiting_text = "It is on the phone that took it, and comes after what was written, once the phone has a network for pictures.",
            "هي على الهاتف الذي التقطها، وتصل بعد ما كُتب، متى توفرت للهاتف شبكة للصور.";
        by = "Added by",
            "أضافها";
        taken = "Taken",
            "التُقطت";
        live = "With the phone's camera at that moment",
            "بكاميرا الهاتف في تلك اللحظة";
        album = "Before, and chosen from the phone",
            "قبل ذلك، واختيرت من الهاتف";
        not_live = "{n} photo was not taken at that moment: it was chosen from the phone|{n} photos were not taken at that moment: they were chosen from the phone",
            "لا صور مختارة من الهاتف|صورة واحدة لم تُلتقط في تلك اللحظة: اختيرت من الهاتف|صورتان لم تُلتقطا في تلك اللحظة: اختيرتا من الهاتف|{n} صور لم تُلتقط في تلك اللحظة: اختيرت من الهاتف|{n} صورة لم تُلتقط في تلك اللحظة: اختيرت من الهاتف|{n} صورة لم تُلتقط في تلك اللحظة: اختيرت من الهاتف";
        bytes = "Size",
            "الحجم";
        size = "{width} × {height} pixels, {kib} KiB",
            "{width} × {height} بكسل، {kib} كيبيبايت";
    }
}
