/* Sends what is unsent, one after the other, until each is taken; keeps it over a reload of this tab. */

function fresh() {
  var bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.prototype.map.call(bytes, function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
}

function post(what, look, failed) {
  var item = { id: fresh(), what: what, look: look, at: Date.now(), tries: 0, failed: failed };
  enqueue(item);
  keep();
  next();
}

function enqueue(item) {
  var said = { side: "own", at: item.at };
  Object.keys(item.look).forEach(function (name) { said[name] = item.look[name]; });
  item.element = draw(said);
  item.element.classList.add("pending");
  mine[item.id] = item.element;
  queue.push(item);
  append(item.element, true);
  state(item.element, "sending");
}

// Only words, only in this tab, and only until they are sent.
function keep() {
  try {
    var words = queue.filter(function (item) { return !item.file; }).map(function (item) { return { id: item.id, what: item.what, look: item.look, at: item.at }; });
    if (words.length) sessionStorage.setItem(UNSENT, JSON.stringify(words));
    else sessionStorage.removeItem(UNSENT);
  } catch (error) { /* storage is off: memory is enough */ }
}

function restore() {
  try {
    JSON.parse(sessionStorage.getItem(UNSENT) || "[]").forEach(function (item) {
      if (mine[item.id]) return;
      item.tries = 0;
      enqueue(item);
    });
  } catch (error) { sessionStorage.removeItem(UNSENT); }
  next();
}

function next() {
  if (sending || !queue.length || !opened) return;
  sending = true;
  var item = queue[0];
  state(item.element, item.file ? "uploading" : "sending", item.file ? 0 : undefined);
  (item.file ? upload(item) : write(item)).then(
    function (answer) { taken(item, answer); },
    function (problem) { refused(item, problem); }
  );
}

function write(item) {
  var parcel = Object.assign({ id: item.id }, item.what);
  return call("POST", base + "/chat/messages", JSON.stringify(parcel), "application/json");
}

function taken(item, answer) {
  done(item);
  if (mine[item.id]) { item.element.classList.remove("pending"); state(item.element, "sent"); }
  if (answer.renewed) reconnect();
  setTimeout(function () { if (last < answer.last_seq) catchUp(); }, stream && stream.readyState === 1 ? ECHO_WAIT_MS : 0);
  next();
}

function done(item) {
  sending = false;
  queue = queue.filter(function (one) { return one !== item; });
  keep();
}

function refused(item, problem) {
  if (problem.final) return fail(item, problem.text);
  sending = false;
  item.tries += 1;
  state(item.element, navigator.onLine === false ? "waiting" : item.tries > 1 ? "waiting" : "sending");
  setTimeout(next, problem.after || wait(item.tries));
}

function fail(item, text) {
  done(item);
  if (item.failed) item.failed();
  item.element.classList.remove("pending");
  item.element.classList.add("wrong");
  var progress = item.element.querySelector("progress");
  if (progress) progress.remove();
  var meta = state(item.element, "failed");
  if (text) meta.appendChild(make("span", "", text));
  meta.appendChild(button(say("drop"), function () { delete mine[item.id]; item.element.remove(); }));
  bottom();
  next();
}

function wait(tries) { return Math.min(WAIT_LONGEST_MS, WAIT_FIRST_MS * Math.pow(2, tries - 1)) * (0.75 + Math.random() / 2); }

// Gives the answer's JSON, or rejects with {final, text, after}.
function call(method, address, content, type) {
  var abort = window.AbortController ? new AbortController() : null;
  var timer = setTimeout(function () { if (abort) abort.abort(); }, SEND_TIMEOUT_MS);
  var headers = { Accept: "application/json" };
  if (type) headers["Content-Type"] = type;
  return fetch(address, { method: method, body: content, headers: headers, credentials: "same-origin", cache: "no-store", signal: abort ? abort.signal : undefined })
    .then(function (answer) {
      return answer.json().catch(function () { return {}; }).then(function (json) {
        if (answer.ok) return json;
        throw problem(answer.status, json, answer.headers.get("Retry-After"));
      });
    })
    .catch(function (error) { throw error.status ? error : { final: false }; })
    .then(function (json) { clearTimeout(timer); return json; }, function (error) { clearTimeout(timer); throw error; });
}

function problem(status, json, after) {
  var later = status === 408 || status === 429 || status >= 500;
  var text = json && json.texts ? json.texts[language] : "";
  return { status: status, final: !later, text: text, after: after ? Number(after) * 1000 : 0 };
}
