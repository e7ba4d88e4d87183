"use strict";

/* On a result: score other words at once, set verdicts by hand, keep, delete. */
(() => {
  const { ask, say } = window.callcheck;
  const id = document.getElementById("result").dataset.id;
  const path = "/" + id;

  /** Put a fresh rendering in place of this one; the server renders, nobody else. */
  async function refresh(words) {
    const answer = await fetch("/results/" + id);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("result");
    if (!fresh) { window.location.reload(); return; }
    document.getElementById("result").replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    for (const report of document.querySelectorAll(".cc-report")) window.callcheckReport.setUp(report);
    setUp();
    say(document.getElementById("said"), words);
    const title = document.getElementById("cc-score-title");
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  function on(name, does) {
    const element = document.getElementById(name);
    if (element) element.addEventListener("click", () => does(element));
  }

  async function attempt(element, into, work) {
    const place = document.getElementById(into);
    say(place, "");
    element.disabled = true;
    try {
      await work();
    } catch (error) {
      say(place, error.message);
    } finally {
      element.disabled = false;
    }
  }

  function setUp() {
    on("rescore", (button) => attempt(button, "words-said", async () => {
      const text = document.getElementById("corrected").value;
      if (!text.trim()) throw new Error("There are no words to score.");
      const before = document.querySelector(".cc-dial-score").textContent;
      const now = await ask("PUT", path + "/transcript", { text });
      await refresh("Scored again: " + before + " before, " + (now.score === null ? "no score" : now.score) + " now.");
    }));
    on("restore", (button) => attempt(button, "words-said", async () => {
      await ask("DELETE", path + "/transcript");
      await refresh("Back to the words as they were.");
    }));
    on("keep", (button) => attempt(button, "said", async () => {
      const kept = await ask("POST", path + "/history");
      await refresh("Kept in the history as no " + kept.attempt + ".");
    }));
    on("delete", (button) => attempt(button, "said", async () => {
      await ask("DELETE", path);
      window.location.assign("/");
    }));
    for (const select of document.querySelectorAll("[data-check]")) {
      select.addEventListener("change", () => attempt(select, "said", () => setVerdict(select)));
      addDoubt(select);
    }
    showVerdicts();
  }

  async function setVerdict(select) {
    const where = path + "/verdicts/" + encodeURIComponent(select.dataset.check);
    const now = select.value ? await ask("PUT", where, { verdict: select.value }) : await ask("DELETE", where);
    document.getElementById("hand-score").hidden = now.score === null;
    document.getElementById("hand-number").textContent = now.score;
    document.getElementById("hand-grade").textContent = now.grade;
    showVerdicts();
  }

  /** A way from each check that went wrong to one's own verdict on it. */
  function addDoubt(select) {
    const check = document.getElementById("cc-check-" + select.dataset.check);
    if (!check || check.classList.contains("cc-is-pass")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ws-doubt";
    button.textContent = "Not right?";
    button.setAttribute("aria-label", "Not right? " + document.getElementById(select.id + "-title").textContent);
    button.addEventListener("click", () => { select.focus(); select.scrollIntoView({ block: "center" }); });
    check.querySelector(".cc-check-body").append(button);
  }

  /** Both verdicts beside one another in the report. */
  function showVerdicts() {
    for (const select of document.querySelectorAll("[data-check]")) {
      const check = document.getElementById("cc-check-" + select.dataset.check);
      if (!check) continue;
      const old = check.querySelector(".ws-yours");
      if (old) old.remove();
      if (!select.value) continue;
      const yours = document.createElement("span");
      yours.className = "ws-yours";
      yours.textContent = "you: " + select.selectedOptions[0].textContent;
      check.querySelector(".cc-verdict").after(yours);
    }
  }

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".ws-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(".ws-menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  setUp();
})();
