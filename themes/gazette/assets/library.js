// The library's further filters: topic, issuer, year, text, order. Type and phase are filtered by the
// stylesheet already; here they are taken together with the rest, so that the count is right.
(function () {
  "use strict";
  var form = document.querySelector(".library-search"), table = document.querySelector(".files-table");
  if (!form || !table) return;
  var body = table.tBodies[0], rows = Array.from(body.rows), told = document.querySelector(".library-count");
  var words = rows.map(function (row) { return plain(row.textContent + " " + (row.dataset.topics || "")); });
  var whole = told.textContent;

  function plain(text) { return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " "); }

  function size(bytes) {
    return bytes < 1024 ? bytes + " B" : bytes < 1048576 ? Math.round(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  }

  function value(name) { return form.elements[name] ? form.elements[name].value : ""; }

  function radio(name) {
    var box = document.querySelector("input[name=" + name + "]:checked");
    return box && !/-all$/.test(box.id) ? box.id.replace("kind-", "k-").replace("phase-", "p-") : "";
  }

  function fits(row, index, asked) {
    return asked.classes.every(function (name) { return row.classList.contains(name); })
      && (!asked.topic || ("|" + row.dataset.topics + "|").indexOf("|" + asked.topic + "|") >= 0)
      && (!asked.issuer || row.dataset.issuer === asked.issuer)
      && (!asked.year || row.dataset.date.slice(0, 4) === asked.year)
      && asked.text.every(function (word) { return words[index].indexOf(word) >= 0; });
  }

  function filter(event) {
    var shown = 0, bytes = 0, text = form.elements.text;
    // Half-typed syllables filter nothing.
    if (event && event.isComposing) return;
    // A page that comes back from the browser's memory has its default here again, in WebKit.
    text.defaultValue = text.value;
    var asked = {
      classes: [radio("kind"), radio("phase")].filter(Boolean),
      topic: value("topic"), issuer: value("issuer"), year: value("year"),
      text: plain(value("text")).split(" ").filter(Boolean)
    };
    rows.forEach(function (row, index) {
      row.hidden = !fits(row, index, asked);
      if (!row.hidden) {
        shown += 1;
        bytes += Number(row.dataset.bytes);
      }
    });
    told.textContent = shown === rows.length ? whole
      : shown === 0 ? T("library.none") : T("library.match", { n: shown, size: size(bytes) });
  }

  var orders = {
    old: function (a, b) { return a.dataset.date < b.dataset.date ? -1 : a.dataset.date > b.dataset.date ? 1 : 0; },
    name: function (a, b) { return a.cells[1].textContent.localeCompare(b.cells[1].textContent, "zh-CN"); },
    size: function (a, b) { return b.dataset.bytes - a.dataset.bytes; }
  };

  function order() {
    var by = orders[value("order")];
    (by ? rows.slice().sort(by) : rows).forEach(function (row) { body.appendChild(row); });
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", filter);
  form.addEventListener("compositionend", filter);
  form.addEventListener("change", function () { order(); filter(); });
  form.addEventListener("reset", function () {
    form.elements.text.defaultValue = "";
    document.querySelectorAll("#kind-all, #phase-all").forEach(function (box) { box.checked = true; });
    setTimeout(function () { order(); filter(); });
  });
  document.querySelectorAll(".library .filter").forEach(function (box) { box.addEventListener("change", filter); });
  // Also when the page comes back, and its fields with it, from the browser's memory or from a reload.
  window.addEventListener("pageshow", function () { order(); filter(); });
  order();
  filter();
})();
