//! The package's word goes before the workspace's: code by code for levels, key by key for the rest.

use super::Policy;
use super::written::Written;

/// One policy of two.
pub(super) fn combine(workspace: Written, package: Written) -> Policy {
    let mut levels = package.levels;
    for (code, ruled, place) in workspace.levels {
        if levels.iter().all(|(known, ..)| *known != code) {
            levels.push((code, ruled, place));
        }
    }
    let contact = package.contact.or(workspace.contact);
    let help_url = package.help_url.or(workspace.help_url);
    let mut mistakes = workspace.mistakes;
    mistakes.extend(package.mistakes);
    Policy {
        levels,
        max_workers: package.max_workers.or(workspace.max_workers),
        required: package.required.or(workspace.required).unwrap_or_default(),
        contacts: contact
            .into_iter()
            .chain(help_url.map(|url| format!("see {url}")))
            .collect(),
        mistakes,
        ..Policy::default()
    }
}

/// What counts of a policy that came with a dependency: its authors may have lowered what its code needs lowered; what they
/// demand of each other is not for their users to fulfil.
pub(super) fn of_a_dependency(mut package: Written) -> Policy {
    package
        .levels
        .retain(|(_, ruled, _)| *ruled != super::Ruled::Deny);
    Policy {
        levels: package.levels,
        ..Policy::default()
    }
}
