// The inbox and one conversation: what changed is the same fragment again; keys go by their place on the keyboard,
// so that they are the same on an Arabic one.

function refresh(ids) {
  return fetch(location.href, { headers: { Accept: "text/html", "X-By-Itself": "yes" } }).then((answer) => {
    if (answer.redirected && answer.url.includes("/staff/sign-in")) { lost(); return; }
    if (!answer.ok) return;
    return answer.text().then((html) => {
      const fresh = new DOMParser().parseFromString(html, "text/html");
      ids.forEach((id) => swap(id, fresh));
    });
  }).catch(() => {});
}

function swap(id, fresh) {
  const old = document.getElementById(id), one = fresh.getElementById(id);
  if (!old || !one || old.innerHTML === one.innerHTML) return;
  if (old.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return;
  const open = Array.from(old.querySelectorAll("details[open]")).map((fold) => fold.querySelector("summary").textContent);
  old.innerHTML = one.innerHTML;
  old.querySelectorAll("details").forEach((fold) => {
    if (open.includes(fold.querySelector("summary").textContent)) fold.open = true;
  });
}

function lost() {
  const notice = document.getElementById("lost");
  if (notice) notice.hidden = false;
}

// A line that ends is opened anew; one that is refused means that nobody is signed in any more.
// Whenever one opens, what happened while there was none is looked for.
function follow(address, handlers, opened) {
  const line = new EventSource(address);
  line.addEventListener("open", opened);
  Object.keys(handlers).forEach((name) => line.addEventListener(name, (event) => handlers[name](JSON.parse(event.data))));
  line.addEventListener("error", () => {
    if (line.readyState !== EventSource.CLOSED) return;
    fetch(location.href, { headers: { Accept: "text/html", "X-By-Itself": "yes" } }).then((answer) => {
      if (answer.redirected) lost(); else window.setTimeout(() => follow(address, handlers, opened), 5000);
    }).catch(() => window.setTimeout(() => follow(address, handlers, opened), 5000));
  });
}

const desk = document.querySelector("[data-live]");
if (desk) {
  let first = true;
  let again = 0;
  const title = document.title;
  follow(desk.dataset.live, {
    desk: (counts) => {
      document.title = (counts.alerts ? "(!) " : "") + (counts.for_us ? "(" + counts.for_us + ") " : "") + title;
      if (first) { first = false; return; }
      if (again) return;
      again = window.setTimeout(() => { again = 0; refresh(["live-desk", "live-rows"]); }, 1500);
    },
  }, () => {});
}

const talk = document.querySelector("[data-live-one]");
if (talk) {
  const there = document.getElementById("there");
  const end = () => { const last = document.querySelector(".log > :last-child"); if (last) last.scrollIntoView({ block: "nearest" }); };
  if (!location.hash && !location.search) end();
  follow(talk.dataset.liveOne, {
    said: () => refresh(["live-head", "live-log", "live-side"]).then(end),
    there: (colleagues) => {
      there.textContent = colleagues.map((one) => (one.typing ? there.dataset.writes : there.dataset.looks).replace("…", one.name)).join(" · ");
    },
  }, () => refresh(["live-head", "live-log", "live-side"]));
}

// What is begun is kept, and colleagues see that somebody writes.
const box = document.querySelector("textarea[data-draft]");
if (box) {
  let kept = 0, told = 0;
  const send = (address, text) => fetch(address, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "text=" + encodeURIComponent(text) }).then((answer) => { if (answer.status === 401) lost(); }).catch(() => {});
  box.addEventListener("input", () => {
    window.clearTimeout(kept);
    kept = window.setTimeout(() => send(box.dataset.draft, box.value), 1200);
    if (Date.now() - told > 5000) { told = Date.now(); send(box.dataset.typing, ""); }
  });
}

// A canned reply comes behind what was begun: that is kept first.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-canned]");
  if (!link || !box || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  fetch(box.dataset.draft, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "text=" + encodeURIComponent(box.value) })
    .then((answer) => { if (answer.status === 401) lost(); else location.assign(link.href); }, () => {});
});
if (box && location.search.includes("canned=")) { box.focus(); box.dispatchEvent(new Event("input")); }
// When the platform's window closes the box becomes a choice of templates; what was begun is kept.
const closes = document.querySelector("[data-closes]");
if (closes) {
  const left = Date.parse(closes.dataset.closes) - Date.now();
  if (left > 0 && left < 2 ** 31) window.setTimeout(() => location.reload(), left + 2000);
}
const date = document.getElementById("date");
if (date) date.addEventListener("change", () => { document.getElementById("until").value = "date"; });

// Pictures larger and turned, papers in the page.
const zoom = document.getElementById("zoom");
if (zoom) {
  const image = zoom.querySelector("img");
  let scale = 1, turn = 0;
  const show = () => { image.style.transform = "rotate(" + turn + "deg) scale(" + scale + ")"; };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-zoom]");
    if (link) { event.preventDefault(); scale = 1; turn = 0; image.src = link.href; show(); zoom.showModal(); }
    const by = event.target.closest("[data-zoom-by]");
    if (by) { scale = Math.min(6, Math.max(0.3, scale * Number(by.dataset.zoomBy))); show(); }
    if (event.target.closest("[data-turn]")) { turn = (turn + 90) % 360; show(); }
  });
}
document.addEventListener("toggle", (event) => {
  const paper = event.target;
  if (!paper.dataset || !paper.dataset.pdf || !paper.open || paper.querySelector("iframe")) return;
  const frame = document.createElement("iframe");
  frame.src = paper.dataset.pdf;
  frame.title = paper.querySelector("summary").textContent;
  paper.appendChild(frame);
}, true);

// Keys.
function press(act) {
  const one = document.querySelector("[data-act=\"" + act + "\"]");
  if (!one) return;
  if (one.tagName === "DETAILS") { one.open = true; const field = one.querySelector("textarea, input:not([type=hidden]), select, a"); if (field) field.focus(); } else one.click();
}
const KEYS = {
  KeyR: () => box && box.focus(),
  KeyT: () => press("claim"),
  KeyC: () => press("canned"),
  KeyL: () => press("tools"),
  KeyN: () => press("note"),
  KeyB: () => press("return"),
  KeyG: () => { location.href = "/staff/conversations"; },
};
document.addEventListener("keydown", (event) => {
  const writes = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.code === "Enter" && (event.ctrlKey || event.metaKey) && event.target === box) { event.preventDefault(); press("send"); return; }
  if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
  const sheet = document.getElementById("keys");
  if (event.code === "Slash" && event.shiftKey && sheet) { event.preventDefault(); sheet.showModal(); return; }
  if (event.code === "Slash") { const find = document.getElementById("find"); event.preventDefault(); if (find) find.focus(); else location.href = "/staff/search"; return; }
  if (KEYS[event.code] && !event.shiftKey) { event.preventDefault(); KEYS[event.code](); }
});
document.querySelectorAll("[data-keys]").forEach((button) => button.addEventListener("click", () => document.getElementById("keys").showModal()));
