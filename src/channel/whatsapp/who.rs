//! Who somebody is on WhatsApp: a business-scoped user id, a phone number, or both. Either may be missing, and
//! either may stand where the other belongs. Pure.
//! <https://developers.facebook.com/docs/whatsapp/business-scoped-user-ids>

use serde_json::Value;

use super::json::text;

/// Characters of a user id: a country, a dot, up to 128 letters and digits; a parent's id has one part more.
const BSUID_CHARS_MAX: usize = 140;

/// Digits of a phone number in international form.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 6..=20;

/// A sender or receiver; at least one of the two is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    pub bsuid: Option<String>,
    /// Digits alone.
    pub phone: Option<String>,
}

impl Who {
    fn known(self) -> Option<Who> {
        (self.bsuid.is_some() || self.phone.is_some()).then_some(self)
    }

    /// The id of their address: the user id where it is known, for numbers are given to others.
    pub fn id(&self) -> String {
        let id = self.bsuid.as_ref().or(self.phone.as_ref());
        id.cloned().unwrap_or_default()
    }

    /// The other id, where both are known.
    pub fn also(&self) -> Option<String> {
        self.bsuid.as_ref().and(self.phone.clone())
    }
}

/// Who sent a message, by the message and by the contacts that came beside it.
pub fn sender(contacts: &[Value], message: &Value) -> Option<Who> {
    let mut who = Who {
        bsuid: bsuid_of(message, "from_user_id")
            .or_else(|| bsuid_of(message, "user_id"))
            .or_else(|| bsuid_of(message, "from")),
        phone: phone_of(message, "from").or_else(|| phone_of(message, "wa_id")),
    };
    let same = |contact: &&Value| {
        let (bsuid, phone) = (bsuid_of(contact, "user_id"), phone_of(contact, "wa_id"));
        let named = who.bsuid.is_some() || who.phone.is_some();
        match named {
            true => {
                (bsuid.is_some() && bsuid == who.bsuid) || (phone.is_some() && phone == who.phone)
            }
            // Nobody else can be meant by a message that names nobody.
            false => contacts.len() == 1,
        }
    };
    if let Some(contact) = contacts.iter().find(same) {
        let (bsuid, phone) = (bsuid_of(contact, "user_id"), phone_of(contact, "wa_id"));
        // The user id may stand in the place of the phone there, too.
        who.bsuid = who.bsuid.or(bsuid).or_else(|| bsuid_of(contact, "wa_id"));
        who.phone = who.phone.or(phone);
    }
    who.known()
}

/// Who a message of ours went to.
pub fn receiver(status: &Value) -> Option<Who> {
    Who {
        bsuid: bsuid_of(status, "recipient_user_id")
            .or_else(|| bsuid_of(status, "user_id"))
            .or_else(|| bsuid_of(status, "recipient_id")),
        phone: phone_of(status, "recipient_id").or_else(|| phone_of(status, "wa_id")),
    }
    .known()
}

/// What somebody is called from now on, by a system message.
pub fn now_called(system: &Value) -> Who {
    Who {
        bsuid: bsuid_of(system, "user_id"),
        phone: phone_of(system, "wa_id").or_else(|| phone_of(system, "new_wa_id")),
    }
}

pub fn bsuid_of(value: &Value, name: &str) -> Option<String> {
    text(value, name)
        .filter(|id| is_bsuid(id))
        .map(str::to_owned)
}

fn phone_of(value: &Value, name: &str) -> Option<String> {
    let given = text(value, name).filter(|text| !is_bsuid(text))?;
    let digits = digits(given);
    let only = given
        .chars()
        .all(|c| c.is_ascii_digit() || "+ -()".contains(c));
    (only && PHONE_DIGITS.contains(&digits.len())).then_some(digits)
}

/// Two capitals of a country, a dot, and letters and digits.
pub fn is_bsuid(id: &str) -> bool {
    let Some((country, rest)) = id.split_once('.') else {
        return false;
    };
    country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
        && !rest.is_empty()
        && id.len() <= BSUID_CHARS_MAX
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
}

/// The digits of a number, without what people put between them.
pub fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whoever_can_be_known_is_known() {
        let bsuid = "SA.98765432109876";
        let phone = "966512345678";
        let both = json!([{"wa_id": phone, "user_id": bsuid}]);
        let only_id = json!([{"user_id": bsuid, "profile": {"username": "@sara.k"}}]);
        let two = json!([{"wa_id": phone, "user_id": bsuid}, {"wa_id": "966500000001", "user_id": "SA.1"}]);
        let who = |bsuid: Option<&str>, phone: Option<&str>| {
            Some(Who {
                bsuid: bsuid.map(str::to_owned),
                phone: phone.map(str::to_owned),
            })
        };
        for (case, contacts, message, expected) in [
            (
                "both in the message",
                &both,
                json!({"from": phone, "from_user_id": bsuid}),
                who(Some(bsuid), Some(phone)),
            ),
            (
                "an older delivery",
                &json!([{"wa_id": phone}]),
                json!({"from": phone}),
                who(None, Some(phone)),
            ),
            (
                "the id from the contact",
                &both,
                json!({"from": phone}),
                who(Some(bsuid), Some(phone)),
            ),
            (
                "the phone from the contact",
                &both,
                json!({"from_user_id": bsuid}),
                who(Some(bsuid), Some(phone)),
            ),
            (
                "a person with a name of their own",
                &only_id,
                json!({"from_user_id": bsuid}),
                who(Some(bsuid), None),
            ),
            (
                "an empty sender",
                &only_id,
                json!({"from": "", "from_user_id": bsuid}),
                who(Some(bsuid), None),
            ),
            (
                "the id where the phone belongs",
                &only_id,
                json!({"from": bsuid}),
                who(Some(bsuid), None),
            ),
            (
                "the id in both places",
                &json!([{"wa_id": bsuid}]),
                json!({"from": bsuid}),
                who(Some(bsuid), None),
            ),
            (
                "only the contact names them",
                &both,
                json!({}),
                who(Some(bsuid), Some(phone)),
            ),
            (
                "two contacts",
                &two,
                json!({"from": "966500000001"}),
                who(Some("SA.1"), Some("966500000001")),
            ),
            ("two contacts and nobody named", &two, json!({}), None),
            ("nobody", &json!([]), json!({}), None),
            (
                "a plus",
                &json!([]),
                json!({"from": "+966512345678"}),
                who(None, Some(phone)),
            ),
            (
                "another type",
                &json!([]),
                json!({"from": 966_512_345_678_i64}),
                None,
            ),
            ("no number", &json!([]), json!({"from": "sara"}), None),
        ] {
            let contacts = contacts.as_array().unwrap();
            assert_eq!(sender(contacts, &message), expected, "{case}");
        }
    }

    #[test]
    fn the_address_is_the_user_id_and_the_phone_stands_beside_it() {
        let phone = Some("966512345678".to_owned());
        let bsuid = Some("SA.98765432109876".to_owned());
        let both = Who {
            bsuid: bsuid.clone(),
            phone: phone.clone(),
        };
        assert_eq!((Some(both.id()), both.also()), (bsuid, phone.clone()));
        let old = Who {
            bsuid: None,
            phone: phone.clone(),
        };
        assert_eq!((Some(old.id()), old.also()), (phone, None));
    }
}
