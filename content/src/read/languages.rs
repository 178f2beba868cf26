//! Languages that exist. A tag may be well formed and stand for none: then every text of a folder would seem to be in
//! the wrong language.

use frontline_domain::Lang;

/// The codes of two letters (ISO 639-1).
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie \
    ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv \
    mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm \
    rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts \
    tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Whether there is such a language. Codes of three letters are thousands, and are taken as they are, but for those
/// that stand for none.
pub fn is_known(lang: &Lang) -> bool {
    let base = lang.base();
    match base.as_str().len() {
        2 => CODES.split(' ').any(|code| code == base.as_str()),
        _ => !matches!(base.as_str(), "und" | "mis" | "mul" | "zxx" | "qaa"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_stands_for_a_language_or_for_none() {
        let known = |tag: &str| is_known(&tag.parse().expect("well formed"));
        assert!(["en", "ar", "pt-BR", "zh-Hant", "ckb"].into_iter().all(known));
        assert!(!["xx", "qq-QQ", "aq", "und"].into_iter().any(known));
    }
}
