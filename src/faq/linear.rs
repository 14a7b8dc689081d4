//! A multinomial logistic regression, learned by stochastic gradient descent in a fixed order: the same
//! examples give the same weights, bit for bit.

/// An example: its features by number with their weights, and its class.
pub struct Example<'a> {
    pub class: usize,
    pub features: &'a [(u32, f32)],
}

#[derive(Clone, Debug)]
pub struct Recipe {
    pub epochs: usize,
    pub rate: f32,
    /// How much the weights shrink in an epoch (a share).
    pub shrink: f32,
}

/// Weights that a processor takes at once.
const LANES: usize = 8;
/// An example that is this likely to be what it is teaches nothing more, and rests for one round.
const KNOWN: f32 = 0.99;

/// Weights of every feature for every class, feature by feature.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    /// Weights of a feature: classes and what fills them up to [`LANES`].
    stride: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    pub fn learn(classes: usize, features: usize, examples: &[Example], recipe: &Recipe) -> Linear {
        let stride = classes.next_multiple_of(LANES);
        let mut linear = Linear {
            stride,
            weights: vec![0.0; stride * features],
            bias: vec![0.0; stride],
        };
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut chance = Chance(0x2545_f491_4f6c_dd1d);
        let mut odds = vec![0.0; stride];
        let mut rests = vec![false; examples.len()];
        for epoch in 0..recipe.epochs {
            chance.shuffle(&mut order);
            let rate = recipe.rate * (1.0 - epoch as f32 / recipe.epochs as f32);
            for at in &order {
                let example = &examples[*at];
                // What was known well the last time is known this time too.
                if std::mem::take(&mut rests[*at]) {
                    continue;
                }
                linear.logits(example.features, &mut odds);
                softmax(&mut odds[..classes]);
                odds[classes..].fill(0.0);
                if odds[example.class] > KNOWN {
                    rests[*at] = true;
                    continue;
                }
                odds[example.class] -= 1.0;
                linear.step(example.features, &odds, rate);
            }
            if recipe.shrink > 0.0 {
                let left = 1.0 - recipe.shrink;
                linear.weights.iter_mut().for_each(|weight| *weight *= left);
            }
        }
        linear
    }

    fn step(&mut self, features: &[(u32, f32)], slope: &[f32], rate: f32) {
        for (feature, value) in features {
            let from = *feature as usize * self.stride;
            let row = &mut self.weights[from..from + self.stride];
            add(slope, -rate * value, row);
        }
        add(slope, -0.1 * rate, &mut self.bias);
    }

    /// Unnormalised logarithms of how likely each class is; what stands behind the classes is nothing.
    pub fn logits(&self, features: &[(u32, f32)], out: &mut Vec<f32>) {
        out.clear();
        out.extend_from_slice(&self.bias);
        for (feature, value) in features {
            let from = *feature as usize * self.stride;
            add(&self.weights[from..from + self.stride], *value, out);
        }
    }

    /// What a feature says for a class.
    pub fn weight(&self, feature: u32, class: usize) -> f32 {
        self.weights[feature as usize * self.stride + class]
    }
}

/// Adds a multiple of one row to another, both of whole [`LANES`].
fn add(row: &[f32], share: f32, to: &mut [f32]) {
    let rows = row.chunks_exact(LANES).zip(to.chunks_exact_mut(LANES));
    for (row, to) in rows {
        for lane in 0..LANES {
            to[lane] += share * row[lane];
        }
    }
}

/// Makes logits probabilities.
pub fn softmax(logits: &mut [f32]) {
    let most = logits.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for logit in logits.iter_mut() {
        *logit = (*logit - most).exp();
        sum += *logit;
    }
    logits.iter_mut().for_each(|odds| *odds /= sum);
}

/// Numbers that only look like chance: xorshift, from a fixed seed.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = (self.next() % (at as u64 + 1)) as usize;
            items.swap(at, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECIPE: Recipe = Recipe {
        epochs: 30,
        rate: 1.0,
        shrink: 0.0,
    };

    const EXAMPLES: [Example; 3] = [
        Example {
            class: 0,
            features: &[(0, 1.0), (2, 0.2)],
        },
        Example {
            class: 1,
            features: &[(1, 1.0), (2, 0.2)],
        },
        Example {
            class: 2,
            features: &[(3, 1.0)],
        },
    ];

    #[test]
    fn what_was_shown_is_known_and_learned_alike_twice() {
        let learn = || Linear::learn(3, 4, &EXAMPLES, &RECIPE);
        let linear = learn();
        let mut odds = Vec::new();
        for example in &EXAMPLES {
            linear.logits(example.features, &mut odds);
            softmax(&mut odds[..3]);
            assert!(odds[example.class] > 0.8, "{odds:?}");
        }
        assert_eq!(linear.weights, learn().weights);
    }
}
