//! What leaves a phone of a photo: [`frontline_domain::media::clean`], which pictures of content pass too. Its tests are
//! here, where pictures are decoded.

pub use frontline_domain::media::clean::*;

#[cfg(test)]
mod tests;
