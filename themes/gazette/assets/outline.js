// Marks in the outline beside a text which part is being read. Without it the outline is a plain list of links.
(function () {
  "use strict";
  var links = document.querySelectorAll(".outline a");
  if (!links.length || !("IntersectionObserver" in window)) return;
  var heads = [];
  links.forEach(function (link) {
    var head = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (head) heads.push({ head: head, link: link });
  });
  function mark() {
    var now = null;
    heads.forEach(function (part) {
      if (part.head.getBoundingClientRect().top < window.innerHeight * 0.3) now = part.link;
    });
    links.forEach(function (link) {
      if (link === now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
  var watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px" });
  window.gazette.styled(function () {
    heads.forEach(function (part) { watch.observe(part.head); });
    mark();
  });
})();
