// A book to be printed: the page numbers of its contents, and the button.
//
// No browser fills in `target-counter` yet, so the pages are counted here. A column of a page's size breaks its
// content by the same rules as paper does: what needs three such columns needs three pages.
(function () {
  "use strict";
  var button = document.querySelector(".print");
  if (button && window.print) {
    // As on other pages: what only works with scripts shows with this class.
    document.documentElement.classList.add("js");
    button.addEventListener("click", function () { window.print(); });
  }

  // A heading and the table or figure right below it stay together: Firefox, WebKit and Chromium 86 know no other way.
  Array.prototype.forEach.call(document.querySelectorAll(".entry-text > .table, .entry-text > figure, .entry-text > .part"), function (block) {
    var heading = block.previousElementSibling;
    if (!heading || !/^H[2-6]$/.test(heading.tagName)) return;
    var both = document.createElement("div");
    both.className = "together";
    block.parentNode.insertBefore(both, heading);
    both.appendChild(heading);
    both.appendChild(block);
  });

  // How many pages the content of `sheet` fills.
  function pages(sheet) {
    var column = document.createElement("div");
    column.className = "measure";
    column.setAttribute("aria-hidden", "true");
    var copy = sheet.cloneNode(true);
    copy.removeAttribute("id");
    Array.prototype.forEach.call(copy.querySelectorAll("[id]"), function (inside) { inside.removeAttribute("id"); });
    column.appendChild(copy);
    document.body.appendChild(column);
    var count = Math.max(1, Math.round(column.scrollWidth / column.clientWidth));
    document.body.removeChild(column);
    return count;
  }

  // Where a browser prints no page numbers (Chromium before 131, Firefox, WebKit), the contents have none either.
  var isNumbered = "CSSMarginRule" in window;
  if (!isNumbered) document.documentElement.classList.add("unnumbered");

  function number() {
    var begins = {};
    // The title page is the first.
    var next = 2;
    Array.prototype.forEach.call(document.querySelectorAll("[data-paged]"), function (sheet) {
      begins[sheet.getAttribute("data-paged")] = next;
      next += pages(sheet);
    });
    Array.prototype.forEach.call(document.querySelectorAll(".contents .page"), function (place) {
      place.setAttribute("data-page", isNumbered && begins[place.getAttribute("data-of")] || "");
    });
    document.documentElement.setAttribute("data-pages", String(next - 1));
  }

  // With all styles, fonts and photos: what is not there yet takes no room.
  function ready() {
    if (document.fonts && document.fonts.ready) document.fonts.ready.then(number);
    else number();
  }
  if (document.readyState === "complete") ready();
  else window.addEventListener("load", ready);
})();
