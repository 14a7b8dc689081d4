// Makes the pages of the console better, and nothing possible that is not possible without it.

// On a phone the navigation begins closed.
const drawer = document.querySelector(".drawer");
if (drawer) {
  const narrow = window.matchMedia("(max-width: 52rem)");
  const fit = () => { drawer.open = !narrow.matches; };
  narrow.addEventListener("change", fit);
  fit();
}

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.sent) {
    if (form.dataset.sent) event.preventDefault();
    return;
  }
  if (form.method !== "post") return;
  form.dataset.sent = "yes";
});
// Back by the browser's button: it may be sent again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
});

// A question before what cannot be undone.
document.addEventListener("submit", (event) => {
  const ask = event.submitter && event.submitter.dataset.ask;
  if (ask && !window.confirm(ask)) {
    event.preventDefault();
    delete event.target.dataset.sent;
  }
});

// A secret is copied by one press.
document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
  });
});

// The browser's own words beside a field of files are those of its language, not of the page's.
document.querySelectorAll("input[type=file][data-pick]").forEach((field) => {
  const line = document.createElement("span"), button = document.createElement("button"), named = document.createElement("output");
  line.className = "files";
  button.type = "button";
  button.textContent = field.dataset.pick;
  button.addEventListener("click", () => field.click());
  named.dir = "auto";
  field.hidden = true;
  field.addEventListener("change", () => { named.textContent = Array.from(field.files).map((file) => file.name).join("، "); });
  line.append(button, named);
  field.after(line);
});

// What is chosen in a list of filters is shown at once.
document.querySelectorAll("form[data-filters] select").forEach((select) => {
  select.addEventListener("change", () => select.form.requestSubmit());
});
document.querySelectorAll("form[data-filters]").forEach((form) => {
  if (!form.querySelector("input:not([type=hidden])")) form.querySelector("button").hidden = true;
});
