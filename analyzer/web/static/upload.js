"use strict";

/* Hand in a file, a recording or a text, with progress while it is being sent. */
(() => {
  const { api, say, wordsOf } = window.callcheck;
  const form = document.getElementById("check");
  if (!form) return;
  const drop = document.getElementById("drop");
  const file = document.getElementById("file");
  const message = document.getElementById("message");
  const sending = document.getElementById("sending");
  const bar = document.getElementById("sending-bar");
  const most = Number(form.dataset.mostBytes);
  let request = null;

  function fill(data) {
    data.append("kind", new FormData(form).get("kind"));
    data.append("profile", form.profile.value);
    data.append("keep_audio", document.getElementById("keep_audio").checked);
    data.append("keep_history", document.getElementById("keep_history").checked);
    return data;
  }

  function busy(isBusy) {
    sending.hidden = !isBusy;
    for (const button of form.querySelectorAll("button")) {
      if (button.id !== "stop-sending") button.disabled = isBusy;
    }
    file.disabled = isBusy;
    if (isBusy) document.getElementById("stop-sending").focus();
  }

  function send(data, what) {
    if (request) return;
    say(message, "");
    busy(true);
    bar.value = 0;
    document.getElementById("sending-what").textContent = "Sending " + what;
    request = new XMLHttpRequest();
    request.open("POST", api);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", finished);
    request.send(fill(data));
  }

  function finished() {
    const { status, response } = request;
    const given = request.aborted;
    request = null;
    busy(false);
    file.value = "";
    if (status === 202 && response) {
      window.location.assign("/results/" + response.id);
    } else if (given) {
      say(message, "Cancelled; nothing was kept.");
    } else {
      say(message, response ? wordsOf(response) : "It could not be sent. Is callcheck still running?");
    }
  }

  function sendFile(chosen, name) {
    if (!chosen) return;
    if (chosen.size > most) {
      say(message, (name || chosen.name) + " has " + Math.round(chosen.size / 1e6) + " MB; " +
        Math.round(most / 1e6) + " MB is the most. Cut out the call itself, or save it as mp3 or m4a.");
      file.value = "";
      return;
    }
    const data = new FormData();
    data.append("file", chosen, name || chosen.name);
    send(data, name || chosen.name);
  }
  window.callcheck.sendFile = sendFile;

  file.addEventListener("change", () => sendFile(file.files[0]));
  document.getElementById("stop-sending").addEventListener("click", () => {
    if (!request) return;
    request.aborted = true;
    request.abort();
  });
  document.getElementById("check-text").addEventListener("click", () => {
    const text = form.text.value;
    if (!text.trim()) {
      say(message, "Type what you would say first.");
      form.text.focus();
      return;
    }
    const data = new FormData();
    data.append("text", text);
    send(data, "the text");
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  /* drag and drop: the whole page takes a file, so that a near miss does not leave it */
  let depth = 0;
  const holdsFile = (event) => Array.from(event.dataTransfer.types).includes("Files");
  document.addEventListener("dragenter", (event) => {
    if (!holdsFile(event)) return;
    depth += 1;
    drop.classList.add("ws-over");
  });
  document.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) drop.classList.remove("ws-over");
  });
  document.addEventListener("dragover", (event) => { if (holdsFile(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    depth = 0;
    drop.classList.remove("ws-over");
    const files = event.dataTransfer.files;
    if (files.length > 1) say(message, "One recording at a time, please.");
    else sendFile(files[0]);
  });

  /* the cue card follows the kind of call */
  function showCues() {
    const kind = new FormData(form).get("kind");
    for (const cue of document.querySelectorAll("#cues li")) {
      cue.querySelector(".ws-cue-points").textContent = cue.dataset[kind];
      cue.hidden = cue.dataset[kind] === "0";
    }
  }
  for (const radio of form.querySelectorAll("[name=kind]")) radio.addEventListener("change", showCues);
  showCues();
})();
