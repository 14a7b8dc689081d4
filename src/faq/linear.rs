//! A multinomial logistic regression, learned by stochastic gradient descent in a fixed order: the same
//! examples give the same weights, bit for bit.

/// An example: its features by number with their weights, and its class.
pub struct Example {
    pub class: usize,
    pub features: Vec<(u32, f32)>,
    /// How much it counts.
    pub weight: f32,
}

#[derive(Clone, Debug)]
pub struct Recipe {
    pub epochs: usize,
    pub rate: f32,
    /// How much the weights shrink in an epoch (a share).
    pub shrink: f32,
    /// Probability that a feature is left out in a step, so that no single word decides.
    pub dropped: f32,
}

/// Weights of every feature for every class, feature by feature.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    classes: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    pub fn learn(classes: usize, features: usize, examples: &[Example], recipe: &Recipe) -> Linear {
        let mut linear = Linear {
            classes,
            weights: vec![0.0; classes * features],
            bias: vec![0.0; classes],
        };
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let mut chance = Chance(0x2545_f491_4f6c_dd1d);
        let mut odds = vec![0.0; classes];
        let mut kept = Vec::new();
        for epoch in 0..recipe.epochs {
            chance.shuffle(&mut order);
            let rate = recipe.rate * (1.0 - epoch as f32 / recipe.epochs as f32);
            for at in &order {
                let example = &examples[*at];
                kept.clear();
                let scale = 1.0 / (1.0 - recipe.dropped);
                let drops = (recipe.dropped * 65_536.0) as u64;
                for (feature, value) in &example.features {
                    if drops == 0 || chance.next() & 0xffff >= drops {
                        kept.push((*feature, value * scale));
                    }
                }
                linear.logits(&kept, &mut odds);
                softmax(&mut odds);
                odds[example.class] -= 1.0;
                linear.step(&kept, &odds, rate * example.weight);
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
            let from = *feature as usize * self.classes;
            let row = &mut self.weights[from..from + self.classes];
            let step = rate * value;
            row.iter_mut()
                .zip(slope)
                .for_each(|(weight, slope)| *weight -= step * slope);
        }
        self.bias
            .iter_mut()
            .zip(slope)
            .for_each(|(bias, slope)| *bias -= 0.1 * rate * slope);
    }

    /// Unnormalised logarithms of how likely each class is.
    pub fn logits(&self, features: &[(u32, f32)], out: &mut Vec<f32>) {
        out.clear();
        out.extend_from_slice(&self.bias);
        for (feature, value) in features {
            let from = *feature as usize * self.classes;
            let row = &self.weights[from..from + self.classes];
            out.iter_mut()
                .zip(row)
                .for_each(|(out, weight)| *out += value * weight);
        }
    }

    /// What a feature says for a class.
    pub fn weight(&self, feature: u32, class: usize) -> f32 {
        self.weights[feature as usize * self.classes + class]
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
        dropped: 0.2,
    };

    fn examples() -> Vec<Example> {
        let example = |class, features: &[(u32, f32)]| Example {
            class,
            features: features.to_vec(),
            weight: 1.0,
        };
        vec![
            example(0, &[(0, 1.0), (2, 0.2)]),
            example(1, &[(1, 1.0), (2, 0.2)]),
            example(2, &[(3, 1.0)]),
        ]
    }

    #[test]
    fn what_was_shown_is_known_and_learned_alike_twice() {
        let learn = || Linear::learn(3, 4, &examples(), &RECIPE);
        let linear = learn();
        let mut odds = Vec::new();
        for example in examples() {
            linear.logits(&example.features, &mut odds);
            softmax(&mut odds);
            assert!(odds[example.class] > 0.8, "{odds:?}");
        }
        assert_eq!(linear.weights, learn().weights);
    }
}
