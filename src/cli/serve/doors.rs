//! Which channels are on, and what opens a talk there: a bot's name and a number as people dial it are the
//! platform's to say, and it may not answer at once.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::channel::{Channel, web};
use crate::event::On;

/// Until a platform that did not answer is asked again.
const AGAIN_SECS: u64 = 60;

/// Stands for a code while a link is asked for; codes are letters, so none needs another form in a link.
const CODE: &str = "CODE";

/// What is known now, and the errand that learns the rest.
pub fn watch(
    channels: &[Arc<dyn Channel>],
) -> (watch::Receiver<Vec<On>>, impl Future<Output = ()> + use<>) {
    let named = channels.iter().map(|channel| channel.name());
    let on: Vec<On> = [web::NAME]
        .into_iter()
        .chain(named)
        .map(|channel| On {
            channel: channel.to_owned(),
            opens: None,
        })
        .collect();
    let (tell, told) = watch::channel(on);
    (told, learn(channels.to_vec(), tell))
}

async fn learn(mut channels: Vec<Arc<dyn Channel>>, tell: watch::Sender<Vec<On>>) {
    while !channels.is_empty() {
        let mut silent = Vec::new();
        for channel in channels {
            match opens(channel.as_ref()).await {
                Some(link) => tell.send_modify(|on| {
                    let one = on.iter_mut().find(|one| one.channel == channel.name());
                    if let Some(one) = one {
                        one.opens = Some(link);
                    }
                }),
                None => silent.push(channel),
            }
        }
        channels = silent;
        if !channels.is_empty() {
            tokio::time::sleep(Duration::from_secs(AGAIN_SECS)).await;
        }
    }
}

/// The link without the code behind it.
async fn opens(channel: &dyn Channel) -> Option<String> {
    let link = channel.entrance(Some(CODE)).await?;
    link.strip_suffix(CODE).map(str::to_owned)
}
