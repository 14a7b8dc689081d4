/* Inside the frame that widget.js makes on a site of the charity's. Speaks with the page around only once its
   origin was checked, in single words that say nothing about anybody. */

var SITES = (body.dataset.sites || "").split(" ");
var framed = base === "/widget" && window.parent !== window;
var around = null; // the origin of the page around, once it is known
var seen = true; // the frame is open

function signal(word) { if (around) window.parent.postMessage({ wasl: word }, around); }

function news() { if (framed && !seen) signal("news"); }

function told(event) {
  if (event.source !== window.parent || SITES.indexOf(event.origin) < 0 || !event.data) return;
  around = event.origin;
  var word = event.data.wasl;
  if (word === "hello") {
    by("close").hidden = false;
    signal("ready");
  }
  if (word === "away") seen = false;
  if (word === "shown") {
    seen = true;
    // Under a finger the writing field would call up the keyboard before anything was read.
    (matchMedia("(pointer: coarse)").matches ? by("charity") : writing).focus({ preventScroll: true });
  }
}

// Whether this browser keeps a cookie of ours inside the site around. If not, every message would be the
// first of somebody new.
function kept() {
  var https = location.protocol === "https:";
  var name = (https ? "__Host-" : "") + "wasl-kept";
  var marks = ";path=/" + (https ? ";secure;samesite=none;partitioned" : ";samesite=lax");
  document.cookie = name + "=1" + marks;
  var found = document.cookie.indexOf(name + "=1") >= 0;
  document.cookie = name + "=;max-age=0" + marks;
  return found;
}

function elsewhere() {
  by("opening").remove();
  by("composer").hidden = true;
  if (by("hide")) by("hide").hidden = true;
  by("language").hidden = true;
  var note = make("div", "said house");
  var bubble = note.appendChild(make("div", "bubble"));
  bubble.appendChild(make("p", "", say("elsewhere")));
  bubble.appendChild(row(CHAT, say("elsewhere_open"), [], "/?lang=" + language));
  log.appendChild(note);
  log.setAttribute("aria-busy", "false");
}

if (framed) {
  by("charity").tabIndex = -1;
  window.addEventListener("message", told);
  by("close").addEventListener("click", function () { signal("close"); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) signal("close");
  });
}
