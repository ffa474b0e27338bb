package io.convoy.launcher.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.explain.Embeddings;
import io.convoy.explain.Neighbour;
import io.convoy.explain.PrincipalComponents;
import io.convoy.inference.Model;
import io.convoy.json.Json;
import io.convoy.kernel.WorkPool;
import io.convoy.kernel.provider.KernelProvider;
import io.convoy.launcher.progress.Quantity;
import io.convoy.launcher.progress.TransferProgress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Where a set's images lie beside each other, as a layer sees them. */
final class SetMap {
  /** The file of where they lie. */
  static final String FILE = "embedding.csv";

  private static final int PLANE = 2;

  private final Model model;
  private final ExplainedSet set;
  private final Embeddings embeddings;
  private final PrincipalComponents components;

  /**
   * Computes the embedding of each image.
   *
   * @param layer null for the usual one
   * @throws io.convoy.error.ConvoyException of kind USAGE when inference computes no such layer
   */
  SetMap(Model model, String layer, ExplainedSet set, TransferProgress progress, WorkPool pool) {
    this.model = model;
    this.set = set;
    progress.start("embedding the set", 0, set.shown().size(), Quantity.IMAGES);
    embeddings =
        Embeddings.of(model, layer, set.shown(), progress::at, KernelProvider.kernels(), pool);
    components = PrincipalComponents.of(embeddings.vectors(), PLANE);
  }

  /** Adds to what is said of images where they lie, and what lies near them. */
  void place(
      List<SeenFile> images,
      List<ObjectNode> said,
      int neighbours,
      SetPictures pictures,
      WorkPool pool) {
    List<byte[]> bytes = images.stream().map(SeenFile::bytes).toList();
    float[][] vectors =
        Embeddings.of(model, embeddings.layer(), bytes, KernelProvider.kernels(), pool).vectors();
    for (int i = 0; i < vectors.length; i++) {
      List<Neighbour> near =
          Neighbour.of(vectors[i], embeddings.vectors(), neighbours, Neighbour.Distance.COSINE);
      pictures.near(
          said.get(i),
          near.stream().map(Neighbour::row).toList(),
          near.stream().map(Neighbour::distance).toList());
      said.get(i).set("place2d", Json.tree(components.project(vectors[i])));
    }
  }

  /** The figures of all of it. */
  ObjectNode figures() {
    ObjectNode object = Json.object().put("set", set.place());
    object.put("images", set.shown().size()).put("of", set.whole().size());
    object.put("layer", embeddings.layer()).put("length", embeddings.vectors()[0].length);
    ArrayNode explained = object.putArray("explainedVariance");
    for (double variance : components.variances()) {
      explained.add(components.total() > 0 ? variance / components.total() : 0);
    }
    return object.put("file", FILE);
  }

  /** Each image, for the page: its row, name, first label (-1 for none) and place. */
  ObjectNode points() {
    ObjectNode object = Json.object();
    set.shown().classes().forEach(object.putArray("classes")::add);
    List<String> names = names();
    ArrayNode points = object.putArray("points");
    for (int i = 0; i < names.size(); i++) {
      int[] labels = set.shown().labels(i);
      double[] place = components.project(embeddings.vectors()[i]);
      points
          .addArray()
          .add(set.row(i))
          .add(names.get(i))
          .add(labels.length == 0 ? -1 : labels[0])
          .add((float) place[0])
          .add((float) place[1]);
    }
    return object;
  }

  private List<String> names() {
    return set.shown().names(IntStream.range(0, set.shown().size()).toArray());
  }

  /** Likewise, as a table for other tools. */
  byte[] csv() {
    StringBuilder lines = new StringBuilder("row,name,label,x,y\n");
    List<String> classes = set.shown().classes();
    List<String> names = names();
    for (int i = 0; i < names.size(); i++) {
      int[] labels = set.shown().labels(i);
      double[] place = components.project(embeddings.vectors()[i]);
      lines.append(set.row(i)).append(',').append(quoted(names.get(i))).append(',');
      lines.append(labels.length == 0 ? "" : quoted(classes.get(labels[0])));
      lines.append(',').append(place[0]).append(',').append(place[1]).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
