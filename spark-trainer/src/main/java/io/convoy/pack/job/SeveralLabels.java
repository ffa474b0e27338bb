package io.convoy.pack.job;

import io.convoy.data.LabelSets;
import io.convoy.data.folder.Classes;
import io.convoy.data.folder.FolderSurvey;
import io.convoy.data.folder.LeftOut;
import io.convoy.data.reader.LabelCells;
import io.convoy.data.reader.TableLabels;
import io.convoy.error.ConvoyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The labels of a table whose images may have several.
 *
 * @param cells how they stand in a cell
 * @param place the table in words
 */
record SeveralLabels(LabelCells cells, String place) {
  /** Which set of labels each cell is; as {@link PackInput#labels}. */
  ClassLabels.Sorted of(Survey survey, Classes classes) {
    Map<String, List<String>> found = new TreeMap<>();
    survey.found().forEach((cell, images) -> found.put(cell, texts(cell, images)));
    List<String> texts = found.values().stream().flatMap(List::stream).toList();
    TableLabels known = new TableLabels(classes, texts, place);
    LeftOut leftOut = new LeftOut();
    Map<String, List<Integer>> sets = new HashMap<>();
    found.forEach(
        (cell, labels) -> {
          Survey.Images images = survey.found().get(cell);
          TableLabels.Several several = known.of(labels);
          if (several.problem() != null) {
            throw unusable(images, several.problem());
          }
          several
              .leftOut()
              .forEach(
                  label -> leftOut.add(LeftOut.Reason.NOT_LISTED, images.count(), List.of(label)));
          sets.put(cell, several.labels());
        });
    requireClasses(known, sets, classes);
    LabelSets all = LabelSets.of(sets.values());
    Map<String, Integer> numbers = new HashMap<>();
    sets.forEach((cell, set) -> numbers.put(cell, all.number(set)));
    return new ClassLabels.Sorted(new ClassLabels(known.names(), all.all(), numbers, ""), leftOut);
  }

  private List<String> texts(String cell, Survey.Images images) {
    LabelCells.Cell read = cells.read(cell);
    if (read.problem() != null) {
      throw unusable(images, read.problem());
    }
    return read.labels();
  }

  private ConvoyException unusable(Survey.Images images, String problem) {
    return ConvoyException.data(
        "%s: %d of its rows cannot be used: mend them, or take them out: %s",
        place, images.count(), problem);
  }

  private void requireClasses(TableLabels known, Map<String, List<Integer>> sets, Classes classes) {
    Set<Integer> there = new HashSet<>();
    sets.values().forEach(there::addAll);
    if (there.isEmpty()) {
      throw ConvoyException.data(
          "%s: no row has a label of the classes that are wanted: name another table, or other"
              + " classes by --classes",
          place);
    }
    List<String> missing = new ArrayList<>(known.names());
    there.forEach(label -> missing.remove(known.names().get(label)));
    if (classes.allNeeded() && !missing.isEmpty()) {
      throw ConvoyException.data(
          "%s: --classes lists %s, of which there is no row: correct the list, or add rows",
          place, FolderSurvey.some(missing));
    }
  }
}
