"use strict";

/* Record in the browser: level meter, time, listen again, then hand it in. */
(() => {
  const { clock, say, sendFile } = window.callcheck;
  const button = document.getElementById("record");
  if (!button) return;
  const word = document.getElementById("record-word");
  const time = document.getElementById("record-time");
  const hint = document.getElementById("record-hint");
  const blocked = document.getElementById("record-blocked");
  const meter = document.getElementById("meter");
  const meterNow = document.getElementById("meter-now");
  const recorded = document.getElementById("recorded");
  const recorder = document.getElementById("recorder");
  const player = document.getElementById("recorded-audio");
  const most = Number(document.getElementById("check").dataset.mostSeconds);
  const types = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
  let running = null;
  let blob = null;

  const reasons = {
    NotAllowedError: "The microphone is blocked for this page. Allow it in the address bar (the lock or camera sign) or in your system's privacy settings, then try again. Or upload a recording above.",
    NotFoundError: "No microphone was found. Plug one in, or record on your phone and upload the file above.",
    NotReadableError: "The microphone is in use by another program, or the system does not let the browser have it. Close the other program and try again, or upload a recording above.",
    SecurityError: "The browser does not let this page have the microphone. Upload a recording above.",
  };

  function cannot(text) {
    say(blocked, text);
    word.textContent = "Try again";
  }

  if (!window.isSecureContext || !navigator.mediaDevices) {
    say(blocked, "Browsers give the microphone only to pages opened as localhost or 127.0.0.1, or over https. Open the address callcheck printed, or upload a recording above.");
    button.disabled = true;
    return;
  }
  if (!window.MediaRecorder) {
    say(blocked, "This browser cannot record. Upload a recording above.");
    button.disabled = true;
    return;
  }

  async function start() {
    say(blocked, "");
    button.disabled = true;
    hint.textContent = "Waiting for the microphone; answer your browser's question.";
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: true },
      });
    } catch (error) {
      cannot(reasons[error.name] || "The microphone could not be used (" + error.name + "). Upload a recording above.");
      hint.textContent = "";
      return;
    } finally {
      button.disabled = false;
    }
    const type = types.find((name) => MediaRecorder.isTypeSupported(name));
    const media = new MediaRecorder(stream, type ? { mimeType: type } : {});
    const pieces = [];
    media.addEventListener("dataavailable", (event) => { if (event.data.size) pieces.push(event.data); });
    media.addEventListener("stop", () => finish(pieces, media.mimeType));
    media.start(1000);
    running = { media, stream, began: performance.now(), loudest: 0, ...listenTo(stream) };
    button.classList.add("ws-on");
    word.textContent = "Stop";
    hint.textContent = "Recording.";
    show();
  }

  function listenTo(stream) {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    context.createMediaStreamSource(stream).connect(analyser);
    return { context, analyser, samples: new Float32Array(analyser.fftSize), level: 0 };
  }

  function show() {
    if (!running) return;
    const { analyser, samples } = running;
    analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    const decibels = 10 * Math.log10(sum / samples.length + 1e-10);
    const now = Math.min(1, Math.max(0, (decibels + 60) / 55));
    running.level = Math.max(now, running.level - 0.02);
    running.loudest = Math.max(running.loudest, now);
    const percent = Math.round(100 * running.level);
    meterNow.setAttribute("width", percent + "%");
    const seconds = (performance.now() - running.began) / 1000;
    const shown = clock(seconds);
    if (time.textContent !== shown) {
      time.textContent = shown;
      meter.setAttribute("aria-valuenow", String(percent));
      if (seconds > 4 && running.loudest < 0.15) hint.textContent = "Nothing is heard yet. Is the right microphone chosen, and is it on?";
      else hint.textContent = "Recording.";
    }
    if (seconds >= most) stop();
    else requestAnimationFrame(show);
  }

  function stop() {
    if (!running) return;
    const { media, stream, context } = running;
    running = null;
    media.stop();
    for (const track of stream.getTracks()) track.stop();
    context.close();
    button.classList.remove("ws-on");
    word.textContent = "Record";
    meterNow.setAttribute("width", "0%");
  }

  function finish(pieces, type) {
    blob = new Blob(pieces, { type });
    if (player.src) URL.revokeObjectURL(player.src);
    player.src = URL.createObjectURL(blob);
    recorder.hidden = true;
    recorded.hidden = false;
    document.getElementById("check-recorded").focus();
  }

  button.addEventListener("click", () => (running ? stop() : start()));
  document.getElementById("record-again").addEventListener("click", () => {
    blob = null;
    URL.revokeObjectURL(player.src);
    player.removeAttribute("src");
    recorded.hidden = true;
    recorder.hidden = false;
    time.textContent = "0:00";
    hint.textContent = "Speak as you would on the phone.";
    button.focus();
  });
  document.getElementById("check-recorded").addEventListener("click", () => {
    const ending = blob.type.includes("mp4") ? "m4a" : blob.type.includes("ogg") ? "ogg" : "webm";
    sendFile(blob, "recording." + ending);
  });
  window.addEventListener("pagehide", stop);
})();
