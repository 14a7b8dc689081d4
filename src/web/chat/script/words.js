/* What every part of the page shares: limits, what is on the screen, and the words in either language. */

var TEXTS = WASL.texts;
var SEND_TIMEOUT_MS = 30000; // the server cuts a silent request at 30 s too
var WAIT_FIRST_MS = 1000;
var WAIT_LONGEST_MS = 30000;
var ECHO_WAIT_MS = 1500; // a proxy that holds events back: ask for the history instead
var RECORDING_MS_MAX = 5 * 60 * 1000;
var PHOTO_EDGE_MAX = 2560; // pixels: every line of an A4 page stays legible
var PHOTO_BYTES_AS_IS = 1200000;

var root = document.documentElement;
var body = document.body;
var base = body.dataset.base; // what stands before /chat/…: each way in has a session of its own
var page = base || "/";
var UNSENT = "wasl-unsent" + base; // what is unsent on one way in is never sent on another
var anonymous = base === "/anonymous";
var by = function (id) { return document.getElementById(id); };
var log = by("log");
var writing = by("text");
var language = root.lang;
var first = null; // the lowest seq shown
var last = 0;
var shown = {}; // seq → element
var mine = {}; // client id → element that waits for its seq
var queue = [];
var sending = false;
var stream = null;
var opened = false;

function say(name, number) {
  var text = TEXTS[language][name] || "";
  return number === undefined ? text : text.replace("{n}", digits(number));
}

function digits(number) {
  return new Intl.NumberFormat(language === "ar" ? "ar-u-nu-latn" : "en").format(number);
}

function speak(next) {
  if (next === language || !TEXTS[next]) return;
  language = next;
  root.lang = next;
  root.dir = next === "ar" ? "rtl" : "ltr";
  if (!anonymous) document.cookie = "wasl-language=" + next + ";path=/;max-age=31536000;samesite=lax";
  document.title = by("charity").textContent = body.dataset[next];
  each("[data-t]", function (one) { one.textContent = say(one.dataset.t); });
  each("[data-label]", function (one) { one.setAttribute("aria-label", say(one.dataset.label)); });
  writing.placeholder = say("placeholder");
  var other = next === "ar" ? "en" : "ar";
  var link = by("language");
  link.textContent = say("other_language");
  link.lang = link.hreflang = other;
  link.href = page + "?lang=" + other;
  each("time", function (one) { one.textContent = clock(one.dateTime); });
  each(".day", function (one) { one.textContent = day(one.dataset.day); });
}

function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

function locale() { return language === "ar" ? "ar-SA-u-ca-gregory-nu-latn" : "en-GB"; }

function clock(at) {
  return new Intl.DateTimeFormat(locale(), { hour: "numeric", minute: "2-digit", hour12: true }).format(new Date(at));
}

function day(date) {
  var now = new Date();
  if (date === now.toDateString()) return say("today");
  now.setDate(now.getDate() - 1);
  if (date === now.toDateString()) return say("yesterday");
  return new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long" }).format(new Date(date));
}
