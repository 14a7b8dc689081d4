/* What the person touches. */

function sheet(open) {
  by("sheet").hidden = !open;
  by("attach").setAttribute("aria-expanded", String(open));
}

function grow() {
  writing.style.height = "";
  if (writing.value) writing.style.height = Math.min(writing.scrollHeight + 3, 170) + "px";
}

function submit(event) {
  event.preventDefault();
  var text = writing.value;
  if (!text.trim()) return writing.focus();
  writing.value = "";
  grow();
  sheet(false);
  post({ text: text }, { texts: [text] });
}

by("composer").addEventListener("submit", submit);
writing.addEventListener("input", grow);
writing.addEventListener("keydown", function (event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
});
by("attach").addEventListener("click", function () {
  var open = by("sheet").hidden;
  sheet(open);
  if (open) by("camera").focus();
});
by("sheet").addEventListener("keydown", function (event) { if (event.key === "Escape") { event.preventDefault(); sheet(false); by("attach").focus(); } });
by("camera").addEventListener("click", camera);
by("pick").addEventListener("click", pick);
by("locate").addEventListener("click", locate);
by("camera-input").addEventListener("change", picked);
by("file-input").addEventListener("change", picked);
by("voice").addEventListener("click", record);
by("recording-send").addEventListener("click", function () { stop(true); });
by("recording-drop").addEventListener("click", function () { stop(false); writing.focus(); });
if (by("hide")) by("hide").addEventListener("click", function () { post({ choice: "!hide", title: say("hide") }, { texts: [say("hide")] }); });
by("earlier").addEventListener("click", earlier);
by("newest").addEventListener("click", function () { log.scrollTop = log.scrollHeight; });
log.addEventListener("scroll", function () {
  following = near();
  if (following) by("newest").hidden = true;
});
window.addEventListener("offline", function () { connection(); });
window.addEventListener("online", function () { connection(true); if (opened) reconnect(); next(); });
if (window.ResizeObserver) new ResizeObserver(function () { if (following) bottom(); }).observe(log);
document.addEventListener("visibilitychange", function () { if (!document.hidden && opened) { catchUp(); next(); } });

if (anonymous) {
  // Who goes back afterwards finds no page of before.
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
  by("leave").addEventListener("submit", function () { queue = []; keep(); });
}

connection();
if (!framed || kept()) open(); else elsewhere();
