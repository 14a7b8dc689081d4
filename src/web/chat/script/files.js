/* Photos, files, recordings and places. */

function sendFile(blob, name, kind, seconds) {
  var look = { attachment: { kind: kind, name: name, local: URL.createObjectURL(blob) } };
  var item = { id: fresh(), file: blob, name: name, kind: kind, seconds: seconds, look: look, at: Date.now(), tries: 0 };
  enqueue(item);
  if (!blob.size) return fail(item, say("wrong_empty"));
  if (blob.size > WASL.file_bytes_max) return fail(item, say("wrong_too_large", Math.floor(WASL.file_bytes_max / 1048576)));
  next();
}

function upload(item) {
  return new Promise(function (resolve, reject) {
    var form = new FormData();
    form.append("id", item.id);
    form.append("as", item.kind);
    if (item.seconds) form.append("seconds", String(item.seconds));
    form.append("file", item.file, item.name);
    var request = new XMLHttpRequest();
    var silence;
    function alive() { clearTimeout(silence); silence = setTimeout(function () { request.abort(); }, SEND_TIMEOUT_MS); }
    request.open("POST", base + "/chat/attachments");
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = function (event) { alive(); if (event.lengthComputable) progress(item, event.loaded / event.total); };
    request.onload = function () {
      clearTimeout(silence);
      var json = {};
      try { json = JSON.parse(request.responseText); } catch (error) { /* an answer from between */ }
      if (request.status >= 200 && request.status < 300) return resolve(json);
      reject(problem(request.status, json, request.getResponseHeader("Retry-After")));
    };
    request.onerror = request.onabort = function () { clearTimeout(silence); reject({ final: false }); };
    alive();
    request.send(form);
  });
}

function progress(item, part) {
  if (!mine[item.id]) return; // the talk has told already that it arrived: this comes late
  var bubble = item.element.querySelector(".bubble");
  var bar = bubble.querySelector("progress") || bubble.appendChild(make("progress"));
  bar.max = 1;
  bar.value = part;
  bar.setAttribute("aria-label", say("sending"));
  state(item.element, "uploading", Math.round(part * 100));
}

function picked(event) {
  var input = event.target;
  Array.prototype.forEach.call(input.files, function (one) {
    lighten(one).then(function (blob) { sendFile(blob, one.name, kindOf(one)); });
  });
  input.value = "";
  sheet(false);
}

function kindOf(one) {
  if (/^image\//.test(one.type)) return "photo";
  if (/^audio\//.test(one.type)) return "voice";
  return /^video\//.test(one.type) ? "video" : "document";
}

// A photo of eight megabytes takes minutes on a slow network: a smaller copy is as legible.
function lighten(one) {
  if (!/^image\//.test(one.type) || one.size < PHOTO_BYTES_AS_IS || !window.createImageBitmap) return Promise.resolve(one);
  return createImageBitmap(one, { imageOrientation: "from-image" }).then(function (bitmap) {
    var scale = Math.min(1, PHOTO_EDGE_MAX / Math.max(bitmap.width, bitmap.height));
    var canvas = make("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return new Promise(function (resolve) { canvas.toBlob(function (blob) { resolve(blob && blob.size < one.size ? blob : one); }, "image/jpeg", 0.85); });
  }).catch(function () { return one; });
}

function camera() { by("camera-input").click(); }
function pick() { by("file-input").click(); }

function locate() {
  sheet(false);
  if (!navigator.geolocation) return tell("no_location");
  banner("locating");
  navigator.geolocation.getCurrentPosition(function (found) {
    connection();
    var place = { latitude: found.coords.latitude, longitude: found.coords.longitude };
    post({ location: place }, { place: place });
  }, function () { connection(); tell("no_location"); }, { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
}

function tell(name) {
  var note = make("p", "note", say(name));
  note.dataset.t = name;
  log.appendChild(note);
  bottom();
}

var recorder = null;

function record() {
  if (!navigator.mediaDevices || !window.MediaRecorder) return tell("no_microphone");
  navigator.mediaDevices.getUserMedia({ audio: true }).then(recordFrom, function () { tell("no_microphone"); });
}

function recordFrom(microphone) {
  var type = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"].filter(function (one) { return MediaRecorder.isTypeSupported && MediaRecorder.isTypeSupported(one); })[0];
  var parts = [];
  var began = Date.now();
  recorder = new MediaRecorder(microphone, type ? { mimeType: type, audioBitsPerSecond: 32000 } : {});
  recorder.wanted = false;
  recorder.ondataavailable = function (event) { if (event.data.size) parts.push(event.data); };
  var ticking = setInterval(tick, 500);
  function tick() {
    var seconds = Math.floor((Date.now() - began) / 1000);
    by("clock").textContent = digits(Math.floor(seconds / 60)) + ":" + (seconds % 60 < 10 ? digits(0) : "") + digits(seconds % 60);
    if (seconds * 1000 >= RECORDING_MS_MAX) stop(true);
  }
  recorder.onstop = function () {
    clearInterval(ticking);
    microphone.getTracks().forEach(function (track) { track.stop(); });
    var seconds = Math.max(1, Math.round((Date.now() - began) / 1000));
    var wanted = recorder.wanted;
    var kind = recorder.mimeType || "audio/webm";
    recorder = null;
    recording(false);
    if (wanted) sendFile(new Blob(parts, { type: kind }), "", "voice", seconds);
  };
  recorder.start(1000);
  recording(true);
  tick();
  by("recording-send").focus();
}

function stop(wanted) {
  if (!recorder || recorder.state === "inactive") return;
  recorder.wanted = wanted;
  recorder.stop();
}

function recording(on) {
  by("recording").hidden = !on;
  by("writing").hidden = on;
  sheet(false);
}
