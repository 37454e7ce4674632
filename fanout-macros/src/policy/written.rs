//! What one table says, before it is known what another says.

use super::keys::Ruled;
use super::{Mistake, Place};
use crate::options::Opt;

/// The `metadata.fanout` of a package or of a workspace.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) levels: Vec<(&'static str, Ruled, Place)>,
    pub(super) max_workers: Option<(u128, Place)>,
    pub(super) required: Option<Vec<(Opt, Place)>>,
    pub(super) help_url: Option<String>,
    pub(super) contact: Option<String>,
    pub(super) mistakes: Vec<Mistake>,
}
