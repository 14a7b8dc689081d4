/* The live line to the server, and honesty about its state. */

function banner(name) {
  var one = by("banner");
  one.hidden = !name;
  one.textContent = name ? say(name) : "";
  if (name) one.dataset.t = name; else one.removeAttribute("data-t");
}

var troubled = null;

function connection(up) {
  clearTimeout(troubled);
  if (navigator.onLine === false) return banner("offline");
  if (up === false) return void (troubled = setTimeout(function () { banner("reconnecting"); }, 4000));
  banner("");
}

var openings = 0;
var begun = false; // what was said before is on the screen

function open() {
  var wish = body.hasAttribute("data-chosen") ? language : null;
  call("POST", base + "/chat/open" + (framed ? location.search : ""), JSON.stringify({ language: wish }), "application/json").then(function (answer) {
    opened = true;
    openings = 0;
    connection(true);
    begin(answer);
    if (wish) history.replaceState(null, "", page);
    restore();
    listen();
  }, function (error) {
    openings += 1;
    by("opening").textContent = say("not_here");
    connection(navigator.onLine !== false ? undefined : false);
    setTimeout(open, error.after || wait(openings));
  });
}

function begin(answer) {
  by("opening").remove();
  answer.talk.forEach(add);
  last = Math.max(last, answer.last_seq);
  by("earlier").hidden = !answer.more;
  if (answer.hidden && !answer.talk.length) clear();
  log.setAttribute("aria-busy", "false");
  bottom();
  begun = true;
}

function listen() {
  if (!window.EventSource) return void setInterval(catchUp, 3000);
  if (stream) stream.close();
  stream = new EventSource(base + "/chat/events?after=" + last);
  stream.onopen = function () { connection(true); next(); };
  stream.addEventListener("message", function (event) { add(JSON.parse(event.data)); });
  stream.addEventListener("cleared", clear);
  stream.addEventListener("shown", function () { location.reload(); });
  stream.onerror = function () {
    connection(false);
    if (stream.readyState === 2) setTimeout(reconnect, wait(2));
  };
}

function reconnect() { if (opened) listen(); }

function catchUp() {
  call("GET", base + "/chat/history?after=" + last).then(function (answer) { answer.talk.forEach(add); }, function () { /* the stream or the next try brings it */ });
}

function earlier() {
  var more = by("earlier");
  more.disabled = true;
  call("GET", base + "/chat/history?before=" + first).then(function (answer) {
    more.disabled = false;
    more.hidden = !answer.more;
    prepend(answer.talk);
  }, function () { more.disabled = false; });
}
