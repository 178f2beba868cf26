//! What the surface keeps to, each with what went wrong elsewhere.

use crate::surface::{Surface, has_object};

/// A facade that grows by a method for every wish is where such libraries rot: sixty, the six of corrective actions, those that read
/// a code and say whose label it is, one of instruments, and four of what is heard and drawn.
const CALLS: usize = 73;
const OF_A_SERVICE: usize = 14;
/// A shell has words for each of them.
const ERRORS: usize = 9;

/// Each rule that is broken, in words.
pub fn broken(surface: &Surface) -> Vec<String> {
    let mut out = Vec::new();
    if surface.calls() > CALLS {
        out.push(format!("the surface has {} calls; {CALLS} are what one can know", surface.calls()));
    }
    for (name, class) in &surface.classes {
        if !class.is_foreign && class.calls.len() > OF_A_SERVICE {
            out.push(format!("{name} has {} calls; a service has at most {OF_A_SERVICE}", class.calls.len()));
        }
        for call in class.calls.iter().filter(|c| class.is_foreign && c.is_async) {
            out.push(format!("{name}.{} is async and foreign: what is generated for it is not Swift 6", call.name));
        }
    }
    for (name, one) in surface.enums.iter().filter(|(_, e)| e.shape.is_error()) {
        if one.variants.len() > ERRORS {
            out.push(format!("{name} has {} kinds; {ERRORS} at most", one.variants.len()));
        }
    }
    let of_records = surface.records.iter().flat_map(|(name, r)| r.fields.iter().map(move |f| (name, f)));
    let of_enums = surface.enums.iter().flat_map(|(name, e)| e.variants.iter().flat_map(|v| &v.fields).map(move |f| (name, f)));
    for (name, field) in of_records.chain(of_enums) {
        if has_object(&field.ty) {
            out.push(format!("{name}.{} is an object within a record: nobody knows who closes it", field.name));
        }
        if field.name.contains("json") {
            out.push(format!("{name}.{} is JSON in a text: no compiler checks it", field.name));
        }
    }
    for (name, class) in surface.classes.iter().filter(|(_, c)| c.says.is_empty()) {
        out.push(format!("{name} has no words ({} calls)", class.calls.len()));
    }
    out
}
