//! What a library says of its surface, in the order of its names.

use std::collections::BTreeMap;

use anyhow::Context;
use uniffi_bindgen::macro_metadata::extract_from_library;
use uniffi_meta::{EnumMetadata, FieldMetadata, FnParamMetadata, Metadata, ObjectImpl, RecordMetadata, Type};

/// A call: a method of an object, a function, or a method that a shell implements.
pub struct Call {
    pub name: String,
    /// `open(draft: OpenDraft, platform: Platform) -> Frontline, throws`
    pub signature: String,
    pub is_async: bool,
    pub says: String,
}

/// An object, or a trait that a shell implements.
#[derive(Default)]
pub struct Class {
    pub says: String,
    pub is_foreign: bool,
    pub calls: Vec<Call>,
}

#[derive(Default)]
pub struct Surface {
    pub classes: BTreeMap<String, Class>,
    pub functions: Vec<Call>,
    pub records: BTreeMap<String, RecordMetadata>,
    pub enums: BTreeMap<String, EnumMetadata>,
}

impl Surface {
    pub fn read(library: &str) -> anyhow::Result<Self> {
        let mut all = extract_from_library(library.into()).with_context(|| library.to_owned())?;
        all.sort();
        let mut surface = Self::default();
        for one in all {
            surface.add(one);
        }
        surface.classes.values_mut().for_each(|class| class.calls.sort_by(|a, b| a.name.cmp(&b.name)));
        Ok(surface)
    }

    fn class(&mut self, name: &str) -> &mut Class {
        self.classes.entry(name.to_owned()).or_default()
    }

    fn add(&mut self, one: Metadata) {
        match one {
            Metadata::Object(o) => {
                let class = self.class(&o.name);
                class.says = o.docstring.unwrap_or_default();
                class.is_foreign = o.imp != ObjectImpl::Struct;
            }
            Metadata::CallbackInterface(c) => {
                let class = self.class(&c.name);
                class.says = c.docstring.unwrap_or_default();
                class.is_foreign = true;
            }
            Metadata::Func(f) => {
                self.functions.push(call(&f.name, &f.inputs, f.return_type.as_ref(), f.throws.is_some(), f.is_async, f.docstring));
            }
            Metadata::Constructor(c) => {
                let made = call(&c.name, &c.inputs, None, c.throws.is_some(), c.is_async, c.docstring);
                let made = Call { signature: format!("{} (makes one)", made.signature), ..made };
                self.class(&c.self_name).calls.push(made);
            }
            Metadata::Method(m) => {
                let made = call(&m.name, &m.inputs, m.return_type.as_ref(), m.throws.is_some(), m.is_async, m.docstring);
                self.class(&m.self_name).calls.push(made);
            }
            Metadata::TraitMethod(m) => {
                let made = call(&m.name, &m.inputs, m.return_type.as_ref(), m.throws.is_some(), m.is_async, m.docstring);
                self.class(&m.trait_name).calls.push(made);
            }
            Metadata::Record(r) => {
                self.records.insert(r.name.clone(), r);
            }
            Metadata::Enum(e) => {
                self.enums.insert(e.name.clone(), e);
            }
            Metadata::Namespace(_) | Metadata::UdlFile(_) | Metadata::UniffiTrait(_) | Metadata::CustomType(_) | Metadata::ObjectTraitImpl(_) => {}
        }
    }

    /// Calls that a shell makes: of objects, and functions.
    pub fn calls(&self) -> usize {
        self.functions.len() + self.classes.values().filter(|c| !c.is_foreign).map(|c| c.calls.len()).sum::<usize>()
    }

    pub fn figures(&self) -> String {
        let objects = self.classes.values().filter(|c| !c.is_foreign).count();
        let foreign = self.classes.len() - objects;
        let (records, enums) = (self.records.len(), self.enums.len());
        format!("{} calls of {objects} objects, {foreign} traits that a shell implements, {records} records, {enums} enums", self.calls())
    }

    /// A line for each thing that a shell can name: what a reviewer sees change.
    pub fn list(&self) -> String {
        let mut out = format!("# The surface, line by line; written by shells/bindgen out of the built library. {}\n", self.figures());
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        self.functions.iter().for_each(|f| line(format!("fn {}", f.signature)));
        for (name, class) in &self.classes {
            let kind = if class.is_foreign { "trait" } else { "object" };
            class.calls.iter().for_each(|c| line(format!("{kind} {name}.{}", c.signature)));
        }
        for (name, record) in &self.records {
            record.fields.iter().for_each(|f| line(format!("record {name}.{}", field(f))));
        }
        for (name, one) in &self.enums {
            let kind = if one.shape.is_error() { "error" } else { "enum" };
            one.variants.iter().for_each(|v| line(format!("{kind} {name}.{}{}", v.name, fields(&v.fields))));
        }
        out
    }
}

fn call(
    name: &str,
    inputs: &[FnParamMetadata],
    gives: Option<&Type>,
    throws: bool,
    is_async: bool,
    says: Option<String>,
) -> Call {
    let inputs: Vec<String> = inputs.iter().map(|i| format!("{}: {}", i.name, shown(&i.ty))).collect();
    let gives = gives.map(|ty| format!(" -> {}", shown(ty))).unwrap_or_default();
    let marks = [is_async.then_some(", async"), throws.then_some(", throws")];
    let marks: String = marks.into_iter().flatten().collect();
    Call { name: name.to_owned(), signature: format!("{name}({}){gives}{marks}", inputs.join(", ")), is_async, says: says.unwrap_or_default() }
}

pub fn field(field: &FieldMetadata) -> String {
    let default = if field.default.is_some() { " = default" } else { "" };
    format!("{}: {}{default}", field.name, shown(&field.ty))
}

/// The fields of a variant, in braces; nothing where it has none.
pub fn fields(all: &[FieldMetadata]) -> String {
    let shown: Vec<String> = all.iter().map(field).collect();
    if shown.is_empty() { String::new() } else { format!(" {{ {} }}", shown.join(", ")) }
}

/// A type as a reader knows it: `[Words]`, `Int64?`.
pub fn shown(ty: &Type) -> String {
    match ty {
        Type::Record { name, .. } | Type::Enum { name, .. } | Type::Object { name, .. } | Type::CallbackInterface { name, .. } => name.clone(),
        Type::Optional { inner_type } => format!("{}?", shown(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", shown(inner_type)),
        Type::Map { key_type, value_type } => format!("[{}: {}]", shown(key_type), shown(value_type)),
        Type::Box { inner_type } => shown(inner_type),
        plain => format!("{plain:?}"),
    }
}

/// Whether an object lies somewhere in a type.
pub fn has_object(ty: &Type) -> bool {
    match ty {
        Type::Object { .. } | Type::CallbackInterface { .. } => true,
        Type::Optional { inner_type } | Type::Sequence { inner_type } | Type::Box { inner_type } => has_object(inner_type),
        Type::Map { key_type, value_type } => has_object(key_type) || has_object(value_type),
        _ => false,
    }
}
