(() => {
  "use strict";

  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds));
    return Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
  };

  function setUp(root) {
    if (root.dataset.ready) return;
    root.dataset.ready = "yes";
    openForPrint(root);
    const audio = root.querySelector(".cc-audio");
    if (audio) setUpPlayer(root, audio);
  }

  function openForPrint(root) {
    const sums = root.querySelector("details.cc-sums");
    if (!sums) return;
    let wasOpen = sums.open;
    window.addEventListener("beforeprint", () => { wasOpen = sums.open; sums.open = true; });
    window.addEventListener("afterprint", () => { sums.open = wasOpen; });
  }

  function setUpPlayer(root, audio) {
    const player = root.querySelector(".cc-player");
    const button = root.querySelector(".cc-play");
    const seek = root.querySelector(".cc-seek");
    const now = root.querySelector(".cc-now");
    const said = root.querySelector(".cc-recording [role=status]");
    const timelines = Array.from(root.querySelectorAll(".cc-timeline"));
    const cursors = root.querySelectorAll(".cc-cursor");
    const words = Array.from(root.querySelectorAll(".cc-w[data-s]"));
    const duration = Number(timelines[0].dataset.duration) || audio.duration;
    let stopAt = null;
    let frame = 0;
    let active = null;

    audio.controls = false;
    player.hidden = false;

    function show() {
      const at = audio.currentTime;
      const percent = Math.min(100, (100 * at) / duration) + "%";
      for (const cursor of cursors) {
        cursor.setAttribute("x1", percent);
        cursor.setAttribute("x2", percent);
      }
      seek.value = String(at);
      seek.setAttribute("aria-valuetext", clock(at) + " of " + clock(duration));
      now.textContent = clock(at);
      for (const word of words) {
        const here = at >= Number(word.dataset.s) && at < Number(word.dataset.e);
        word.classList.toggle("cc-here", here && !audio.paused);
      }
    }

    function tick() {
      if (stopAt !== null && audio.currentTime >= stopAt) {
        stopAt = null;
        audio.pause();
      }
      show();
      frame = audio.paused ? 0 : requestAnimationFrame(tick);
    }

    function mark(element) {
      if (active) active.classList.remove("cc-playing");
      active = element;
      if (active) active.classList.add("cc-playing");
    }

    function whenReady(then) {
      if (audio.readyState >= 1) then();
      else audio.addEventListener("loadedmetadata", then, { once: true });
    }

    function play(element) {
      const start = Number(element.dataset.start);
      const end = Number(element.dataset.end);
      whenReady(() => {
        audio.currentTime = start;
        stopAt = Math.min(Math.max(end, start + 0.3), duration);
        mark(element);
        said.textContent = "Playing " + clock(start) + " to " + clock(end);
        audio.play().catch(() => { said.textContent = "The recording could not be played."; });
      });
    }

    function moveTo(seconds) {
      stopAt = null;
      mark(null);
      whenReady(() => { audio.currentTime = seconds; show(); });
    }

    root.querySelectorAll("[data-start]").forEach((element) => {
      element.addEventListener("click", (event) => { event.stopPropagation(); play(element); });
      if (element.getAttribute("role") !== "button") return;
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        play(element);
      });
    });
    for (const timeline of timelines) {
      timeline.addEventListener("click", (event) => {
        const box = timeline.getBoundingClientRect();
        moveTo(Math.max(0, ((event.clientX - box.left) / box.width) * duration));
      });
    }
    seek.addEventListener("input", () => moveTo(Number(seek.value)));
    button.addEventListener("click", () => {
      stopAt = null;
      mark(null);
      if (audio.paused) audio.play().catch(() => {});
      else audio.pause();
    });
    audio.addEventListener("play", () => {
      player.classList.add("cc-on");
      button.setAttribute("aria-label", "Pause");
      if (!frame) frame = requestAnimationFrame(tick);
    });
    for (const name of ["pause", "ended"]) {
      audio.addEventListener(name, () => {
        player.classList.remove("cc-on");
        button.setAttribute("aria-label", "Play");
        mark(null);
        show();
      });
    }
    audio.addEventListener("seeked", show);
  }

  window.callcheckReport = { setUp };
  document.querySelectorAll(".cc-report").forEach(setUp);
})();
