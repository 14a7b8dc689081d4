//! How the stories ended, for people: what held, what did not, where and how it differs.

use std::fmt;

/// All stories of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub stories: Vec<Outcome>,
    /// What kept the run from proving anything, such as that there is no story.
    pub problem: Option<String>,
}

/// One story on every channel that it was told on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Path below the `dialogs` folder.
    pub path: String,
    pub channels: Vec<String>,
    pub failures: Vec<Failure>,
    /// The file as it should now read, when it was to be rewritten and differs.
    pub rewritten: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Line of the story, from 1.
    pub line: usize,
    pub what: String,
    /// What was done, and the difference.
    pub details: Vec<String>,
    /// Where it failed; empty when it concerns no channel.
    pub channels: Vec<String>,
}

impl Failure {
    pub fn new(line: usize, what: impl Into<String>) -> Failure {
        Failure {
            line,
            what: what.into(),
            details: Vec::new(),
            channels: Vec::new(),
        }
    }
}

impl Outcome {
    pub fn holds(&self) -> bool {
        self.failures.is_empty()
    }
}

impl Report {
    /// Whether every story holds, and there was at least one.
    pub fn holds(&self) -> bool {
        self.problem.is_none() && self.stories.iter().all(Outcome::holds)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for story in &self.stories {
            story.fmt(f)?;
        }
        if let Some(problem) = &self.problem {
            return writeln!(f, "{problem}");
        }
        let held = self.stories.iter().filter(|story| story.holds()).count();
        writeln!(f, "{held} of {} stories hold.", self.stories.len())
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rewritten.is_some() {
            writeln!(
                f,
                "{}: rewritten; read the difference before you keep it.\n",
                self.path
            )?;
        }
        for failure in &self.failures {
            write!(f, "{}:{}: {}", self.path, failure.line, failure.what)?;
            let everywhere = failure.channels == self.channels;
            if !failure.channels.is_empty() && !everywhere {
                write!(f, " (on {})", failure.channels.join(", "))?;
            }
            writeln!(f)?;
            for line in &failure.details {
                writeln!(f, "    {line}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
