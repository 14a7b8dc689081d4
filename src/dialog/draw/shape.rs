//! The outline of each kind of node, as paths of SVG within a box. A stranger to the table is a plain card.

/// A box in pixels, from its upper left corner.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    pub x: f64,
    pub y: f64,
    pub wide: f64,
    pub high: f64,
    /// Reading begins on the right.
    pub rtl: bool,
}

/// What is filled, and what is drawn over it.
pub struct Outline {
    pub body: String,
    pub over: Option<String>,
}

/// Space that the outline takes from each side of the box.
pub fn inset(what: &str) -> f64 {
    match what {
        "say" | "ask" | "call" | "act" | "review" => 14.0,
        "choose" | "guide" | "hand_over" | "survey" => 20.0,
        "branch" => 30.0,
        "start" | "end" | "dialog" => 16.0,
        _ => 12.0,
    }
}

/// How much taller than its text the box must be.
pub fn extra_height(what: &str) -> f64 {
    match what {
        "branch" => 18.0,
        "locate" | "sign" | "look_up" => 10.0,
        "dialog" => 6.0,
        _ => 0.0,
    }
}

/// How far the text stands from the middle of the box, downwards.
pub fn shift(what: &str) -> f64 {
    match what {
        "look_up" => 4.0,
        "locate" | "sign" => -4.0,
        _ => 0.0,
    }
}

/// The share of the lower side from which links leave.
pub fn side(what: &str) -> f64 {
    match what {
        "branch" | "locate" => 0.0,
        "start" | "end" | "dialog" => 0.4,
        _ => 0.7,
    }
}

pub fn outline(what: &str, frame: Frame) -> Outline {
    let body = |body: String| Outline { body, over: None };
    match what {
        "say" => body(bubble(frame)),
        "ask" => body(slanted(frame)),
        "choose" => body(points(frame, 14.0)),
        "branch" => body(points(frame, frame.wide / 2.0)),
        "consent" => body(cut(frame)),
        "attach" => folded(frame),
        "locate" => body(pin(frame)),
        "review" => stacked(frame),
        "sign" => body(wavy(frame)),
        "submit" => Outline {
            body: rounded(frame, 4.0),
            over: Some(rounded(shrunk(frame, 4.0), 2.0)),
        },
        "look_up" => drum(frame),
        "call" => Outline {
            body: rounded(frame, 3.0),
            over: Some(bars(frame)),
        },
        "hand_over" => body(signpost(frame)),
        "act" => body(plaque(frame)),
        "survey" => body(barrel(frame)),
        "guide" => body(flag(frame)),
        "start" | "end" => body(rounded(frame, frame.high / 2.0)),
        "dialog" => {
            let inner = shrunk(frame, 4.0);
            Outline {
                body: rounded(frame, frame.high / 2.0),
                over: Some(rounded(inner, inner.high / 2.0)),
            }
        }
        "form" => folded(frame),
        "talk" => body(rounded(frame, 14.0)),
        _ => body(rounded(frame, 6.0)),
    }
}

impl Frame {
    /// A point by its distance from the side where reading begins, and from the top.
    fn at(&self, across: f64, down: f64) -> String {
        let x = match self.rtl {
            true => self.x + self.wide - across,
            false => self.x + across,
        };
        format!("{} {}", px(x), px(self.y + down))
    }
}

/// A number as SVG has it: a tenth of a pixel is the finest that anybody sees.
pub fn px(number: f64) -> String {
    let tenths = (number * 10.0).round() as i64;
    match tenths % 10 {
        0 => format!("{}", tenths / 10),
        _ => format!("{:.1}", tenths as f64 / 10.0),
    }
}

fn shrunk(frame: Frame, by: f64) -> Frame {
    Frame {
        x: frame.x + by,
        y: frame.y + by,
        wide: (frame.wide - 2.0 * by).max(1.0),
        high: (frame.high - 2.0 * by).max(1.0),
        ..frame
    }
}

/// A closed way through these points.
fn through(frame: Frame, points: &[(f64, f64)]) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|(across, down)| frame.at(*across, *down))
        .collect();
    format!("M{}Z", points.join("L"))
}

fn rounded(frame: Frame, radius: f64) -> String {
    let radius = radius.min(frame.high / 2.0).min(frame.wide / 2.0);
    let Frame {
        x, y, wide, high, ..
    } = frame;
    format!(
        "M{} {}h{}a{r} {r} 0 0 1 {r} {r}v{v}a{r} {r} 0 0 1 -{r} {r}h-{}a{r} {r} 0 0 1 -{r} -{r}v-{v}a{r} {r} 0 0 1 {r} -{r}Z",
        px(x + radius),
        px(y),
        px(wide - 2.0 * radius),
        px(wide - 2.0 * radius),
        r = px(radius),
        v = px(high - 2.0 * radius),
    )
}

/// What somebody says: its tail on the side where reading begins.
fn bubble(frame: Frame) -> String {
    let body = Frame {
        x: frame.x + 8.0,
        wide: frame.wide - 16.0,
        ..frame
    };
    let (wide, high) = (body.wide, body.high);
    let (middle, radius) = (high / 2.0, 12.0f64.min(high / 2.0));
    let at = |across: f64, down: f64| body.at(across, down);
    let bow = |corner: (f64, f64), to: (f64, f64)| {
        format!("Q{} {}", at(corner.0, corner.1), at(to.0, to.1))
    };
    // One line around both, so that nothing parts the tail from the bubble.
    format!(
        "M{}{}L{}{}L{}{}L{}{}L{}L{}L{}Z",
        at(0.0, radius),
        bow((0.0, 0.0), (radius, 0.0)),
        at(wide - radius, 0.0),
        bow((wide, 0.0), (wide, radius)),
        at(wide, high - radius),
        bow((wide, high), (wide - radius, high)),
        at(radius, high),
        bow((0.0, high), (0.0, high - radius)),
        at(0.0, middle + 7.0),
        at(-8.0, middle + 9.0),
        at(0.0, middle - 5.0),
    )
}

/// What somebody puts in.
fn slanted(frame: Frame) -> String {
    let Frame { wide, high, .. } = frame;
    through(
        frame,
        &[(10.0, 0.0), (wide, 0.0), (wide - 10.0, high), (0.0, high)],
    )
}

/// Six corners, or four where the points meet in the middle.
fn points(frame: Frame, depth: f64) -> String {
    let Frame { wide, high, .. } = frame;
    let middle = high / 2.0;
    through(
        frame,
        &[
            (0.0, middle),
            (depth, 0.0),
            (wide - depth, 0.0),
            (wide, middle),
            (wide - depth, high),
            (depth, high),
        ],
    )
}

/// Eight corners.
fn cut(frame: Frame) -> String {
    let Frame { wide, high, .. } = frame;
    let by = 9.0;
    through(
        frame,
        &[
            (0.0, by),
            (by, 0.0),
            (wide - by, 0.0),
            (wide, by),
            (wide, high - by),
            (wide - by, high),
            (by, high),
            (0.0, high - by),
        ],
    )
}

/// A sheet with a folded corner, on the side where reading ends.
fn folded(frame: Frame) -> Outline {
    let Frame { wide, high, .. } = frame;
    let by = 13.0;
    let sheet = [
        (0.0, 0.0),
        (wide - by, 0.0),
        (wide, by),
        (wide, high),
        (0.0, high),
    ];
    let fold = [(wide - by, 0.0), (wide - by, by), (wide, by)];
    Outline {
        body: through(frame, &sheet),
        over: Some(through(frame, &fold)),
    }
}

/// A needle that points at a place.
fn pin(frame: Frame) -> String {
    let Frame { wide, high, .. } = frame;
    let points = [
        (0.0, 0.0),
        (wide, 0.0),
        (wide, high - 11.0),
        (wide / 2.0, high),
        (0.0, high - 11.0),
    ];
    through(frame, &points)
}

/// Sheets on each other.
fn stacked(frame: Frame) -> Outline {
    let Frame { wide, high, .. } = frame;
    let below = |by: f64| {
        let down = high - 8.0 + by;
        format!(
            "M{}L{}L{}",
            frame.at(by, down),
            frame.at(wide - 8.0 + by, down),
            frame.at(wide - 8.0 + by, by)
        )
    };
    let top = [
        (0.0, 0.0),
        (wide - 8.0, 0.0),
        (wide - 8.0, high - 8.0),
        (0.0, high - 8.0),
    ];
    Outline {
        body: through(frame, &top),
        over: Some(below(4.0) + &below(8.0)),
    }
}

/// A sheet that is signed at its foot.
fn wavy(frame: Frame) -> String {
    let Frame { wide, high, .. } = frame;
    let foot = high - 5.0;
    format!(
        "M{}L{}L{}C{} {} {}C{} {} {}Z",
        frame.at(0.0, 0.0),
        frame.at(wide, 0.0),
        frame.at(wide, foot),
        frame.at(wide * 0.83, foot - 9.0),
        frame.at(wide * 0.67, foot - 5.0),
        frame.at(wide * 0.5, foot),
        frame.at(wide * 0.33, foot + 7.0),
        frame.at(wide * 0.17, foot + 7.0),
        frame.at(0.0, foot),
    )
}

/// Where requests are kept.
fn drum(frame: Frame) -> Outline {
    let Frame { wide, high, .. } = frame;
    let (lid, sweep) = (7.0, if frame.rtl { 0 } else { 1 });
    let arc = format!("A{} {} 0 0", px(wide / 2.0), px(lid));
    let body = format!(
        "M{}{arc} {sweep} {}L{}{arc} {sweep} {}Z",
        frame.at(0.0, lid),
        frame.at(wide, lid),
        frame.at(wide, high - lid),
        frame.at(0.0, high - lid),
    );
    let other = 1 - sweep;
    let over = format!(
        "M{}{arc} {other} {}",
        frame.at(0.0, lid),
        frame.at(wide, lid)
    );
    Outline {
        body,
        over: Some(over),
    }
}

fn bars(frame: Frame) -> String {
    let Frame { wide, high, .. } = frame;
    format!(
        "M{}L{}M{}L{}",
        frame.at(7.0, 0.0),
        frame.at(7.0, high),
        frame.at(wide - 7.0, 0.0),
        frame.at(wide - 7.0, high)
    )
}

/// Points on in the direction of reading.
fn signpost(frame: Frame) -> String {
    let Frame { wide, high, .. } = frame;
    let points = [
        (0.0, 0.0),
        (wide - 16.0, 0.0),
        (wide, high / 2.0),
        (wide - 16.0, high),
        (0.0, high),
    ];
    through(frame, &points)
}

/// Corners cut out.
fn plaque(frame: Frame) -> String {
    let Frame { wide, high, .. } = frame;
    let by = 8.0;
    let corner = |corner: (f64, f64), to: (f64, f64)| {
        // The bow goes inwards: it is pulled to a point inside.
        let pull = |edge: f64, full: f64| if edge > 0.0 { full - by } else { by };
        format!(
            "Q{} {}",
            frame.at(pull(corner.0, wide), pull(corner.1, high)),
            frame.at(to.0, to.1)
        )
    };
    format!(
        "M{}L{}{}L{}{}L{}{}L{}{}Z",
        frame.at(by, 0.0),
        frame.at(wide - by, 0.0),
        corner((wide, 0.0), (wide, by)),
        frame.at(wide, high - by),
        corner((wide, high), (wide - by, high)),
        frame.at(by, high),
        corner((0.0, high), (0.0, high - by)),
        frame.at(0.0, by),
        corner((0.0, 0.0), (by, 0.0)),
    )
}

/// Sides that bulge.
fn barrel(frame: Frame) -> String {
    let Frame { wide, high, .. } = frame;
    let (by, middle) = (12.0, high / 2.0);
    format!(
        "M{}L{}Q{} {}L{}Q{} {}Z",
        frame.at(by, 0.0),
        frame.at(wide - by, 0.0),
        frame.at(wide + by * 0.6, middle),
        frame.at(wide - by, high),
        frame.at(by, high),
        frame.at(-by * 0.6, middle),
        frame.at(by, 0.0),
    )
}

/// A pennant: the side where reading ends is notched.
fn flag(frame: Frame) -> String {
    let Frame { wide, high, .. } = frame;
    let points = [
        (0.0, 0.0),
        (wide, 0.0),
        (wide - 12.0, high / 2.0),
        (wide, high),
        (0.0, high),
    ];
    through(frame, &points)
}
