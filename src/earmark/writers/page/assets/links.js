/* Links to a moment and to a paragraph: copied, or shown beside each paragraph. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var player = earmark.player, text = document.getElementById("p-text") && document.querySelector("main");
  if (!player || !text) return;
  var cues = player.cues, say = player.data.say, times = document.getElementById("p-times");
  var byId = function (id) { return document.getElementById(id); };

  function copy(hash) {
    var field = byId("p-link"), link = location.href.split("#")[0] + hash;
    field.value = link;
    field.closest("p").hidden = false;
    var copied = navigator.clipboard && window.isSecureContext ? navigator.clipboard.writeText(link) : Promise.reject();
    copied.then(function () { player.announce(say.copied); }, function () { field.select(); player.announce(say.not_copied); });
  }
  function onPress(id, action) { if (byId(id)) byId(id).addEventListener("click", action); }
  onPress("p-link-moment", function () { copy("#t=" + earmark.clock(player.now())); });
  onPress("p-link-paragraph", function () {
    var cue = Math.max(0, cues.latest(player.now())), block = byId(cues.block(cue));
    copy("#" + (block ? block.id : "b0000"));
  });
  function margin(shown) {
    text.querySelectorAll("a.moment").forEach(function (link) { link.remove(); });
    for (var cue = 0; shown && cue >= 0 && cue < cues.count; cue = cues.paragraph(cue, 1)) {
      var block = byId(cues.block(cue)), first = cues.elements(cue)[0];
      if (!block || !first || !block.contains(first) || !text.contains(block) || !/^(P|H[1-6]|DT)$/.test(block.tagName)) continue;
      var link = document.createElement("a"), time = earmark.clock(cues.start(cue));
      link.className = "moment";
      link.href = "#" + block.id;
      link.textContent = time;
      link.setAttribute("aria-label", say.listen_from.replace("{time}", time));
      block.insertBefore(link, block.firstChild);
    }
  }
  if (times) {
    times.addEventListener("change", function () { margin(times.checked); });
    margin(times.checked);
  }
});
