//! How near a text is to the entries themselves: BM25 with each entry as one document, the cosine to the
//! middle of each entry, and the cosine to its nearest phrasing.

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
    /// The same for phrasings: number of the phrasing and weight.
    from_phrasing: Vec<u32>,
    phrasings: Vec<(u32, f32)>,
    entry_of: Vec<u16>,
}

#[derive(Clone, Copy, Debug)]
struct Posting {
    entry: u16,
    bm25: f32,
    middle: f32,
}

/// A phrasing: its entry, its features as counted, and as weighed (of length one).
pub struct Phrasing<'a> {
    pub entry: usize,
    pub counted: &'a [(u32, f32)],
    pub weighed: &'a [(u32, f32)],
}

/// How near a text is to each entry.
#[derive(Clone, Debug, Default)]
pub struct Near {
    pub bm25: Vec<f32>,
    pub middle: Vec<f32>,
    pub nearest: Vec<f32>,
}

impl Nearness {
    pub fn of(entries: usize, features: usize, asked: &[Phrasing]) -> Nearness {
        let mut parts: Vec<(u32, u16, f32, f32)> = Vec::new();
        let mut lengths = vec![0.0_f32; entries];
        for phrasing in asked {
            for ((feature, count), (_, weight)) in phrasing.counted.iter().zip(phrasing.weighed) {
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
        let (from_phrasing, phrasings) = by_feature(features, asked);
        Nearness {
            entries,
            from,
            postings,
            from_phrasing,
            phrasings,
            entry_of: asked.iter().map(|one| one.entry as u16).collect(),
        }
    }

    /// How near a text is, by its features as counted and as weighed (of length one, unknown features included).
    pub fn to(&self, counted: &[(u32, f32)], weighed: &[(u32, f32)]) -> Near {
        let mut near = Near {
            bm25: vec![0.0; self.entries],
            middle: vec![0.0; self.entries],
            nearest: vec![0.0; self.entries],
        };
        let mut cosines = vec![0.0_f32; self.entry_of.len()];
        for ((feature, count), (_, weight)) in counted.iter().zip(weighed) {
            let at = *feature as usize;
            for posting in &self.postings[self.from[at] as usize..self.from[at + 1] as usize] {
                let entry = usize::from(posting.entry);
                near.bm25[entry] += count * posting.bm25;
                near.middle[entry] += weight * posting.middle;
            }
            let (from, to) = (
                self.from_phrasing[at] as usize,
                self.from_phrasing[at + 1] as usize,
            );
            for (phrasing, other) in &self.phrasings[from..to] {
                cosines[*phrasing as usize] += weight * other;
            }
        }
        for (entry, cosine) in self.entry_of.iter().zip(cosines) {
            let nearest = &mut near.nearest[usize::from(*entry)];
            *nearest = nearest.max(cosine);
        }
        near
    }
}

fn by_feature(features: usize, asked: &[Phrasing]) -> (Vec<u32>, Vec<(u32, f32)>) {
    let mut from = vec![0_u32; features + 1];
    for (feature, _) in asked.iter().flat_map(|one| one.weighed) {
        from[*feature as usize + 1] += 1;
    }
    for at in 0..features {
        from[at + 1] += from[at];
    }
    let mut next = from.clone();
    let mut phrasings = vec![(0, 0.0); from[features] as usize];
    for (number, one) in asked.iter().enumerate() {
        for (feature, weight) in one.weighed {
            let place = &mut next[*feature as usize];
            phrasings[*place as usize] = (number as u32, *weight);
            *place += 1;
        }
    }
    (from, phrasings)
}
