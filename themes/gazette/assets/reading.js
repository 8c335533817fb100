// 长者模式 and 阅读设置: what a reader chooses is kept in this browser and sent nowhere.
(function () {
  "use strict";
  var gazette = window.gazette;
  var make = gazette.make;
  var groups = [
    [T("reading.size"), "size", [["", T("reading.size_normal")], ["2", T("reading.size_2")], ["3", T("reading.size_3")], ["4", T("reading.size_4")]]],
    [T("reading.colour"), "theme", [["", T("reading.system")], ["light", T("reading.light")], ["dark", T("reading.dark")]]],
    [T("reading.contrast"), "contrast", [["", T("reading.contrast_normal")], ["more", T("reading.contrast_more")]]],
    [T("reading.font"), "font", [["", T("reading.sans")], ["serif", T("reading.serif")]]],
    [T("reading.slash"), "slash", [["", T("reading.on")], ["off", T("reading.off")]]]
  ];
  var inputs = [];

  function group(line) {
    var options = line[2].map(function (option) {
      var input = make("input", { type: "radio", name: "reading-" + line[1], value: option[0] });
      input.addEventListener("change", function () { gazette.choose(line[1], option[0]); });
      inputs.push([input, line[1], option[0]]);
      return make("label", {}, [input, " " + option[1]]);
    });
    return make("fieldset", { "class": "choice choice-" + line[1] }, [make("legend", {}, [line[0]])].concat(options));
  }
  function fill(panel) {
    groups.forEach(function (line) { panel.appendChild(group(line)); });
    panel.appendChild(gazette.button(T("reading.reset"), function () {
      groups.forEach(function (line) { gazette.choose(line[1], ""); });
      fresh();
    }));
  }
  function fresh() {
    inputs.forEach(function (input) { input[0].checked = (gazette.get(input[1]) || "") === input[2]; });
  }
  gazette.panel(gazette.all(".to-settings"), T("settings"), fill, fresh);

  // The button that was pressed goes away with the mode; the focus goes to the one that takes its place.
  function turn(elder) {
    gazette.choose("elder", elder, function () {
      window.scrollTo(0, 0);
      var next = gazette.all(elder ? ".from-elder" : ".to-elder").filter(function (node) { return node.offsetWidth > 0; })[0];
      if (next) next.focus();
    });
  }
  gazette.all(".to-elder").forEach(function (node) { node.addEventListener("click", function () { turn(true); }); });
  gazette.all(".from-elder").forEach(function (node) { node.addEventListener("click", function () { turn(false); }); });

  // From a disk, links take along what `early.js` takes up on the next page.
  function carry(event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.protocol !== "file:" || link.pathname === location.pathname || !/\.html$/.test(link.pathname)) return;
    var given = {};
    ["gazette", "read"].forEach(function (name) {
      try { given[name] = JSON.parse(localStorage.getItem(name)) || undefined; } catch (error) { /* nothing is kept */ }
    });
    var was = link.search;
    if (given.gazette || given.read) link.search = "?kept=" + encodeURIComponent(JSON.stringify(given));
    setTimeout(function () { link.search = was; });
  }
  if (location.protocol === "file:") {
    document.addEventListener("click", carry, true);
    document.addEventListener("auxclick", carry, true);
  }

  // `/` goes to the search page. It can be switched off, as WCAG 2.1.4 wants it of a key alone.
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || gazette.get("slash") === "off") return;
    if (at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
    var field = document.querySelector("main [role=combobox]");
    var link = document.querySelector("a.to-search");
    if (!field && !link) return;
    event.preventDefault();
    if (field) field.focus();
    else location.href = link.href;
  });
})();
