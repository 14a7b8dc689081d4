/* The order of messages on the screen, and where the eye is. */

var following = true; // the newest is in sight, and stays so when the screen changes

function near() { return log.scrollHeight - log.scrollTop - log.clientHeight < 160; }

// The newest is in sight; one taller than the screen is read from its beginning.
function bottom() {
  var one = latest();
  log.scrollTop = log.scrollHeight;
  if (one && one.offsetHeight > log.clientHeight - 24) log.scrollTop = one.offsetTop - 12;
  by("newest").hidden = near();
}

function append(one, follow) {
  var before = latest();
  if (!before || before.dataset.day !== one.dataset.day) log.appendChild(separator(one));
  log.appendChild(one);
  join(before, one);
  if (follow) bottom(); else by("newest").hidden = false;
}

function latest() { var all = log.querySelectorAll(".said"); return all[all.length - 1]; }

function separator(one) {
  var line = make("div", "day", day(one.dataset.day));
  line.dataset.day = one.dataset.day;
  return line;
}

// Two of one side within the same minute share one time below them.
function join(before, one) {
  if (!before || before.dataset.side !== one.dataset.side) return;
  one.classList.add("next");
  if (clock(before.said.at) === clock(one.said.at)) before.classList.add("first");
}

function add(said) {
  if (shown[said.seq]) return;
  last = Math.max(last, said.seq);
  if (first === null) first = said.seq;
  var waiting = said.key && mine[said.key];
  if (waiting) return settle(waiting, said);
  var follow = near();
  var one = draw(said);
  shown[said.seq] = one;
  append(one, follow);
  if (begun && said.side !== "own") news();
  if (said.side === "house") heard(said);
  enliven();
  if (follow) bottom();
}

function heard(said) {
  if (said.class === "dialog") speak(said.language);
  each(".busy", function (one) {
    one.classList.remove("busy");
    Array.prototype.forEach.call(one.querySelectorAll(".picked"), function (old) { old.classList.remove("picked"); });
  });
}

function settle(one, said) {
  shown[said.seq] = one;
  delete mine[said.key];
  one.classList.remove("pending", "wrong");
  var old = one.said;
  one.said = said;
  said.choices = old.choices;
  var progress = one.querySelector("progress");
  if (progress) progress.remove();
  state(one, "sent");
  // What the house took out (a code, a password) is not kept on the page either.
  if (said.texts.join() !== (old.texts || []).join() && said.texts.length) {
    var bubble = one.querySelector(".bubble");
    while (bubble.firstChild) bubble.firstChild.remove();
    writeIn(bubble, said.texts);
  }
}

function state(one, name, number) {
  var meta = one.querySelector(".meta");
  Array.prototype.slice.call(meta.querySelectorAll("span,button")).forEach(function (old) { old.remove(); });
  meta.classList.toggle("loud", name === "failed");
  var word = make("span", "", say(name, number));
  if (number === undefined) word.dataset.t = name;
  meta.appendChild(word);
  return meta;
}

function prepend(talk) {
  var held = log.scrollHeight - log.scrollTop;
  var next = log.querySelector(".said");
  var mark = log.querySelector(".day");
  if (mark && talk.length && next.dataset.day === new Date(talk[talk.length - 1].at).toDateString()) mark.remove();
  else next = mark || next;
  var before = null;
  talk.forEach(function (said) {
    if (shown[said.seq]) return;
    var one = draw(said);
    shown[said.seq] = one;
    if (!before || before.dataset.day !== one.dataset.day) log.insertBefore(separator(one), next);
    log.insertBefore(one, next);
    join(before, one);
    before = one;
    first = Math.min(first, said.seq);
  });
  enliven();
  log.scrollTop = log.scrollHeight - held;
}

function clear() {
  Array.prototype.slice.call(log.querySelectorAll(".said,.day,.note")).forEach(function (one) { one.remove(); });
  by("earlier").hidden = true;
  shown = {};
  mine = {};
  first = null;
  queue = [];
  keep();
  writing.value = "";
  var note = make("p", "note", say("hidden"));
  note.dataset.t = "hidden";
  log.appendChild(note);
}
