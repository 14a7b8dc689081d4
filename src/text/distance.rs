//! How far two pins are from each other. Pure.

/// Mean radius of the Earth in kilometres (IUGG, 6371.0088).
const EARTH_KM: f64 = 6_371.008_8;

/// Great-circle distance in kilometres between two points given as latitude and longitude in degrees
/// (haversine formula; at most 0.5 % off on the ellipsoid).
pub fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let along = half(from.0, to.0);
    let across = half(from.1, to.1) * from.0.to_radians().cos() * to.0.to_radians().cos();
    2.0 * EARTH_KM * (along + across).min(1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cities_are_as_far_apart_as_the_map_says() {
        let (riyadh, jeddah) = ((24.7136, 46.6753), (21.4858, 39.1925));
        for (case, from, to, expected) in [
            ("here", riyadh, riyadh, 0.0),
            ("Riyadh to Jeddah", riyadh, jeddah, 846.0),
            (
                "a quarter of the way round",
                (0.0, 0.0),
                (0.0, 90.0),
                10_007.5,
            ),
            (
                "the other side of the Earth",
                (0.0, 0.0),
                (0.0, 180.0),
                20_015.1,
            ),
        ] {
            let found = kilometres(from, to);
            assert!((found - expected).abs() < 5.0, "{case}: {found}");
        }
    }
}
