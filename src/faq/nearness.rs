//! How near a text is to the entries themselves: BM25 with each entry as one document, and the cosine to
//! the middle of each entry.

/// How fast a repeated feature counts less, and how much a long entry does (Robertson and Zaragoza 2009).
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// What every feature says of the entries that have it, feature by feature.
#[derive(Clone, Debug, Default)]
pub struct Nearness {
    entries: usize,
    /// Of each feature, where its postings begin.
    from: Vec<u32>,
    postings: Vec<Posting>,
}

#[derive(Clone, Copy, Debug)]
struct Posting {
    entry: u16,
    bm25: f32,
    middle: f32,
}

/// A phrasing: its entry, its features as counted, and their weights (of length one).
pub struct Phrasing<'a> {
    pub entry: usize,
    pub counted: &'a [(u32, f32)],
    pub weights: &'a [f32],
}

/// How near a text is to each entry.
#[derive(Clone, Debug, Default)]
pub struct Near {
    pub bm25: Vec<f32>,
    pub middle: Vec<f32>,
}

impl Nearness {
    pub fn of(entries: usize, features: usize, asked: &[Phrasing]) -> Nearness {
        let mut parts: Vec<(u32, u16, f32, f32)> = Vec::new();
        let mut lengths = vec![0.0_f32; entries];
        for phrasing in asked {
            for ((feature, count), weight) in phrasing.counted.iter().zip(phrasing.weights) {
                parts.push((*feature, phrasing.entry as u16, *count, *weight));
                lengths[phrasing.entry] += count;
            }
        }
        // Stable, so that sums are made in one order everywhere.
        parts.sort_by_key(|(feature, entry, _, _)| (*feature, *entry));
        let mut sums: Vec<(u32, u16, f32, f32)> = Vec::with_capacity(parts.len());
        for (feature, entry, count, weight) in parts {
            match sums.last_mut() {
                Some(last) if last.0 == feature && last.1 == entry => {
                    last.2 += count;
                    last.3 += weight;
                }
                _ => sums.push((feature, entry, count, weight)),
            }
        }
        let mut norms = vec![0.0_f32; entries];
        let mut from = vec![0_u32; features + 1];
        for (feature, entry, _, weight) in &sums {
            norms[usize::from(*entry)] += weight * weight;
            from[*feature as usize + 1] += 1;
        }
        for at in 0..features {
            from[at + 1] += from[at];
        }
        let average = lengths.iter().sum::<f32>() / entries.max(1) as f32;
        let postings = sums.iter().map(|(feature, entry, count, weight)| {
            let often = (from[*feature as usize + 1] - from[*feature as usize]) as f32;
            let rare = (1.0 + (entries as f32 - often + 0.5) / (often + 0.5)).ln();
            let long = 1.0 - B + B * lengths[usize::from(*entry)] / average.max(f32::MIN_POSITIVE);
            Posting {
                entry: *entry,
                bm25: rare * count * (K1 + 1.0) / (count + K1 * long),
                middle: weight / norms[usize::from(*entry)].sqrt().max(f32::MIN_POSITIVE),
            }
        });
        let postings = postings.collect();
        Nearness {
            entries,
            from,
            postings,
        }
    }

    /// Whether an entry has a feature.
    pub fn has(&self, feature: u32, entry: usize) -> bool {
        let (from, to) = (
            self.from[feature as usize] as usize,
            self.from[feature as usize + 1] as usize,
        );
        let known =
            self.postings[from..to].binary_search_by_key(&(entry as u16), |posting| posting.entry);
        known.is_ok()
    }

    /// How near a text is, by its features as counted and their weights (of length one, unknown features included).
    pub fn to(&self, counted: &[(u32, f32)], weights: &[f32]) -> Near {
        let mut near = Near {
            bm25: vec![0.0; self.entries],
            middle: vec![0.0; self.entries],
        };
        for ((feature, count), weight) in counted.iter().zip(weights) {
            let at = *feature as usize;
            for posting in &self.postings[self.from[at] as usize..self.from[at + 1] as usize] {
                let entry = usize::from(posting.entry);
                near.bm25[entry] += count * posting.bm25;
                near.middle[entry] += weight * posting.middle;
            }
        }
        near
    }
}
