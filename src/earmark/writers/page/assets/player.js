/* The player around the browser's own audio control. Without this script the page still plays. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var data = earmark.read("earmark-cues"), audio = document.getElementById("p-audio");
  if (!data || !audio) return;
  var cues = new earmark.Cues(data), memory = earmark.memory, say = data.say;
  var root = document.documentElement, text = document.getElementById("p-text") && document.querySelector("main");
  var byId = function (id) { return document.getElementById(id); };
  var moved = -1; // where we asked to go, until the browser is there
  var current = -1, chapter = -1, word = "", wasNow = [];

  function now() { return moved >= 0 ? moved : Math.round(audio.currentTime * 1000); }

  function seek(ms) {
    ms = Math.max(0, Math.min(ms, data.duration - 50));
    moved = audio.readyState ? -1 : ms;
    audio.currentTime = ms / 1000;
    update();
  }
  function playFrom(ms) { seek(ms); play(); }
  function play() {
    var started = audio.play();
    if (started) started.catch(function () { /* the browser wants a press of its own control */ });
  }
  function toggle() { if (audio.paused) play(); else audio.pause(); }

  /* Nothing is announced while the voice speaks. */
  function announce(words) {
    var status = byId("p-status");
    if (!status) return;
    status.textContent = "";
    setTimeout(function () { if (audio.paused || audio.ended) status.textContent = words; }, 50);
  }

  /* --- what is heard now ------------------------------------------------------------------ */

  function update() {
    var time = now(), untouched = time === 0 && audio.paused, cue = untouched ? -1 : cues.at(time);
    if (cue !== current) {
      wasNow.forEach(function (element) { element.classList.remove("now"); });
      wasNow = cue < 0 ? [] : cues.elements(cue);
      wasNow.forEach(function (element) { element.classList.add("now"); });
      current = cue;
      tell(cue);
      if (following() && !audio.paused) show(wasNow[0]);
    }
    markWord(cue, time);
    if (sleepAt >= 0 && time >= sleepAt && !audio.paused) sleep();
    var inside = cues.chapter(time);
    if (inside !== chapter) {
      chapter = inside;
      chapterLinks.forEach(function (link, index) {
        if (index === chapter) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      });
      audio.dispatchEvent(new Event("chapterchange"));
    }
  }

  /* Words that stand nowhere in the article ("Image:", who wrote it, the end) are shown beside the player. No live
     region: whoever listens hears them. */
  var line = byId("p-now"), pattern = say.now.split("{words}");
  function tell(cue) {
    if (!line) return;
    var words = data.said[cue] || "";
    if (words && wasNow.some(function (element) { return element.getClientRects().length; })) words = "";
    line.replaceChildren();
    if (!words) return;
    var part = document.createElement("span");
    part.lang = root.lang;
    part.dir = "auto";
    part.textContent = words;
    line.append(pattern[0], part, pattern[1] || "");
  }

  var highlight = window.Highlight && CSS.highlights ? new Highlight() : null;
  if (highlight) CSS.highlights.set("earmark-word", highlight);
  function markWord(cue, time) {
    if (!highlight) return;
    var found = wanted("word") ? cues.word(cue, time) : null;
    if (found && time > cues.end(cue)) found = null;
    var key = found ? cue + ":" + found.index : "";
    if (key === word) return;
    word = key;
    highlight.clear();
    var range = found && cues.range(cue, found.place, found.length);
    if (range) highlight.add(range);
  }

  function tick() {
    update();
    if (!audio.paused && !audio.ended) requestAnimationFrame(tick);
  }

  function following() { return wanted("follow"); }
  function show(element) {
    if (!element) return;
    var calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  /* --- going somewhere -------------------------------------------------------------------- */

  var LATE = 1500; // "previous" within this time of a start means the one before it

  function sentence(steps) {
    var cue = Math.max(0, cues.latest(now()));
    if (steps > 0) cue = Math.min(cue + 1, cues.count - 1);
    else if (now() - cues.start(cue) < LATE) cue = Math.max(0, cue - 1);
    seek(cues.start(cue));
  }
  function paragraph(steps) {
    var cue = Math.max(0, cues.latest(now())), first = cues.paragraph(cue, 0);
    if (steps < 0 && now() - cues.start(first) >= LATE) seek(cues.start(first));
    else {
      var target = cues.paragraph(cue, steps);
      if (target >= 0) seek(cues.start(target));
    }
  }
  function byChapter(steps) {
    var here = Math.max(0, cues.chapter(now()));
    if (steps < 0 && now() - cues.chapterStart(here) >= LATE) steps = 0;
    var target = Math.max(0, here + steps);
    if (target < cues.chapters()) seek(cues.chapterStart(target));
  }
  function skip(seconds) { seek(now() + seconds * 1000); }

  var SPEEDS = byId("p-speed");
  function speed(value) {
    audio.playbackRate = audio.defaultPlaybackRate = value;
    if (SPEEDS) SPEEDS.value = value.toFixed(1);
    memory.set("speed", value === 1 ? null : value.toFixed(1));
  }
  function faster(step) { speed(Math.max(0.5, Math.min(3, Math.round((audio.playbackRate + step) * 10) / 10))); }

  var actions = {
    play: toggle,
    back: function () { skip(-10); },
    forward: function () { skip(10); },
    previous_sentence: function () { sentence(-1); },
    next_sentence: function () { sentence(1); },
    previous_paragraph: function () { paragraph(-1); },
    next_paragraph: function () { paragraph(1); },
    previous_chapter: function () { byChapter(-1); },
    next_chapter: function () { byChapter(1); },
    slower: function () { faster(-0.1); },
    faster: function () { faster(0.1); }
  };
  document.querySelectorAll("button[data-do]").forEach(function (button) {
    button.addEventListener("click", function () { actions[button.getAttribute("data-do")](); });
  });

  var chapterLinks = Array.prototype.slice.call(document.querySelectorAll("a[data-chapter]"));
  chapterLinks.forEach(function (link, index) {
    link.addEventListener("click", function (event) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      playFrom(cues.chapterStart(index));
      if (following()) show(byId(link.getAttribute("href").slice(1)));
    });
  });

  /* --- choices that are kept -------------------------------------------------------------- */

  function wanted(name) {
    var box = byId("p-" + name);
    return box ? box.checked : false;
  }
  ["follow", "word", "keys", "times"].forEach(function (name) {
    var box = byId("p-" + name), kept = memory.get(name);
    if (!box) return;
    if (kept) box.checked = kept === "on";
    box.addEventListener("change", function () {
      memory.set(name, box.checked ? "on" : "off");
      if (name === "follow" && box.checked) show(wasNow[0]);
      update();
    });
  });
  if (SPEEDS) SPEEDS.addEventListener("change", function () { speed(parseFloat(SPEEDS.value)); });
  var keptSpeed = parseFloat(memory.get("speed"));
  if (keptSpeed >= 0.5 && keptSpeed <= 3) speed(keptSpeed);

  /* --- sleep ------------------------------------------------------------------------------ */

  var sleepAt = -1, sleepTimer = 0, sleeper = byId("p-sleep");
  function awake() {
    clearTimeout(sleepTimer);
    sleepAt = -1;
    if (sleeper) sleeper.value = "";
  }
  function sleep() {
    var heard = !audio.paused;
    awake();
    audio.pause();
    if (heard) announce(say.slept);
  }
  /* The end of what is heard of a paragraph or chapter, before the pause behind it: nobody wants a syllable of the next. */
  function sleepAfter(next) { sleepAt = next > 0 && next < cues.count ? cues.end(next - 1) + 50 : -1; }
  function chooseSleep() {
    var cue = Math.max(0, cues.latest(now()));
    if (sleeper.value === "paragraph") sleepAfter(cues.paragraph(cue, 1));
    else if (sleeper.value === "chapter") {
      var next = cues.chapter(now()) + 1;
      sleepAfter(next < cues.chapters() ? cues.latest(cues.chapterStart(next)) : -1);
    } else sleepAt = -1;
  }
  if (sleeper) {
    sleeper.addEventListener("change", function () {
      clearTimeout(sleepTimer);
      chooseSleep();
      var minutes = parseFloat(sleeper.value);
      if (minutes) sleepTimer = setTimeout(sleep, minutes * 60000);
    });
    audio.addEventListener("seeking", chooseSleep);
    audio.addEventListener("ended", awake);
  }

  /* --- continue where you stopped ---------------------------------------------------------- */

  var kept = "at:" + data.id, keptAt = 0;
  function keep() {
    var time = now();
    memory.set(kept, time > 3000 && time < data.duration - 3000 ? String(time) : null);
    keptAt = Date.now();
  }
  function fromAddress() {
    var asked = /^#t=(.+)$/.exec(location.hash);
    return asked ? earmark.parseTime(asked[1]) : -1;
  }
  function begin() {
    var asked = fromAddress(), cue = -1;
    if (asked < 0 && location.hash.length > 1) {
      cue = cues.ofBlock(location.hash.slice(1));
      if (cue >= 0) asked = cues.start(cue);
    }
    var stored = parseInt(memory.get(kept), 10);
    if (asked >= 0) {
      seek(asked);
      if (cue < 0) show(wasNow[0]);
    } else if (stored > 0) {
      seek(stored);
      var note = byId("p-resume");
      if (note) { note.textContent = say["continue"].replace("{time}", earmark.clock(stored)); note.hidden = false; }
    } else update();
  }
  window.addEventListener("hashchange", function () {
    var asked = fromAddress();
    if (asked >= 0) { seek(asked); show(wasNow[0]); }
  });
  window.addEventListener("pagehide", keep);

  /* --- the audio's own events ---------------------------------------------------------------- */

  var playButton = document.querySelector('button[data-do="play"]');
  function state() {
    var playing = !audio.paused && !audio.ended, note = byId("p-resume");
    root.classList.toggle("playing", playing);
    if (playButton) {
      playButton.title = playing ? say.pause : say.play;
      playButton.querySelector(".name").textContent = playing ? say.pause : say.play;
    }
    if (playing && note) note.hidden = true;
  }
  audio.addEventListener("play", function () { state(); requestAnimationFrame(tick); });
  audio.addEventListener("pause", function () { state(); update(); keep(); });
  audio.addEventListener("ended", function () { state(); update(); keep(); });
  ["seeking", "seeked", "timeupdate"].forEach(function (name) { audio.addEventListener(name, update); });
  audio.addEventListener("loadedmetadata", function () {
    if (moved >= 0) { audio.currentTime = moved / 1000; moved = -1; }
    update();
  });
  audio.addEventListener("seeked", function () { if (audio.paused) keep(); });
  audio.addEventListener("timeupdate", function () { if (!audio.paused && Date.now() - keptAt > 2000) keep(); });
  audio.addEventListener("ratechange", function () {
    if (SPEEDS) SPEEDS.value = audio.playbackRate.toFixed(1);
  });

  /* --- the text: press a sentence, or go through the sentences by keyboard ------------------- */

  var order = text ? Array.prototype.slice.call(text.querySelectorAll(".cue[id]:not(.added .cue)")) : [], stop = null;
  function reachable(element) {
    if (!element || element === stop) return;
    if (stop) stop.tabIndex = -1;
    stop = element;
    stop.tabIndex = 0;
  }
  reachable(order.filter(function (element) { return element.closest("article"); })[0] || order[0]);
  document.addEventListener("click", function (event) {
    if (!text || !text.contains(event.target) || event.target.closest("a, button, summary, input, label")) return;
    var cue = cues.ofElement(event.target);
    if (cue < 0 || String(getSelection())) return;
    reachable(order[order.indexOf(cues.elements(cue)[0])]);
    playFrom(cues.start(cue));
  });
  if (text) {
    text.addEventListener("keydown", function (event) {
      var here = order.indexOf(event.target);
      if (here < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      var ahead = getComputedStyle(event.target).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      if (event.key === "Enter") playFrom(cues.start(cues.ofElement(event.target)));
      else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
        var next = order[here + (event.key === ahead ? 1 : -1)];
        if (next) { reachable(next); next.focus(); }
      } else return;
      event.preventDefault();
    });
    text.addEventListener("focusin", function (event) {
      if (order.indexOf(event.target) >= 0) reachable(event.target);
    });
    /* From the player, Tab comes to the sentence that is heard. */
    audio.addEventListener("pause", function () { if (!text.contains(document.activeElement)) reachable(cues.elements(current)[0]); });
  }

  /* With Alt: screen readers keep single letters for themselves, and none of them wants these with Alt. */
  var KEYS = {
    k: "play", j: "back", l: "forward", u: "previous_sentence", o: "next_sentence", y: "previous_paragraph",
    p: "next_paragraph", n: "next_chapter", m: "previous_chapter", ",": "slower", ".": "faster"
  };
  var CODES = { Comma: ",", Period: "." };
  document.addEventListener("keydown", function (event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !wanted("keys")) return;
    var key = event.key.length === 1 && event.key < "\u0080" ? event.key.toLowerCase() : CODES[event.code] || event.code.replace("Key", "").toLowerCase();
    if (!KEYS[key]) return;
    event.preventDefault();
    actions[KEYS[key]]();
  });

  audio.preservesPitch = true;
  begin();
  state();
  /* What session.js and links.js go on from. */
  earmark.player = { audio: audio, data: data, cues: cues, now: now, seek: seek, play: play, skip: skip, actions: actions, announce: announce };
  root.classList.add("ready");
});
