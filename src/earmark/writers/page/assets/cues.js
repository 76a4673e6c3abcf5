/* Which cue is heard at a time: the data stands in the document, so nothing is fetched. */
var earmark = (function () {
  "use strict";

  function read(id) {
    var holder = document.getElementById(id);
    return holder ? JSON.parse(holder.textContent) : null;
  }

  /* The last index whose start is not after `time`, -1 before the first. Starts stand `step` apart in a flat list. */
  function lastStarted(list, step, time) {
    var low = 0, high = list.length / step;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (list[middle * step] <= time) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  function Cues(data) {
    this.data = data;
    this.count = data.cues.length / 3;
    this.pieces = new Array(this.count);
    this.numbers = {};
    for (var i = 0; i < this.count; i++) this.numbers[data.ids[i]] = i;
    var shown = document.querySelectorAll("main .cue");
    for (var n = 0; n < shown.length; n++) {
      var number = this.number(shown[n]);
      if (number >= 0) (this.pieces[number] = this.pieces[number] || []).push(shown[n]);
    }
  }

  /* The cue of an element: its id is the cue's, or it names the cue that it goes on with. */
  Cues.prototype.number = function (element) {
    var number = this.numbers[element.getAttribute("data-cue") || element.id];
    return number === undefined ? -1 : number;
  };

  /* Times are milliseconds. A cue stays the current one through the pause after it, up to a second and a half. */
  Cues.prototype.at = function (time) {
    var cue = lastStarted(this.data.cues, 3, time);
    return cue >= 0 && time < this.end(cue) + 1500 ? cue : -1;
  };
  Cues.prototype.latest = function (time) { return lastStarted(this.data.cues, 3, time); };
  Cues.prototype.start = function (cue) { return this.data.cues[cue * 3]; };
  Cues.prototype.end = function (cue) { return this.data.cues[cue * 3 + 1]; };
  Cues.prototype.block = function (cue) { return this.data.blocks[this.data.cues[cue * 3 + 2]]; };
  Cues.prototype.elements = function (cue) { return this.pieces[cue] || []; };

  /* The first cue of the block that `cue` is in, then of the one before or after. */
  Cues.prototype.paragraph = function (cue, steps) {
    var first = cue;
    while (first > 0 && this.block(first - 1) === this.block(cue)) first--;
    if (steps < 0) return first > 0 ? this.paragraph(first - 1, 0) : 0;
    if (steps === 0) return first;
    var next = cue;
    while (next < this.count && this.block(next) === this.block(cue)) next++;
    return next < this.count ? next : -1;
  };
  Cues.prototype.ofBlock = function (id) {
    var index = this.data.blocks.indexOf(id);
    for (var cue = 0; index >= 0 && cue < this.count; cue++) if (this.data.cues[cue * 3 + 2] === index) return cue;
    return -1;
  };
  Cues.prototype.ofElement = function (element) {
    var holder = element && element.closest && element.closest(".cue");
    return holder ? this.number(holder) : -1;
  };

  /* Place and length of the word heard at `time`, null where no engine knows. */
  Cues.prototype.word = function (cue, time) {
    var words = cue >= 0 ? this.data.words[cue] : null;
    if (!words) return null;
    var index = lastStarted(words, 3, time - this.start(cue));
    return index < 0 ? null : { place: words[index * 3 + 1], length: words[index * 3 + 2], index: index };
  };

  /* A range over `length` units of the cue's text on the page, from `place` on. */
  Cues.prototype.range = function (cue, place, length) {
    var range = document.createRange(), begun = false;
    var elements = this.elements(cue), seen = 0;
    for (var i = 0; i < elements.length; i++) {
      var walker = document.createTreeWalker(elements[i], NodeFilter.SHOW_TEXT);
      for (var node = walker.nextNode(); node; node = walker.nextNode()) {
        var end = seen + node.data.length;
        if (!begun && place < end) { range.setStart(node, place - seen); begun = true; }
        if (begun && place + length <= end) { range.setEnd(node, place + length - seen); return range; }
        seen = end;
      }
    }
    return null;
  };

  Cues.prototype.chapter = function (time) { return lastStarted(this.data.chapters, 2, time); };
  Cues.prototype.chapterStart = function (chapter) { return this.data.chapters[chapter * 2]; };
  Cues.prototype.chapterTitle = function (chapter) { return this.data.chapters[chapter * 2 + 1]; };
  Cues.prototype.chapters = function () { return this.data.chapters.length / 2; };

  function clock(ms) {
    var seconds = Math.floor(ms / 1000), minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
    var two = function (n) { return (n < 10 ? "0" : "") + n; };
    return hours ? hours + ":" + two(minutes % 60) + ":" + two(seconds % 60) : minutes + ":" + two(seconds % 60);
  }

  /* "1:23", "1:02:03", "83", "83.5" and "1m23s" as milliseconds; -1 for anything else. */
  function parseTime(text) {
    if (/^\d+(\.\d+)?$/.test(text)) return Math.round(parseFloat(text) * 1000);
    if (/^(\d+:)?\d{1,2}:\d{1,2}(\.\d+)?$/.test(text)) {
      return Math.round(text.split(":").reduce(function (sum, part) { return sum * 60 + parseFloat(part); }, 0) * 1000);
    }
    var named = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text);
    return named && text ? ((+named[1] || 0) * 3600 + (+named[2] || 0) * 60 + (+named[3] || 0)) * 1000 : -1;
  }

  /* What is remembered on this device only; a browser that forbids it is no reason to stop. */
  var memory = {
    get: function (key) { try { return localStorage.getItem("earmark:" + key); } catch (refused) { return null; } },
    set: function (key, value) {
      try {
        if (value === null) localStorage.removeItem("earmark:" + key); else localStorage.setItem("earmark:" + key, value);
      } catch (refused) { /* nothing is remembered */ }
    }
  };

  return { read: read, Cues: Cues, clock: clock, parseTime: parseTime, memory: memory, lastStarted: lastStarted };
})();
