package io.convoy.launcher.lint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.fault.FaultFinding;
import io.convoy.json.Json;
import io.convoy.text.WrappedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was found in a run.
 *
 * @param run its folder
 * @param steps that were looked at
 * @param validations likewise
 * @param findings faults; often none
 * @param blind faults that could not be looked for, and why
 * @param notes what else could not be looked at, or was not as the training had it, in words
 */
public record LintReport(
    String run,
    long steps,
    long validations,
    List<FaultFinding> findings,
    Map<String, String> blind,
    List<String> notes) {
  private static final int WIDTH = 80;
  private static final int INDENT = 22;

  /** The report in lines of 80 columns. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (FaultFinding finding : findings) {
      add(lines, finding.fault(), finding.evidence(), "");
      add(lines, "", finding.meaning(), "");
      add(lines, "", finding.advice(), "-> ");
      lines.add("");
    }
    notes.forEach(note -> add(lines, "note", note, ""));
    byReason()
        .forEach(
            (reason, faults) ->
                add(lines, "not looked for", String.join(", ", faults) + ": " + reason, ""));
    lines.add(
        String.format(
            Locale.ROOT,
            "%s in %,d steps and %,d validations of %s",
            switch (findings.size()) {
              case 0 -> "no fault found";
              case 1 -> "1 fault";
              default -> findings.size() + " faults";
            },
            steps,
            validations,
            run));
    return lines;
  }

  private Map<String, List<String>> byReason() {
    Map<String, List<String>> faults = new LinkedHashMap<>();
    blind.forEach(
        (fault, reason) -> faults.computeIfAbsent(reason, r -> new ArrayList<>()).add(fault));
    return faults;
  }

  private static void add(List<String> lines, String head, String text, String before) {
    String first = "%-21s ".formatted(head);
    for (String line : WrappedText.lines(text, before, WIDTH - INDENT)) {
      lines.add((first + line).stripTrailing());
      first = " ".repeat(INDENT);
    }
  }

  /** The same for programs. */
  public ObjectNode json() {
    ObjectNode object = Json.object().put("run", run).put("good", findings.isEmpty());
    object.put("steps", steps).put("validations", validations);
    ArrayNode faults = object.putArray("faults");
    findings.forEach(finding -> faults.add(finding.json()));
    ObjectNode reasons = object.putObject("notLookedFor");
    blind.forEach(reasons::put);
    notes.forEach(object.putArray("notes")::add);
    return object;
  }
}
