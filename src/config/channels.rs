//! Which channels the settings would turn on, and what is missing for the others. It knows nothing of
//! the channels but their settings.

use super::Settings;

/// One channel as the settings see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub name: &'static str,
    /// It needs no webhook: it asks its platform itself.
    pub listens: bool,
    /// Somebody began to set it up.
    pub begun: bool,
    /// Variables without which it stays off; empty when it has all that it needs.
    pub missing: Vec<&'static str>,
}

impl Settings {
    /// The channels that need settings, in the order of the manual.
    pub fn channels(&self) -> Vec<Wanted> {
        vec![
            self.telegram_wanted(),
            self.whatsapp_wanted(),
            self.email_wanted(),
        ]
    }

    fn telegram_wanted(&self) -> Wanted {
        let telegram = &self.telegram;
        let secret_needed = telegram.webhook && telegram.webhook_secret.is_none();
        wanted(
            "Telegram",
            &[
                (telegram.token.is_some(), "WASL_TELEGRAM_TOKEN"),
                (!secret_needed, "WASL_TELEGRAM_WEBHOOK_SECRET"),
            ],
            telegram.token.is_some() || telegram.webhook || telegram.webhook_secret.is_some(),
            !telegram.webhook,
        )
    }

    fn whatsapp_wanted(&self) -> Wanted {
        let whatsapp = &self.whatsapp;
        let given = [
            (whatsapp.token.is_some(), "WASL_WHATSAPP_TOKEN"),
            (
                whatsapp.phone_number_id.is_some(),
                "WASL_WHATSAPP_PHONE_NUMBER_ID",
            ),
            (whatsapp.app_secret.is_some(), "WASL_WHATSAPP_APP_SECRET"),
            (
                whatsapp.verify_token.is_some(),
                "WASL_WHATSAPP_VERIFY_TOKEN",
            ),
        ];
        wanted(
            "WhatsApp",
            &given,
            given.iter().any(|(given, _)| *given),
            false,
        )
    }

    fn email_wanted(&self) -> Wanted {
        let email = &self.email;
        let incoming = email.webhook_secret.is_some() || email.imap_url.is_some();
        let given = [
            (email.from.is_some(), "WASL_EMAIL_FROM"),
            (email.smtp_url.is_some(), "WASL_EMAIL_SMTP_URL"),
            (incoming, "WASL_EMAIL_WEBHOOK_SECRET or WASL_EMAIL_IMAP_URL"),
        ];
        wanted(
            "Email",
            &given,
            given.iter().any(|(given, _)| *given),
            email.webhook_secret.is_none(),
        )
    }
}

fn wanted(
    name: &'static str,
    needs: &[(bool, &'static str)],
    begun: bool,
    listens: bool,
) -> Wanted {
    Wanted {
        name,
        listens,
        begun,
        missing: needs
            .iter()
            .filter(|(given, _)| !given)
            .map(|(_, variable)| *variable)
            .collect(),
    }
}
