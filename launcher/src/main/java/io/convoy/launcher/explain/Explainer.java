package io.convoy.launcher.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.FileStore;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.report.DataPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Explains images. It explains once. */
public final class Explainer {
  /** Of the figures: their keys may be added to, but never mean something else. */
  private static final int FORMAT = 1;

  private static final DataPage PAGE =
      new DataPage(
          "Convoy explain",
          List.of("page.css"),
          List.of("dom.js", "table.js", "explain.js", "explain-page.js"));

  private final Model model;
  private final ExplainWishes wishes;
  private final TransferProgress progress;
  private final WorkPool pool;
  private final PictureFiles pictures = new PictureFiles();
  private final Map<String, byte[]> tables = new LinkedHashMap<>();
  private final ObjectNode page = Json.object();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long lap = System.nanoTime();

  /**
   * @param progress is told how far it is
   * @param pool whose threads compute
   */
  public Explainer(Model model, ExplainWishes wishes, TransferProgress progress, WorkPool pool) {
    this.model = model;
    this.wishes = wishes;
    this.progress = progress;
    this.pool = pool;
  }

  /**
   * Explains.
   *
   * @param entries image files, at least one
   * @param set images that are looked through; null for none
   * @throws io.convoy.error.ConvoyException of kind USAGE when the model has not what is wished
   *     for, of kind DATA when no image can be read, or one of the set cannot
   */
  public Explanation explain(FileStore store, List<FileStore.Entry> entries, ExplainedSet set) {
    ImageMaps maps = new ImageMaps(model, wishes, pictures, pool);
    SeenFiles seen = SeenFiles.read(model, store, entries, pool);
    byte[] first = seen.images().get(0).bytes();
    List<FilterChoice> choices = FilterChoice.of(wishes, model, maps.layer(), first, pool);
    List<ObjectNode> filters =
        FilterPictures.exciting(model, choices, wishes.ascentSteps(), pictures, progress, pool);
    took("filters");
    SetMap map = set == null ? null : new SetMap(model, wishes.embedding(), set, progress, pool);
    took("set");
    List<ObjectNode> images = images(maps, seen.images());
    took("images");
    ObjectNode figures = Json.object().put("format", FORMAT).put("model", model.name());
    maps.describe(figures);
    if (set != null) {
      SetPictures ofSet = new SetPictures(model, set, pictures);
      map.place(seen.images(), images, wishes.neighbours(), ofSet, pool);
      ofSet.excite(choices, filters, progress, pool);
      figures.set("set", map.figures());
      page.set("rows", ofSet.paint());
      page.set("map", map.points());
      tables.put(SetMap.FILE, map.csv());
      took("set");
    }
    figures.set("images", Json.tree(images));
    figures.set("failed", Json.tree(seen.failed()));
    FilterPictures.first(model, pictures).ifPresent(them -> figures.set("firstFilters", them));
    figures.set("filters", Json.tree(filters));
    return explanation(figures);
  }

  private List<ObjectNode> images(ImageMaps maps, List<SeenFile> seen) {
    List<ObjectNode> images = new ArrayList<>();
    progress.start("explaining", 0, seen.size(), Quantity.IMAGES);
    for (SeenFile image : seen) {
      images.add(maps.of(image));
      progress.at(images.size());
    }
    return images;
  }

  private Explanation explanation(ObjectNode figures) {
    page.set("figures", figures);
    page.set("pictures", pictures.addresses());
    Map<String, byte[]> files = new LinkedHashMap<>(pictures.files());
    files.putAll(tables);
    byte[] html = PAGE.of("explanation", page).getBytes(StandardCharsets.UTF_8);
    return new Explanation(figures, files, html, seconds);
  }

  private void took(String name) {
    long now = System.nanoTime();
    seconds.merge(name, (now - lap) / 1e9, Double::sum);
    lap = now;
  }
}
