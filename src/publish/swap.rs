//! From standby to site: steps 7 to 12.

use std::io::ErrorKind;

use super::manifest::{Manifest, Replay};
use super::standby::bring_up_to_date;
use super::steps::step;
use super::{How, Note, Place, Result, Step, Work, in_place};
use crate::build;
use crate::disk::{self, Swapped};

/// Publishes by way of the standby; in place after all, where the folder can't
/// be renamed.
pub(super) fn publish(
    work: &Work<'_>,
    plan: &build::Plan<'_>,
    replay: Option<Replay>,
    how: How,
    notes: &mut Vec<Note>,
) -> Result<Manifest> {
    let place = work.place;
    let site = bring_up_to_date(work)?;
    if how.sync {
        step(work.steps, Step::Sync, &place.standby)?;
        disk::sync(&place.standby)?;
    }
    let next = Manifest::new(&site, replay.clone())
        .made_of(Some(&work.output.sources))
        .and(&work.live.verified)
        .and_names(&work.live.doubtful);
    step(work.steps, Step::Record, &place.manifest)?;
    next.save(&place.manifest)?;
    step(work.steps, Step::Exchange, &place.output)?;
    if !disk::exists(&place.output) {
        disk::rename(&place.standby, &place.output)?;
        return Ok(next);
    }
    let blocked = match work.steps.exchange(&place.standby, &place.output)? {
        Swapped::Done => return Ok(next),
        Swapped::Mounted => Note::Mounted,
        Swapped::NotHere if two_renames(work)? => {
            notes.push(Note::TwoRenames);
            return Ok(next);
        }
        Swapped::NotHere => Note::HeldOpen,
    };
    notes.push(blocked);
    let next = in_place::publish(work, plan, replay)?;
    disk::remove_tree(&place.standby)?;
    Ok(next)
}

/// Steps 10 to 12. False, with nothing done, where the folder can't be renamed
/// because a program holds it open, as on Windows.
fn two_renames(work: &Work<'_>) -> Result<bool> {
    let place = work.place;
    let moved = step(work.steps, Step::MoveAway, &place.output)
        .and_then(|()| disk::rename(&place.output, &place.old));
    match moved {
        Err(e) if matches!(e.source.kind(), ErrorKind::PermissionDenied | ErrorKind::ResourceBusy) => {
            return Ok(false);
        }
        other => other?,
    }
    let moved = step(work.steps, Step::MoveIn, &place.output)
        .and_then(|()| disk::rename(&place.standby, &place.output));
    if let Err(error) = moved {
        disk::rename(&place.old, &place.output)?;
        return Err(error.into());
    }
    step(work.steps, Step::Keep, &place.standby)?;
    disk::rename(&place.old, &place.standby)?;
    Ok(true)
}

/// Ends what a run left undone that died between steps 10 and 12: puts the old
/// site back if there is none, else makes it the standby.
pub(super) fn recover(place: &Place) -> Result<()> {
    if !disk::exists(&place.old) {
        return Ok(());
    }
    if !disk::exists(&place.output) {
        disk::rename(&place.old, &place.output)?;
    } else if disk::exists(&place.standby) {
        disk::remove_tree(&place.old)?;
    } else {
        disk::rename(&place.old, &place.standby)?;
    }
    Ok(())
}
