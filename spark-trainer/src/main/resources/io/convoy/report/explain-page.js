"use strict";
// The page of one explanation, whose JSON stands in it.
(() => {
  document.title = "What a network looks at – Convoy";
  document.body.prepend(...convoy.explain(JSON.parse(document.getElementById("explanation").textContent)));
})();
