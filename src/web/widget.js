/* The chat inside a site of the charity's own: a button, and behind it a frame. No style comes in or goes out
   (shadow tree); a strict policy needs script-src and frame-src of the chat's address; it speaks with the
   frame alone, by its origin, in single words that say nothing about anybody.

   <script src="https://chat.example.org/widget.js" async></script>
   data-lang   ar or en: the language to begin in; else that of the page, else Arabic
   data-side   start or end: the corner, seen in reading direction; else end
   data-label  what is written on the button */

(function (WASL) {
"use strict";

var script = document.currentScript || document.querySelector("script[src*='/widget.js']");
var origin = new URL(script.src, location.href).origin;

if (!WASL.sites.length) return warn("is off: set WASL_WIDGET_SITES=" + location.origin);
if (WASL.sites.indexOf(location.origin) < 0) return warn("may not be shown here: add " + location.origin + " to WASL_WIDGET_SITES");
if (document.querySelector("wasl-chat")) return warn("is here already: its line stands twice.");

var language = [script.dataset.lang, document.documentElement.lang.slice(0, 2).toLowerCase()].filter(function (one) { return WASL.texts[one]; })[0] || "ar";
var words = WASL.texts[language];
var side = script.dataset.side === "start" ? "start" : "end";
var label = (script.dataset.label || "").trim() || words.open;
var small = matchMedia("(max-width: 600px), (max-height: 500px)");

var STYLE = ":host{all:initial!important;position:fixed!important;z-index:2147483000!important}" +
  "@media print{:host{display:none!important}}" +
  "*{box-sizing:border-box}[hidden]{display:none!important}" +
  ".all{font:600 16px/1.4 system-ui,'Segoe UI','Noto Sans Arabic',Tahoma,sans-serif;color:#17211f}" +
  "button{font:inherit;border:0;margin:0;cursor:pointer;touch-action:manipulation;-webkit-tap-highlight-color:transparent}" +
  "svg{display:block;flex:none;width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}" +
  ":focus-visible{outline:3px solid #0d5f58;outline-offset:3px;box-shadow:0 0 0 3px #fff!important}" +
  ".launch,.panel{position:fixed}" +
  ".launch{inset-block-end:max(20px,env(safe-area-inset-bottom));display:flex;align-items:center;gap:10px;min-block-size:56px;min-inline-size:56px;max-inline-size:calc(100vw - 40px);padding-block:8px;padding-inline:16px 20px;border-radius:28px;background:#0d5f58;color:#fff;text-align:start;box-shadow:0 0 0 1px rgba(255,255,255,.35),0 6px 20px rgba(0,0,0,.28)}" +
  ".launch:hover{background:#0a4e48}" +
  ".end .launch,.end .panel{inset-inline-end:20px}.start .launch,.start .panel{inset-inline-start:20px}" +
  ".label{overflow-wrap:anywhere}" +
  ".open .label{display:none}.open .launch{padding-inline:15px}.down,.open .talk{display:none}.open .down{display:block}" +
  ".news{position:absolute;inset-block-start:-3px;inset-inline-start:-3px;inline-size:18px;block-size:18px;border-radius:50%;background:#c22f22;border:3px solid #fff}" +
  ".panel{inset-block-end:88px;inline-size:400px;max-inline-size:calc(100vw - 40px);block-size:min(680px,calc(100vh - 108px));block-size:min(680px,calc(100dvh - 108px));border-radius:18px;overflow:hidden;background:#f3f1ec;box-shadow:0 0 0 1px rgba(0,0,0,.1),0 12px 44px rgba(0,0,0,.32)}" +
  "iframe{position:relative;display:block;inline-size:100%;block-size:100%;border:0}" +
  ".note{position:absolute;inset:35% 24px auto;margin:0;text-align:center}" +
  ".close{position:absolute;inset-block-start:8px;inset-inline-end:8px;display:grid;place-items:center;inline-size:44px;block-size:44px;border-radius:12px;background:#fff;color:#17211f}" +
  ".unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}" +
  "@media (max-width:600px),(max-height:500px){.all .panel{inset:0;inline-size:100%;max-inline-size:none;block-size:100vh;block-size:100dvh;border-radius:0}.open .launch{visibility:hidden}}" +
  "@media (prefers-color-scheme:dark){.panel{background:#0f1615;color:#edf3f1}.close{background:#1b2624;color:#edf3f1}}" +
  "@media (prefers-reduced-motion:no-preference){.panel{animation:in .16s ease-out}@keyframes in{from{opacity:0;transform:translateY(12px)}}}" +
  "@media (forced-colors:active){.launch,.panel,.close{border:2px solid}}";

function warn(what) { console.warn("Wasl: the chat " + what); }

function make(tag, classes, inside) {
  var one = document.createElement(tag);
  one.className = classes;
  inside.appendChild(one);
  return one;
}

function icon(path, classes, inside) {
  var space = "http://www.w3.org/2000/svg";
  var one = document.createElementNS(space, "svg");
  one.setAttribute("viewBox", "0 0 24 24");
  one.setAttribute("class", classes);
  one.setAttribute("aria-hidden", "true");
  one.appendChild(document.createElementNS(space, "path")).setAttribute("d", path);
  inside.appendChild(one);
}

function button(classes, press, inside) {
  var one = make("button", classes, inside);
  one.type = "button";
  one.addEventListener("click", press);
  return one;
}

var host = document.createElement("wasl-chat");
var tree = host.attachShadow({ mode: "open" });
var all = make("div", "all " + side, tree);
all.lang = language;
all.dir = language === "ar" ? "rtl" : "ltr";

var launch = button("launch", function () { if (panel.hidden) open(); else close(); }, all);
icon("M4 5h16v11H10.500L6 20v-4H4zM8.500 9.500h7M8.500 12.500h4.500", "talk", launch);
icon("M6 9l6 6 6-6", "down", launch);
make("span", "label", launch).textContent = label;
var dot = make("span", "news", launch);
launch.setAttribute("aria-haspopup", "dialog");
launch.setAttribute("aria-controls", "panel");
launch.setAttribute("aria-expanded", "false");

var panel = make("div", "panel", all);
panel.id = "panel";
panel.setAttribute("role", "dialog");
panel.setAttribute("aria-label", words.title);
panel.hidden = true;

var note = make("p", "note", panel);
note.setAttribute("role", "status");

// Where the chat fills the screen, either edge leads back in.
var edge = [make("span", "", panel)];

// There until the page inside has one of its own.
var away = button("close", close, panel);
away.setAttribute("aria-label", words.close);
icon("M6 6l12 12M18 6L6 18", "", away);
edge.push(make("span", "", panel));
edge.forEach(function (one) { one.addEventListener("focus", enter); });

var told = make("p", "unseen", all);
told.setAttribute("role", "status");

var frame = null;
var late;

function open() {
  panel.hidden = false;
  all.classList.add("open");
  launch.setAttribute("aria-expanded", "true");
  news(false);
  fit();
  if (!frame) load(); else if (away.hidden) tell("shown"); else again();
  enter();
}

function enter() { if (away.hidden) frame.focus(); else away.focus(); }

function close() {
  panel.hidden = true;
  all.classList.remove("open");
  launch.setAttribute("aria-expanded", "false");
  tell("away");
  launch.focus();
}

function load() {
  note.textContent = words.wait;
  frame = document.createElement("iframe");
  frame.title = words.title;
  frame.allow = "camera; microphone; geolocation";
  frame.referrerPolicy = "no-referrer";
  frame.src = origin + "/widget?first=" + language;
  frame.style.visibility = "hidden";
  frame.addEventListener("load", function () {
    away.hidden = false;
    clearTimeout(late);
    late = setTimeout(again, 4000);
    tell("hello");
  });
  panel.insertBefore(frame, away);
}

function tell(word) { if (frame) frame.contentWindow.postMessage({ wasl: word }, origin); }

addEventListener("message", function (event) {
  if (!frame || event.source !== frame.contentWindow || event.origin !== origin || !event.data) return;
  var word = event.data.wasl;
  if (word === "ready") ready();
  if (word === "close" && !panel.hidden) close();
  if (word === "news" && panel.hidden) news(true);
});

// The page inside has its own way out: whoever stands on ours goes in.
function ready() {
  clearTimeout(late);
  note.textContent = frame.style.visibility = "";
  if (tree.activeElement === away) frame.focus();
  away.hidden = true;
  tell(panel.hidden ? "away" : "shown");
}

function again() {
  if (panel.hidden) return;
  note.textContent = words.trouble;
  frame.src = frame.src;
}

function news(there) {
  dot.hidden = !there;
  told.textContent = there ? words.news : "";
  launch.setAttribute("aria-label", there ? label + ". " + words.news : label);
}

// On a phone the keyboard covers a part of the page: the chat stands above it.
function fit() {
  var view = small.matches && !panel.hidden ? window.visualViewport : null;
  panel.setAttribute("aria-modal", String(small.matches));
  edge.forEach(function (one) { one.tabIndex = small.matches ? 0 : -1; });
  panel.style.blockSize = view ? view.height + "px" : "";
  panel.style.insetBlockStart = view ? view.offsetTop + "px" : "";
}

if (window.visualViewport) ["resize", "scroll"].forEach(function (name) { visualViewport.addEventListener(name, fit); });

tree.addEventListener("keydown", function (event) {
  if (event.key === "Escape" && !panel.hidden) { event.preventDefault(); close(); }
});

if (tree.adoptedStyleSheets && window.CSSStyleSheet && CSSStyleSheet.prototype.replaceSync) {
  var sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  tree.adoptedStyleSheets = [sheet];
} else make("style", "", tree).textContent = STYLE;

function show() { document.body.appendChild(host); }

news(false);
if (document.body) show(); else addEventListener("DOMContentLoaded", show);
})
