/* The address says what is played: standin.html?audio=…&title=… */
(function () {
  "use strict";
  var asked = new URLSearchParams(location.search), audio = document.getElementById("p-audio");
  var play = document.getElementById("play"), seek = document.getElementById("seek"), speed = document.getElementById("speed");
  var rates = [1, 1.25, 1.5, 2];
  function clock(seconds) { return Math.floor(seconds / 60) + ":" + ("0" + (Math.floor(seconds) % 60)).slice(-2); }
  audio.src = asked.get("audio");
  document.getElementById("title").textContent = asked.get("title");
  play.addEventListener("click", function () { if (audio.paused) audio.play(); else audio.pause(); });
  audio.addEventListener("play", function () { play.setAttribute("aria-label", "Pause"); });
  audio.addEventListener("pause", function () { play.setAttribute("aria-label", "Listen to this article"); });
  seek.addEventListener("input", function () { audio.currentTime = seek.value / 100 * audio.duration; });
  function shown() {
    var left = audio.duration - audio.currentTime || 0;
    document.getElementById("time").textContent = clock(left);
    seek.value = 100 * audio.currentTime / audio.duration || 0;
    seek.setAttribute("aria-valuetext", clock(audio.currentTime));
  }
  ["timeupdate", "loadedmetadata", "seeked"].forEach(function (name) { audio.addEventListener(name, shown); });
  speed.addEventListener("click", function () {
    audio.playbackRate = rates[(rates.indexOf(audio.playbackRate) + 1) % rates.length];
    speed.textContent = audio.playbackRate + " ×";
    speed.setAttribute("aria-label", "Speed: " + speed.textContent);
  });
})();
