//! The methods that we call, each doing what it does at Telegram.

use serde_json::{Value, json};

use super::{BOT_ID, BOT_NAME, Message, Refused, Uploaded, World, check};

type Done = Result<Value, Refused>;

pub fn done(world: &mut World, method: &str, params: &Value, file: Option<&Uploaded>) -> Done {
    match method {
        "getme" => Ok(json!({
            "id": BOT_ID, "is_bot": true, "first_name": "وصل", "username": BOT_NAME,
            "can_join_groups": true, "can_read_all_group_messages": false,
            "supports_inline_queries": false,
        })),
        "sendmessage" => message(world, method, params, "text", None),
        "sendvenue" => {
            check::place(params)?;
            message(world, method, params, "", None)
        }
        "sendlocation" => {
            check::pin(params)?;
            message(world, method, params, "", None)
        }
        "sendcontact" => {
            check::card(params)?;
            message(world, method, params, "", None)
        }
        "senddocument" => with_file(world, method, params, "document", file),
        "sendphoto" => with_file(world, method, params, "photo", file),
        "sendvoice" => with_file(world, method, params, "voice", file),
        "sendvideo" => with_file(world, method, params, "video", file),
        "sendchataction" => chat(world, params).map(|_| json!(true)),
        "answercallbackquery" => answer_query(world, params),
        "editmessagereplymarkup" => edit_markup(world, params),
        "deletemessage" => delete(world, params),
        "getfile" => get_file(world, params),
        "setwebhook" => set_webhook(world, params),
        "deletewebhook" => {
            world.webhook = None;
            Ok(json!(true))
        }
        "getwebhookinfo" => {
            let set = world.webhook.clone().unwrap_or_default();
            Ok(json!({
                "url": set["url"].as_str().unwrap_or_default(),
                "has_custom_certificate": false,
                "pending_update_count": world.queue.len(),
            }))
        }
        "setmycommands" => set_commands(world, params),
        _ => Err(Refused::with(404, "Not Found: method not found")),
    }
}

/// The chat of a call, when a message may go there.
fn chat(world: &mut World, params: &Value) -> Result<i64, Refused> {
    let id = &params["chat_id"];
    let id = id.as_i64().or_else(|| id.as_str()?.parse().ok());
    let id = id.ok_or_else(|| Refused::bad("chat_id is empty"))?;
    let chat = world
        .chats
        .get(&id)
        .ok_or_else(|| Refused::bad("chat not found"))?;
    match (chat.deactivated, chat.blocked) {
        (true, _) => Err(Refused::with(403, "Forbidden: user is deactivated")),
        (_, true) => Err(Refused::with(403, "Forbidden: bot was blocked by the user")),
        _ => Ok(id),
    }
}

fn message(
    world: &mut World,
    method: &str,
    params: &Value,
    words_in: &str,
    file: Option<(&str, usize, String)>,
) -> Done {
    let id = chat(world, params)?;
    let words = match words_in {
        "" => String::new(),
        name => check::text(params, name)?,
    };
    let markup = &params["reply_markup"];
    check::markup(markup)?;
    if check::is_numbered_choice(&words, markup) {
        world
            .complaints
            .push(format!("choices as numbers: {words}"));
    }
    if check::runs_from_the_left(&words) {
        world
            .complaints
            .push(format!("a line runs from the left: {words}"));
    }
    world.next_message += 1;
    if let Some(told) = &world.told {
        let _ = told.send((id, params.clone()));
    }
    let message_id = world.next_message;
    let chat = world.chats.entry(id).or_default();
    if markup["keyboard"].is_array() {
        chat.keyboard = Some(markup.clone());
    } else if markup["remove_keyboard"] == true {
        chat.keyboard = None;
    }
    if !world.forgetful {
        chat.messages.push(Message {
            id: message_id,
            method: method.to_owned(),
            params: params.clone(),
            file_bytes: file.as_ref().map_or(0, |(_, bytes, _)| *bytes),
            text: words,
        });
    }
    let mut sent = json!({
        "message_id": message_id,
        "from": {"id": BOT_ID, "is_bot": true, "first_name": "وصل", "username": BOT_NAME},
        "chat": {"id": id, "type": "private", "first_name": "سارة"},
        "date": 1_780_000_000,
    });
    if let Some((field, _, file_id)) = file {
        let told = json!({"file_id": file_id, "file_unique_id": format!("u{message_id}"), "width": 9, "height": 9});
        sent[field] = match field {
            "photo" => json!([told]),
            _ => told,
        };
    }
    Ok(sent)
}

fn with_file(
    world: &mut World,
    method: &str,
    params: &Value,
    field: &str,
    file: Option<&Uploaded>,
) -> Done {
    let (id, bytes) = match (file, params[field].as_str()) {
        (Some(file), _) if file.field != field => {
            return Err(Refused::bad(format!("there is no {field} in the request")));
        }
        (Some(file), _) if file.bytes.is_empty() => {
            return Err(Refused::bad("file must be non-empty"));
        }
        (Some(file), _) => {
            let id = keep(world, file.bytes.to_vec());
            (id, file.bytes.len())
        }
        (None, Some(id)) => match world.files.get(id) {
            Some(bytes) => (id.to_owned(), bytes.len()),
            None => {
                return Err(Refused::bad("wrong file identifier/HTTP URL specified"));
            }
        },
        (None, None) => return Err(Refused::bad(format!("there is no {field} in the request"))),
    };
    message(world, method, params, "caption", Some((field, bytes, id)))
}

/// A file of Telegram's, under an id like theirs.
pub fn keep(world: &mut World, bytes: Vec<u8>) -> String {
    world.next_file += 1;
    let id = format!("BQACAgQAAxkDAAIB{:08}AAJ-_file", world.next_file);
    world.files.insert(id.clone(), bytes);
    id
}

fn get_file(world: &mut World, params: &Value) -> Done {
    let id = params["file_id"].as_str().unwrap_or_default();
    let bytes = world
        .files
        .get(id)
        .ok_or_else(|| Refused::bad("wrong file_id or the file is temporarily unavailable"))?;
    if bytes.len() > 20 << 20 {
        return Err(Refused::bad("file is too big"));
    }
    Ok(
        json!({"file_id": id, "file_unique_id": "u", "file_size": bytes.len(), "file_path": format!("documents/{id}")}),
    )
}

fn answer_query(world: &mut World, params: &Value) -> Done {
    let id = params["callback_query_id"].as_str().unwrap_or_default();
    match world.forgetful || world.queries.remove(id) {
        true => Ok(json!(true)),
        false => Err(Refused::bad(
            "query is too old and response timeout expired or query ID is invalid",
        )),
    }
}

fn edit_markup(world: &mut World, params: &Value) -> Done {
    let id = chat(world, params)?;
    let markup = &params["reply_markup"];
    check::markup(markup)?;
    if world.forgetful {
        return Ok(json!(true));
    }
    let messages = &mut world.chats.entry(id).or_default().messages;
    let found = messages
        .iter_mut()
        .find(|message| json!(message.id) == params["message_id"]);
    let Some(message) = found else {
        return Err(Refused::bad("message to edit not found"));
    };
    if message.params["reply_markup"] == *markup {
        return Err(Refused::bad(
            "message is not modified: specified new message content and reply markup are exactly the \
             same as a current content and reply markup of the message",
        ));
    }
    message.params["reply_markup"] = markup.clone();
    Ok(json!({"message_id": message.id}))
}

fn delete(world: &mut World, params: &Value) -> Done {
    let id = chat(world, params)?;
    let messages = &mut world.chats.entry(id).or_default().messages;
    let before = messages.len();
    messages.retain(|message| json!(message.id) != params["message_id"]);
    match messages.len() < before {
        true => Ok(json!(true)),
        false => Err(Refused::bad("message to delete not found")),
    }
}

fn set_webhook(world: &mut World, params: &Value) -> Done {
    let url = params["url"].as_str().unwrap_or_default();
    if !url.starts_with("https://") {
        return Err(Refused::bad(
            "bad webhook: An HTTPS URL must be provided for webhook",
        ));
    }
    let secret = params["secret_token"].as_str().unwrap_or_default();
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if secret.len() > 256 || !secret.bytes().all(fits) {
        return Err(Refused::bad("secret token contains unallowed characters"));
    }
    world.webhook = Some(params.clone());
    Ok(json!(true))
}

fn set_commands(world: &mut World, params: &Value) -> Done {
    let commands = params["commands"].as_array().cloned().unwrap_or_default();
    let is_name = |text: &str| {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        (1..=32).contains(&text.len()) && text.bytes().all(fits)
    };
    for command in &commands {
        if !command["command"].as_str().is_some_and(is_name) {
            return Err(Refused::bad("BOT_COMMAND_INVALID"));
        }
        let described = command["description"].as_str().unwrap_or_default();
        if !(1..=256).contains(&described.chars().count()) {
            return Err(Refused::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    if commands.len() > 100 {
        return Err(Refused::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    let language = params["language_code"].as_str().unwrap_or_default();
    world.commands.insert(language.to_owned(), json!(commands));
    Ok(json!(true))
}
