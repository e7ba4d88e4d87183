"use strict";

/* What several pages share: asking the API, and saying what went wrong. */
window.callcheck = (() => {
  const api = "/api/v1/assessments";

  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    return Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
  };

  /** Show a message, or hide it when there is none. */
  function say(element, text) {
    element.textContent = text || "";
    element.hidden = !text;
  }

  function wordsOf(problem) {
    return [problem.detail, problem.next_step].filter(Boolean).join(" ");
  }

  /** Ask the API for a change; throws an Error whose message is meant for people. */
  async function ask(method, path, body) {
    let answer;
    try {
      answer = await fetch(api + path, {
        method,
        headers: body === undefined ? {} : { "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      throw new Error("callcheck does not answer. Is it still running?");
    }
    if (!answer.ok) throw new Error(wordsOf(await answer.json().catch(() => ({ detail: "That did not work." }))));
    return answer.status === 204 ? null : answer.json();
  }

  return { api, ask, clock, say, wordsOf };
})();
