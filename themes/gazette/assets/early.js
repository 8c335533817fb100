// What the reader chose, put on <html> before anything is painted: so no page flashes. Without it, or
// without storage, the page is as it was written.
(function () {
  "use strict";
  var root = document.documentElement;
  var kept = {};
  var allowed = { theme: ["light", "dark"], contrast: ["more"], size: ["2", "3", "4"], font: ["serif"] };
  // Elder mode's sheet is fetched by those alone who use it.
  var sheet = document.currentScript.getAttribute("data-elder");
  var speak = document.currentScript.getAttribute("data-speak");
  var isThere = false;

  function read() {
    try { kept = JSON.parse(localStorage.getItem("gazette")) || {}; } catch (error) { /* nothing is kept */ }
    if (typeof kept !== "object") kept = {};
  }
  // On a disk Firefox gives each file a storage of its own. What was chosen and read then comes in the link
  // that led here; `reading.js` puts it there. The address is mended at once.
  function take() {
    var found = /[?&]kept=([^&]*)/.exec(location.search);
    if (!found) return;
    try {
      var given = JSON.parse(decodeURIComponent(found[1]));
      history.replaceState(history.state, "", location.pathname + location.search.replace(found[0], "") + location.hash);
      kept = given.gazette || {};
      localStorage.setItem("gazette", JSON.stringify(kept));
      var all = JSON.parse(localStorage.getItem("read")) || {};
      Object.keys(given.read || {}).forEach(function (path) { all[path] = 1; });
      localStorage.setItem("read", JSON.stringify(all));
    } catch (error) { /* for this page only, or not at all */ }
  }
  function apply() {
    var elder = kept.elder === true;
    root.classList.toggle("elder", elder);
    root.classList.toggle("voice", kept.voice === true);
    Object.keys(allowed).forEach(function (name) {
      var value = kept[name];
      // Elder mode is black on white, whatever else was chosen.
      if (elder && name === "theme") value = "light";
      if (elder && name === "contrast") value = "";
      if (allowed[name].indexOf(value) < 0) root.removeAttribute("data-" + name);
      else root.setAttribute("data-" + name, value);
    });
  }
  // Later than the head the sheet is waited for, so that the page goes over in one step.
  function bring(then) {
    if (kept.elder !== true || isThere) { then(); return; }
    isThere = true;
    var link = document.createElement("link");
    link.rel = "stylesheet";
    link.media = "screen";
    link.href = sheet;
    link.onload = link.onerror = then;
    document.head.appendChild(link);
  }
  function choose(name, value, then) {
    kept[name] = value;
    try { localStorage.setItem("gazette", JSON.stringify(kept)); } catch (error) { /* for this page only */ }
    bring(function () { apply(); if (then) then(); });
  }
  function again() { read(); bring(apply); }

  root.classList.add("js");
  read();
  if (location.protocol === "file:") take();
  apply();
  if (kept.elder === true) {
    isThere = true;
    // Written by the parser's side, a sheet holds the first paint back as any other in the head does.
    document.write("<link rel=\"stylesheet\" media=\"screen\" href=\"" + encodeURI(decodeURI(sheet)) + "\">");
  }
  window.gazette = { get: function (name) { return kept[name]; }, choose: choose, speak: speak };
  // A page that comes back from the browser's memory, or stands open in another window.
  window.addEventListener("pageshow", function (event) { if (event.persisted) again(); });
  window.addEventListener("storage", function (event) { if (event.key === "gazette") again(); });
})();
