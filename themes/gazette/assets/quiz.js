// A self-test that is marked when its answer is looked at: the score, a cell a question, all of it
// kept in this browser only. Without it, choose and open the answer.
(function () {
  "use strict";
  function read(name) {
    try { return JSON.parse(localStorage.getItem(name)) || {}; } catch (error) { return {}; }
  }

  function write(name, value) {
    try { localStorage.setItem(name, JSON.stringify(value)); } catch (error) { /* It is forgotten then. */ }
  }

  document.querySelectorAll(".quiz").forEach(function (quiz) {
    var name = "quiz:" + location.pathname + "#" + quiz.id;
    var kept = read(name), questions = quiz.querySelectorAll(".questions > li");
    var cells = quiz.querySelectorAll(".quiz-cells .cell"), score = quiz.querySelector(".quiz-score");

    function options(question) { return Array.from(question.querySelectorAll(".option")); }

    function letters(question) {
      return options(question).filter(function (option) { return option.querySelector("input").checked; })
        .map(function (option) { return option.dataset.letter; }).join("");
    }

    function say(option, text) {
      var word = option.querySelector(".option-said") || option.appendChild(document.createElement("span"));
      word.className = "option-said";
      word.textContent = text;
    }

    // What was chosen against what is right; a question that is looked up without an answer is not right.
    function mark(question, index) {
      var chosen = kept[index], right = question.dataset.answer;
      question.classList.add("marked");
      options(question).forEach(function (option) {
        var letter = option.dataset.letter, box = option.querySelector("input");
        var good = right.indexOf(letter) >= 0, picked = chosen.indexOf(letter) >= 0;
        box.checked = picked;
        box.disabled = true;
        option.classList.toggle("option-right", good);
        option.classList.toggle("option-wrong", picked && !good);
        say(option, good ? (picked ? T("quiz.chosen_right") : T("quiz.is_right")) : picked ? T("quiz.chosen") : "");
      });
      question.querySelector(".verdict").textContent =
        chosen === right ? T("quiz.verdict_right") : chosen === "" ? T("quiz.verdict_none") : T("quiz.verdict_wrong");
      question.querySelector(".solution").open = true;
      cells[index].className = "cell " + (chosen === right ? "cell-done" : "cell-miss");
      cells[index].querySelector(".said").textContent =
        chosen === right ? T("quiz.cell_right", { n: index + 1 }) : chosen === "" ? T("quiz.cell_none", { n: index + 1 }) : T("quiz.cell_wrong", { n: index + 1 });
    }

    function tell() {
      var done = Object.keys(kept).length, good = 0;
      questions.forEach(function (question, index) { if (kept[index] === question.dataset.answer) good += 1; });
      score.textContent = done === 0 ? T("quiz.not_begun")
        : done < questions.length ? T("quiz.score", { done: done, good: good, left: questions.length - done })
        : T("quiz.score_all", { done: done, good: good, bad: done - good });
      quiz.querySelector(".quiz-again").disabled = done === 0;
    }

    questions.forEach(function (question, index) {
      if (typeof kept[index] === "string") mark(question, index);
      question.querySelector(".solution").addEventListener("toggle", function () {
        if (!this.open || typeof kept[index] === "string") return;
        kept[index] = letters(question);
        write(name, kept);
        mark(question, index);
        tell();
      });
    });
    quiz.querySelector(".quiz-again").addEventListener("click", function () {
      kept = {};
      write(name, kept);
      questions.forEach(function (question, index) {
        question.classList.remove("marked");
        question.querySelector(".solution").open = false;
        question.querySelector(".verdict").textContent = "";
        options(question).forEach(function (option) {
          var box = option.querySelector("input");
          box.checked = box.disabled = false;
          option.classList.remove("option-right", "option-wrong");
          say(option, "");
        });
        cells[index].className = "cell";
        cells[index].querySelector(".said").textContent = T("quiz.question", { n: index + 1 });
      });
      tell();
      quiz.querySelector(".question").scrollIntoView({ block: "center" });
    });
    quiz.querySelector(".quiz-print").addEventListener("click", window.gazette.print);
    tell();
  });
})();
