/* Reading comfort: runs before anything is drawn, so that no page flashes in colours that hurt. */
(function () {
  "use strict";
  var root = document.documentElement, names = ["theme", "size", "spacing", "letters", "face", "width"];
  root.classList.add("scripted");

  function apply(name, value) {
    if (value) root.setAttribute("data-" + name, value); else root.removeAttribute("data-" + name);
  }
  names.forEach(function (name) { apply(name, earmark.memory.get(name)); });

  document.addEventListener("DOMContentLoaded", function () {
    names.forEach(function (name) {
      var control = document.getElementById("p-" + name);
      if (!control) return;
      var check = control.type === "checkbox";
      var stored = earmark.memory.get(name);
      if (stored && check) control.checked = true;
      else if (stored && control.querySelector('option[value="' + CSS.escape(stored) + '"]')) control.value = stored;
      control.addEventListener("change", function () {
        var value = check ? (control.checked ? "on" : "") : control.value;
        apply(name, value);
        earmark.memory.set(name, value || null);
      });
    });
    document.querySelectorAll("[data-scripted]").forEach(function (part) { part.hidden = false; });
  });
})();
