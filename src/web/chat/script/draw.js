/* One message as elements. Nothing is made markup from a string. */

function make(tag, classes, text) {
  var one = document.createElement(tag);
  if (classes) one.className = classes;
  if (text !== undefined) one.textContent = text;
  return one;
}

function icon(path) {
  var one = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  one.setAttribute("viewBox", "0 0 24 24");
  one.setAttribute("aria-hidden", "true");
  var line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  one.appendChild(line);
  return one;
}

var PAPER = "M14 3H6v18h12V7zM14 3v4h4M9 12h6M9 16h6";
var PIN = "M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21z";
var CHAT = "M4 5h16v11H10.500L6 20v-4H4z";
var WORLD = "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M3.500 12h17M12 3c3 2.500 3.500 6 3.500 9s-.5 6.500-3.500 9c-3-2.500-3.500-6-3.500-9s.5-6.500 3.500-9";
var SOUND = "M4 10v4h3.500L12 18V6L7.500 10zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11";
var PHONE = "M5 4h4l1.5 4.5-2.3 1.500a11 11 0 0 0 5.8 5.800l1.5-2.300L20 15v4c0 .6-.4 1-1 1A15 15 0 0 1 4 5c0-.6.4-1 1-1z";

// Web addresses become links; numbers, references and codes keep their own direction.
var PIECES = /(https?:\/\/[^\s<>"«»]+[^\s<>"«».,،؛:!؟?)\]])|(\+?[0-9]+(?:[\/.:,\-][0-9]+)*|[٠-٩]+(?:[\/.:,٫٬][٠-٩]+)*|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)/g;

// A line is a paragraph of its own; those of one text stand closer, and those of a list hang.
function writeIn(bubble, texts) {
  texts.forEach(function (text, at) {
    text.split("\n").forEach(function (line, row) {
      if (!line.trim()) return;
      var one = paragraph(line);
      if (at && !row) one.classList.add("apart");
      if (/^(?:•|[0-9٠-٩]+\.) /.test(line)) one.classList.add("item");
      if (/^[0-9٠-٩]/.test(line)) one.classList.add("numbered");
      bubble.appendChild(one);
    });
  });
}

function paragraph(text) {
  var one = make("p");
  var from = 0;
  text.replace(PIECES, function (whole, address, number, at) {
    one.appendChild(document.createTextNode(text.slice(from, at)));
    one.appendChild(address ? link(address, address) : isolated(whole));
    from = at + whole.length;
    return whole;
  });
  one.appendChild(document.createTextNode(text.slice(from)));
  return one;
}

function isolated(text) {
  var one = make("bdi", "", text);
  one.dir = "ltr";
  return one;
}

// Inside a frame our own pages open beside it, too: they are in no frame.
function link(address, text) {
  var one = make("a", "", text);
  one.href = address;
  if (/^https?:/.test(address) || framed) { one.target = "_blank"; one.rel = "noopener noreferrer"; }
  return one;
}

function button(text, press, classes) {
  var one = make("button", classes, text);
  one.type = "button";
  one.addEventListener("click", press);
  return one;
}

/* One message. `said` is what the server tells, or a message of our own that is not there yet. */

function draw(said) {
  var one = make("article", "said " + said.side);
  one.dataset.day = new Date(said.at).toDateString();
  one.dataset.side = said.side;
  one.said = said;
  one.appendChild(make("span", "unseen", who(said) + ": "));
  if (said.side === "staff") one.appendChild(named(said));
  var bubble = make("div", "bubble");
  bubble.dir = "auto";
  if (said.language) bubble.lang = said.language;
  writeIn(bubble, said.texts || []);
  (said.shows || []).forEach(function (show) {
    if (show.kind === "attachment") file(bubble, show.file);
    else if (show.kind === "quote") bubble.insertBefore(make("blockquote", "quote", show.text), bubble.firstChild);
    else bubble.appendChild(thing(show));
  });
  if (said.attachment) file(bubble, said.attachment);
  if (said.place) bubble.appendChild(thing({ kind: "place", latitude: said.place.latitude, longitude: said.place.longitude, title: say("place"), address: "" }));
  if (bubble.firstChild) one.appendChild(bubble);
  var meta = make("div", "meta");
  var time = make("time", "", clock(said.at));
  time.dateTime = new Date(said.at).toISOString();
  meta.appendChild(time);
  one.appendChild(meta);
  return one;
}

function who(said) {
  if (said.side === "own") return say("you");
  return said.side === "staff" ? say("staff") : body.dataset[language];
}

function named(said) {
  var one = make("span", "name", who(said));
  one.setAttribute("aria-hidden", "true");
  return one;
}

function thing(show) {
  if (show.kind === "place") return row(PIN, show.title, [show.address, say("open_map")], "https://www.google.com/maps/search/?api=1&query=" + show.latitude + "," + show.longitude);
  if (show.kind === "file") return paper(show);
  if (show.kind === "link") return show.scan ? scanned(show) : door(show);
  if (show.kind === "card") return card(show);
  return sound(show);
}

function door(show) { return row(show.url[0] === "/" ? CHAT : WORLD, show.title, [host(show.url)], show.url); }

// Beside the link a picture of it, for the phone of whoever sits at a computer. Quiet space around it is part of it.
function scanned(show) {
  var one = make("div", "scanned");
  one.appendChild(door(show));
  var picture = icon(show.scan.path);
  var side = show.scan.side + 8;
  picture.setAttribute("viewBox", "-4 -4 " + side + " " + side);
  picture.setAttribute("class", "scan");
  one.appendChild(picture);
  return one;
}

function papers(path) { return "/chat/files/" + path.split("/").map(encodeURIComponent).join("/"); }

// A file of the charity's. It is saved beside the talk, which stays where it is.
function paper(show) {
  if (show.gone) return gone(PAPER, show.title, [say("no_longer")]);
  var one = row(PAPER, show.title, [show.ending, weight(show.bytes), say("save_file")], papers(show.path));
  one.download = "";
  one.removeAttribute("target");
  return one;
}

// Whoever reads with difficulty hears the text.
function sound(show) {
  if (show.gone) return gone(SOUND, say("no_recording"), []);
  var one = make("figure", "recording");
  one.appendChild(make("figcaption", "", say("listen")));
  one.appendChild(player("audio", papers(show.path), say("listen")));
  return one;
}

function player(tag, address, label) {
  var one = make(tag);
  one.controls = true;
  one.preload = "none";
  one.src = address;
  one.setAttribute("aria-label", label);
  return one;
}

function card(show) {
  var one = make("div");
  show.phones.forEach(function (phone) { one.appendChild(row(PHONE, show.name, [phone, say("call")], "tel:" + phone)); });
  return one;
}

function weight(bytes) {
  if (bytes === undefined) return "";
  var kilo = Math.max(1, Math.round(bytes / 1000));
  return kilo < 1000 ? say("kilobytes", kilo) : say("megabytes", Math.round(kilo / 100) / 10);
}

function host(address) { return address[0] === "/" ? "" : new URL(address).hostname.replace(/^www\./, ""); }

function row(path, title, notes, address) {
  var one = link(address, "");
  one.className = "thing";
  one.appendChild(icon(path));
  one.appendChild(described(title, notes));
  return one;
}

function gone(path, title, notes) {
  var one = make("p", "thing gone");
  one.appendChild(icon(path));
  one.appendChild(described(title, notes));
  return one;
}

// Each note keeps its own direction: a phone, a kind of file, a weight.
function described(title, notes) {
  var words = make("span");
  words.appendChild(make("b", "", title));
  var small = make("small");
  notes.filter(Boolean).forEach(function (note) {
    if (small.firstChild) small.appendChild(document.createTextNode(" · "));
    small.appendChild(/^[+\d]/.test(note) && !/[^\d+ -]/.test(note) ? isolated(note) : make("bdi", "", note));
  });
  if (small.firstChild) words.appendChild(small);
  return words;
}

function file(bubble, attachment) {
  var address = attachment.local || base + "/chat/attachments/" + attachment.id;
  if (attachment.kind === "photo" && (attachment.local || attachment.preview)) return picture(bubble, address, attachment);
  if (attachment.kind === "voice") return void bubble.appendChild(player("audio", address, say("voice_note")));
  if (attachment.kind === "video") return void bubble.appendChild(player("video", address, say("video")));
  bubble.appendChild(inside(row(PAPER, attachment.name || say(attachment.kind), [say("open_file")], address)));
}

function picture(bubble, address, attachment) {
  bubble.classList.add("bare");
  var one = link(address, "");
  one.className = "picture";
  one.target = "_blank";
  var image = make("img");
  image.alt = say("photo");
  image.loading = "lazy";
  image.src = attachment.local || address + "/preview";
  one.appendChild(image);
  bubble.appendChild(inside(one));
}

// What only this session may see: a tab beside the frame has another session, so it is saved instead.
function inside(one) {
  if (framed) {
    one.removeAttribute("target");
    one.download = "";
  }
  return one;
}
