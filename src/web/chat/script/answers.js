/* Answers to press: alive under the newest question only; one of the same form before it can be changed. */

var SHORT_TITLE = 15; // letters: two fit side by side at 320 pixels

function questions() { return Array.prototype.filter.call(log.querySelectorAll(".said"), function (one) { return one.said.choices || one.said.asks; }); }

function enliven() {
  var all = questions();
  var newest = all[all.length - 1];
  all.forEach(function (one) {
    if (one === newest) return alive(one);
    quiet(one, newest);
  });
  wants(newest && newest.said.wants);
}

function clean(one) { Array.prototype.slice.call(one.querySelectorAll(".choices,.controls,.change")).forEach(function (old) { old.remove(); }); }

function alive(one) {
  var said = one.said;
  if (one.dataset.alive === "yes") return;
  one.dataset.alive = "yes";
  clean(one);
  var meta = one.querySelector(".meta");
  var group = make("div", "choices");
  group.setAttribute("role", "group");
  var options = said.choices ? said.choices.options : [];
  if (options.length > 6 && !options.some(function (option) { return option.note; })) group.classList.add("many");
  if (options.length > 1 && options.every(function (option) { return !option.note && option.title.length <= SHORT_TITLE; })) group.classList.add("short");
  shortcuts(said.wants).forEach(function (shortcut) { group.appendChild(shortcut); });
  options.forEach(function (option) { group.appendChild(choice(one, option)); });
  if (group.firstChild) one.insertBefore(group, meta);
  var controls = make("div", "controls");
  (said.choices ? said.choices.controls : []).forEach(function (option) { controls.appendChild(choice(one, option)); });
  if (controls.firstChild) one.insertBefore(controls, meta);
}

function quiet(one, newest) {
  one.dataset.alive = "no";
  clean(one);
  var form = (one.said.asks || "").split(":")[0];
  var open = (newest.said.asks || "").split(":")[0];
  if (!one.said.choices || !one.said.choices.options.length || !form || form !== open || one.said.asks === newest.said.asks) return;
  var meta = one.querySelector(".meta");
  meta.insertBefore(button(say("change"), function () { one.dataset.alive = ""; alive(one); one.querySelector(".choices button").focus(); }, "change"), meta.firstChild);
}

function choice(one, option) {
  var pressed = button("", function (event) { choose(one, option, pressed, event); });
  pressed.appendChild(make("span", "", option.title));
  pressed.setAttribute("aria-label", option.title);
  if (option.note) {
    pressed.appendChild(make("small", "", option.note));
    pressed.setAttribute("aria-description", option.note);
  }
  return pressed;
}

function choose(one, option, pressed, event) {
  if (one.classList.contains("busy")) return;
  one.classList.add("busy");
  pressed.classList.add("picked");
  post({ choice: option.data, title: option.title }, { texts: [option.title] }, function () {
    one.classList.remove("busy");
    pressed.classList.remove("picked");
  });
  // By keyboard: the button goes away, so the writing field takes over.
  if (event.detail === 0) writing.focus();
}

function shortcuts(want) {
  if (want === "file") return [act("camera", "M4 8h3.500L9 5.500h6L16.5 8H20v11H4zM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6", camera), act("file", PAPER, pick)];
  if (want === "location") return [act("location", PIN, locate)];
  return [];
}

function act(name, path, press) {
  var one = button("", press, "act");
  one.appendChild(icon(path));
  one.appendChild(make("span", "", say(name)));
  return one;
}

var KEYBOARDS = { number: "numeric", phone: "tel", email: "email" };
function wants(want) { writing.inputMode = KEYBOARDS[want] || "text"; }
