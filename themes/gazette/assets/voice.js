// Whether there is a Chinese voice: only then do the buttons of read-aloud show. What reads, `speak.js`, is
// fetched when one of them is first pressed.
(function () {
  "use strict";
  var gazette = window.gazette;
  var speech = window.speechSynthesis;
  var asked = false;
  if (!speech || !window.SpeechSynthesisUtterance) {
    if (gazette.get("voice")) gazette.choose("voice", false);
    return;
  }
  gazette.voice = function () {
    var chinese = speech.getVoices().filter(function (one) { return /^(zh|cmn)\b/i.test(one.lang.replace("_", "-")); });
    var mainland = chinese.filter(function (one) { return /^(zh.cn|zh.hans|cmn)/i.test(one.lang); });
    return mainland.filter(function (one) { return one.localService; })[0] || mainland[0] || chinese[0] || null;
  };
  function look() { if (gazette.voice() && gazette.get("voice") !== true) gazette.choose("voice", true); }
  look();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", look);
  // Voices come late or never: what was remembered of another day is given up.
  setTimeout(function () { if (!gazette.voice() && gazette.get("voice") === true) gazette.choose("voice", false); }, 4000);

  gazette.all(".speak").forEach(function (node) {
    node.addEventListener("click", function () {
      if (gazette.toggleSpeech) { gazette.toggleSpeech(); return; }
      if (asked) return;
      asked = true;
      document.head.appendChild(gazette.make("script", { src: gazette.speak }));
    });
  });
})();
