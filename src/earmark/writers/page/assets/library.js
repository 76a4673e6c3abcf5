/* Search and filters of the library: without a server, over all its pages. Without this script it is a plain list. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  document.addEventListener("play", function (event) {
    document.querySelectorAll("audio").forEach(function (other) { if (other !== event.target) other.pause(); });
  }, true);
  document.addEventListener("toggle", function (event) {
    var audio = event.target.matches("details.listen:not([open])") && event.target.querySelector("audio");
    if (audio) audio.pause();
  }, true);
  var tools = document.getElementById("l-tools"), list = document.getElementById("l-list");
  if (!tools || !list) return;
  var search = document.getElementById("l-search"), language = document.getElementById("l-language");
  var tag = document.getElementById("l-tag"), pages = document.getElementById("l-pages");
  var status = document.getElementById("l-status"), more = document.getElementById("l-more"), say = tools.dataset;
  var STEP = 24, plain = Array.prototype.slice.call(list.children), limit = STEP, all = null, waiting = [];

  /* What the other pages list comes as a script of data, when it is first needed. */
  function withAll(then) {
    if (all) { then(); return; }
    waiting.push(then);
    if (waiting.length > 1) return;
    var script = document.createElement("script");
    script.src = "library-data.js";
    script.onload = function () {
      all = window.earmarkLibrary.map(function (entry) {
        entry.words = fold([entry.title, entry.by, entry.about, entry.tags.join(" ")].join(" "));
        return entry;
      });
      waiting.splice(0).forEach(function (go) { go(); });
    };
    document.head.appendChild(script);
  }
  function fold(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

  function element(name, className, content) {
    var made = document.createElement(name);
    if (className) made.className = className;
    if (content) made.textContent = content;
    return made;
  }
  /* What the page itself says may be in another language than the site. */
  function own(made) {
    if (tools.lang) { made.lang = tools.lang; made.dir = tools.dir; }
    return made;
  }
  function about(entry) {
    var line = element("p", "meta"), date = entry.published ? own(element("time", "", entry.date)) : entry.date;
    if (entry.published) date.dateTime = entry.published;
    var parts = [entry.by, date, own(element("span", "", entry.length)), entry.language];
    parts.filter(Boolean).forEach(function (part, index) {
      var holder = element("span");
      holder.append(part);
      line.append(index ? " " : "", holder);
    });
    return line;
  }
  /* The same as what the page has without scripts: templates/library.html. */
  function row(entry) {
    var item = element("li", "edition"), heading = element("h2"), link = element("a", "", entry.title);
    item.lang = entry.lang;
    item.dir = entry.dir;
    link.href = entry.href;
    heading.append(link);
    item.append(heading, about(entry));
    if (entry.about) item.append(element("p", "about", entry.about));
    if (entry.tags.length) {
      var tags = element("ul", "tags");
      entry.tags.forEach(function (one) { tags.append(element("li", "", one)); });
      item.append(tags);
    }
    var listen = element("details", "listen"), summary = own(element("summary", "", say.listen)), audio = element("audio");
    var named = element("span", "vh", ": "), title = element("span", "", entry.title);
    title.lang = entry.lang;
    named.append(title);
    summary.append(named);
    audio.controls = true;
    audio.preload = "none";
    audio.src = entry.audio;
    audio.setAttribute("aria-label", entry.title);
    listen.append(summary, audio);
    item.append(listen);
    return item;
  }

  function refresh() {
    var words = fold(search.value).split(/\s+/).filter(Boolean);
    var asked = words.length || language.value || tag.value;
    if (!asked) {
      list.replaceChildren.apply(list, plain);
      if (pages) pages.hidden = false;
      more.hidden = true;
      status.textContent = "";
      return;
    }
    withAll(function () {
      var found = all.filter(function (entry) {
        return (!language.value || entry.lang === language.value) && (!tag.value || entry.tags.indexOf(tag.value) >= 0) &&
          words.every(function (one) { return entry.words.indexOf(one) >= 0; });
      });
      list.replaceChildren.apply(list, found.slice(0, limit).map(row));
      if (pages) pages.hidden = true;
      more.hidden = found.length <= limit;
      status.textContent = found.length === 1 ? say.one : found.length ? say.many.replace("{n}", found.length) : say.none;
    });
  }
  var timer = 0;
  function soon() {
    limit = STEP;
    clearTimeout(timer);
    timer = setTimeout(refresh, 200);
  }
  search.addEventListener("input", soon);
  language.addEventListener("change", soon);
  tag.addEventListener("change", soon);
  document.getElementById("l-clear").addEventListener("click", function () {
    search.value = language.value = tag.value = "";
    soon();
    search.focus();
  });
  more.addEventListener("click", function () {
    var before = list.children.length;
    limit += STEP;
    withAll(function () {
      refresh();
      var next = list.children[before];
      if (next) next.querySelector("a").focus();
    });
  });
});
