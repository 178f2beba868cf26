//! The suite that any implementation of [`super::Store`] has to pass.
