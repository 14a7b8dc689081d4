//! A charity's profile: facts, capabilities, hours, periods. Plain data, read from
//! `dialogs/charities/<name>/charity.yaml`; an unknown fact stays unknown.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::calendar::WorkingCalendar;

#[derive(Clone, Debug)]
pub struct Charity {
    /// Folder name, e.g. `demo`.
    pub name: String,
    pub title_ar: String,
    pub title_en: String,
    /// Printed facts by name (`phone`, `email`, `site`, `address`, `licence` …), per language where
    /// they differ (`address.ar`).
    pub facts: BTreeMap<String, String>,
    pub capabilities: BTreeSet<String>,
    /// Through whom else people's words come, entered by staff (P16): words of `event::Source`.
    pub sources: Vec<String>,
    pub calendar: WorkingCalendar,
    pub periods: Periods,
    /// Help lines said at distress, in order: number, Arabic and English name.
    pub help_lines: Vec<HelpLine>,
    /// First digits of ID numbers that it accepts: "1" citizens, "2" residents.
    pub accepted_ids: Vec<char>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLine {
    pub number: String,
    pub ar: String,
    pub en: String,
}

/// The charity's own numbers (P8, DESIGN section 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Periods {
    /// Days from the complete file until an answer may be expected (a floor).
    pub answer_from_days: u32,
    /// Days until the latest answer, where the charity names one.
    pub answer_by_days: Option<u32>,
    /// Days until the latest answer to other kinds of requests, where the charity promises one.
    pub answer_days: BTreeMap<String, u32>,
    pub first_reminder_hours: u32,
    pub last_reminder_days: u32,
    pub forget_form_days: u32,
    pub objection_days: u32,
    /// Working minutes within which somebody should take a conversation over that waits; then the person hears of it
    /// and more are asked.
    pub claim_minutes: u32,
    /// Working minutes, from the same moment, after which staff are alerted again.
    pub alert_minutes: u32,
    /// Working minutes within which whoever waits for staff is to be answered.
    pub reply_minutes: u32,
}
