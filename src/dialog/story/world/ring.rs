//! The passing of time: timers ring in the order of their due times, each once, and what waited for a decent
//! hour leaves. As `timers` does it: a ring takes its timer away, whatever the machine makes of it.

use super::{Happened, Held, Impossible, Timer, Why, World};
use crate::dialog::story::entry::Jump;
use crate::event::{Millis, What};

/// Rings within one jump (rings); a timer that sets itself again at once would never end.
const RINGS_MAX: usize = 1_000;

/// What comes next on the way through time.
enum Next {
    Ring {
        who: usize,
        timer: String,
        due: Millis,
    },
    Leaves {
        who: usize,
        at: usize,
    },
}

impl World {
    /// Lets time pass. Going back rings nothing.
    pub(super) fn jump(&mut self, jump: Jump) -> Result<Vec<Happened>, Impossible> {
        let to = match jump {
            Jump::By(leap) => self.now.checked_add(leap),
            Jump::To(local) => self.moment(local),
        };
        let to = to.ok_or_else(|| Impossible("there is no such time".to_owned()))?;
        let mut happened = Vec::new();
        for _ in 0..RINGS_MAX {
            let Some((at, next)) = self.next(to) else {
                self.now = to;
                return Ok(happened);
            };
            // What is long due rings now.
            self.now = self.now.max(at);
            match next {
                Next::Ring { who, timer, due } => happened.extend(self.ring(who, timer, due)),
                Next::Leaves { who, at } => {
                    let held = self.people[who].held.remove(at);
                    happened.extend(self.say(who, vec![held.reply]));
                }
            }
        }
        Err(Impossible(format!(
            "more than {RINGS_MAX} timers rang in one jump"
        )))
    }

    fn ring(&mut self, who: usize, timer: String, due: Millis) -> Vec<Happened> {
        self.people[who].timers.remove(&timer);
        self.happen(who, What::Rang { timer, due }, "timer")
    }

    /// The earliest thing due until then, of everybody.
    fn next(&self, to: Millis) -> Option<(Millis, Next)> {
        let rings = (0..).zip(&self.people).flat_map(|(who, contact)| {
            contact.timers.iter().map(move |(name, timer)| {
                let (timer, due, at) = (name.clone(), timer.due, self.rings(timer));
                (at, Next::Ring { who, timer, due })
            })
        });
        let leaving = (0..).zip(&self.people).flat_map(|(who, contact)| {
            let held = contact.held.iter().enumerate();
            held.filter_map(move |(at, held)| Some((until(held)?, Next::Leaves { who, at })))
        });
        let due = rings.chain(leaving).filter(|(at, _)| *at <= to);
        due.min_by_key(|(at, _)| *at)
    }

    /// When a timer rings: a quiet one never at night, however long it is due.
    pub(super) fn rings(&self, timer: &Timer) -> Millis {
        match timer.quiet {
            true => self.decent(timer.due.max(self.now)),
            false => timer.due,
        }
    }
}

fn until(held: &Held) -> Option<Millis> {
    match held.why {
        Why::Until(due) => Some(due),
        Why::Never(_) => None,
    }
}
