/* The lock screen and media keys: title, chapter and picture, and what their keys do. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var player = earmark.player;
  if (!player || !("mediaSession" in navigator)) return;
  var audio = player.audio, cues = player.cues, session = navigator.mediaSession;

  function describe() {
    if (!window.MediaMetadata) return;
    var about = audio.dataset, picture = document.getElementById("p-cover"), chapter = cues.chapter(player.now());
    session.metadata = new MediaMetadata({
      title: about.title,
      artist: about.artist || "",
      album: chapter >= 0 ? cues.chapterTitle(chapter) : about.album || "",
      artwork: picture && /^https?:/.test(picture.src) ? [{ src: picture.src }] : []
    });
  }
  function place() {
    if (!session.setPositionState) return;
    var whole = player.data.duration / 1000;
    session.setPositionState({
      duration: whole, playbackRate: audio.playbackRate, position: Math.min(Math.max(0, audio.currentTime), whole)
    });
  }
  function state() { session.playbackState = audio.paused || audio.ended ? "paused" : "playing"; }
  function handle(name, action) {
    try { session.setActionHandler(name, action); } catch (unknown) { /* this browser has no such key */ }
  }

  handle("play", player.play);
  handle("pause", function () { audio.pause(); });
  handle("seekbackward", function (details) { player.skip(-(details.seekOffset || 10)); });
  handle("seekforward", function (details) { player.skip(details.seekOffset || 10); });
  handle("seekto", function (details) { player.seek(details.seekTime * 1000); });
  handle("previoustrack", player.actions.previous_chapter);
  handle("nexttrack", player.actions.next_chapter);
  audio.addEventListener("chapterchange", describe);
  ["seeked", "ratechange"].forEach(function (name) { audio.addEventListener(name, place); });
  ["play", "pause", "ended"].forEach(function (name) { audio.addEventListener(name, state); });
  describe();
});
