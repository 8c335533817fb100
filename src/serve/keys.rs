//! Single keys from the terminal.
//!
//! The terminal gives lines; while we listen it gives keys, unseen. However
//! the program ends, [`Keys::restore`] is to be called before.

use std::io::{IsTerminal as _, Read as _};
use std::sync::{Arc, Mutex, PoisonError};

/// The terminal, listened to.
#[derive(Debug, Clone)]
pub struct Keys {
    before: Arc<Mutex<Option<mode::Mode>>>,
}

impl Keys {
    /// Calls `pressed` with every key, from a thread of its own. `None` where
    /// standard input is no terminal, or one that we are in the background of.
    pub fn listen(mut pressed: impl FnMut(char) + Send + 'static) -> Option<Self> {
        let input = std::io::stdin();
        if !input.is_terminal() {
            return None;
        }
        let before = mode::keys()?;
        std::thread::spawn(move || {
            let mut byte = [0_u8];
            while let Ok(1) = input.lock().read(&mut byte) {
                pressed(char::from(byte[0]));
            }
        });
        Some(Self { before: Arc::new(Mutex::new(Some(before))) })
    }

    /// Gives the terminal back as it was.
    pub fn restore(&self) {
        if let Some(mode) = self.before.lock().unwrap_or_else(PoisonError::into_inner).take() {
            mode::restore(&mode);
        }
    }
}

#[cfg(unix)]
mod mode {
    use rustix::process::getpgrp;
    use rustix::stdio::stdin;
    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcgetpgrp, tcsetattr};

    pub(super) type Mode = Termios;

    /// Turns lines and echo off; Ctrl-C and its like stay.
    pub(super) fn keys() -> Option<Mode> {
        // From the background, setting a mode would stop us.
        if tcgetpgrp(stdin()).ok()? != getpgrp() {
            return None;
        }
        let before = tcgetattr(stdin()).ok()?;
        let mut keys = before.clone();
        keys.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        tcsetattr(stdin(), OptionalActions::Now, &keys).ok()?;
        Some(before)
    }

    pub(super) fn restore(mode: &Mode) {
        // The terminal may be gone; then there is nothing to give back.
        let _ = tcsetattr(stdin(), OptionalActions::Now, mode);
    }
}

/// Elsewhere keys come with the line that they are typed in: `r`, Enter.
#[cfg(not(unix))]
mod mode {
    #[derive(Debug)]
    pub(super) struct Mode;

    pub(super) fn keys() -> Option<Mode> {
        Some(Mode)
    }

    pub(super) fn restore(_: &Mode) {}
}
