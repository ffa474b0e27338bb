"use strict";
// The page of one report, whose JSON stands in it.
(() => {
  const report = JSON.parse(document.getElementById("report").textContent);
  document.title = report.name + " – Convoy report";
  document.body.prepend(...convoy.report(report));
})();
