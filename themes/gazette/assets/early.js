// What the reader chose, put on <html> before anything is painted: so no page flashes. Without it, or
// without storage, the page is as it was written.
(function () {
  "use strict";
  var root = document.documentElement;
  var kept = {};
  var allowed = { theme: ["light", "dark"], contrast: ["more"], size: ["2", "3", "4"], font: ["serif"] };

  function read() {
    try { kept = JSON.parse(localStorage.getItem("gazette")) || {}; } catch (error) { /* nothing is kept */ }
    if (typeof kept !== "object") kept = {};
  }
  function apply() {
    root.classList.toggle("elder", kept.elder === true);
    root.classList.toggle("voice", kept.voice === true);
    Object.keys(allowed).forEach(function (name) {
      var value = kept[name];
      // Elder mode is black on white, whatever else was chosen.
      if (kept.elder === true && name === "theme") value = "light";
      if (kept.elder === true && name === "contrast") value = "";
      if (allowed[name].indexOf(value) < 0) root.removeAttribute("data-" + name);
      else root.setAttribute("data-" + name, value);
    });
  }
  function choose(name, value) {
    kept[name] = value;
    try { localStorage.setItem("gazette", JSON.stringify(kept)); } catch (error) { /* for this page only */ }
    apply();
  }

  root.classList.add("js");
  read();
  apply();
  window.gazette = { get: function (name) { return kept[name]; }, choose: choose };
  // A page that comes back from the browser's memory, or stands open in another window.
  window.addEventListener("pageshow", function (event) { if (event.persisted) { read(); apply(); } });
  window.addEventListener("storage", function (event) { if (event.key === "gazette") { read(); apply(); } });
})();
