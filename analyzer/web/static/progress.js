"use strict";

/* Follow one assessment by its server-sent events until it is done. */
(() => {
  const { api, ask, say } = window.callcheck;
  const card = document.getElementById("progress");
  if (!card) return;
  const id = card.dataset.id;
  const bar = document.getElementById("bar");
  const said = document.getElementById("said");
  const steps = Array.from(card.querySelectorAll("[data-step]"));
  const words = { waiting: "Waiting", decoding: "Reading the recording", recognising: "Writing down the words", checking: "Checking" };
  let told = "";
  const source = new EventSource(api + "/" + id + "/events");

  function show(state) {
    if (state.state === "done" || state.state === "failed") {
      source.close();
      window.location.reload();
      return;
    }
    const at = steps.findIndex((step) => step.dataset.step === state.state);
    steps.forEach((step, index) => {
      step.classList.toggle("ws-done", index < at);
      if (index === at) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    });
    if (state.state === "decoding" || state.state === "recognising") bar.value = state.progress;
    else bar.removeAttribute("value");
    const text = state.state === "waiting" && state.position
      ? "Waiting; " + state.position + " before this one" : words[state.state];
    if (text !== told) said.textContent = told = text;
  }

  source.addEventListener("state", (event) => show(JSON.parse(event.data)));
  source.addEventListener("gone", () => { source.close(); window.location.assign("/"); });
  document.getElementById("cancel").addEventListener("click", async () => {
    source.close();
    try {
      await ask("DELETE", "/" + id);
    } catch (error) {
      say(said, error.message);
    }
    window.location.assign("/");
  });
})();
