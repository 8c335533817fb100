// Which pieces of a series were read, kept in this browser only: a piece counts as read when its end
// was seen.
(function () {
  "use strict";
  var read = {};
  function show() {
    try { read = JSON.parse(localStorage.getItem("read")) || read; } catch (error) { /* Nothing is known then. */ }
    document.querySelectorAll("[data-series]").forEach(function (list) {
      var items = Array.from(list.querySelectorAll("ol > li"));
      var done = items.filter(function (item) {
        var link = item.querySelector("a[href]");
        var known = read[link ? link.pathname : location.pathname] === 1;
        item.classList.toggle("read", known);
        return known;
      }).length;
      list.querySelector(".series-read").textContent = done === items.length ? T("series.all_read") : done > 0 ? T("series.read_n", { n: done }) : "";
    });
  }

  var end = document.querySelector("[data-series-end]");
  if (end && "IntersectionObserver" in window) {
    var watch = new IntersectionObserver(function (seen) {
      if (!seen.some(function (entry) { return entry.isIntersecting; })) return;
      watch.disconnect();
      read[location.pathname] = 1;
      try { localStorage.setItem("read", JSON.stringify(read)); } catch (error) { /* It is forgotten then. */ }
      show();
    });
    watch.observe(end);
  }
  // Also when the page comes back from the browser's memory: another piece was read since.
  window.addEventListener("pageshow", function (event) { if (event.persisted) show(); });
  show();
})();
