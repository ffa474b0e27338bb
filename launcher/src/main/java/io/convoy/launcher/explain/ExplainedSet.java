package io.convoy.launcher.explain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.convoy.data.DataSet;
import io.convoy.data.FileStore;
import io.convoy.data.SampleSource;
import io.convoy.data.SampleSubset;
import io.convoy.data.reader.DataFormat;
import io.convoy.json.Json;
import io.convoy.launcher.evaluation.TestData;
import io.convoy.launcher.place.Locations;
import io.convoy.recipe.Recipe;
import io.convoy.run.StoredModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Labelled images that an explanation looks through.
 *
 * @param place as the user named it
 * @param whole the set
 * @param shown what of it is looked at, evenly over the whole
 */
public record ExplainedSet(String place, SampleSource whole, SampleSubset shown)
    implements AutoCloseable {

  /**
   * Opens a set: that to test with where the place has one, else all that is there. It is read as
   * the model's run says where it is stored in that way, else as what lies there looks like.
   *
   * @param limit images that are looked at, at the most; at least 1
   * @throws io.convoy.error.ConvoyException of kind USAGE when there is no set
   */
  public static ExplainedSet open(
      String place, StoredModel stored, int limit, Locations locations) {
    FileStore files = locations.files();
    String folder = locations.absolute(place);
    TestData data = data(place, folder, stored, locations);
    Recipe recipe = stored.model().preprocessing().appliedTo(data.recipe());
    int channels = recipe.network().inputShape().channels();
    DataSet set =
        data.find(recipe, folder, files)
            .orElseGet(() -> recipe.data().training(files, folder, channels));
    SampleSource whole = set.open(files);
    int count = Math.min(limit, whole.size());
    long size = whole.size();
    int[] rows = IntStream.range(0, count).map(i -> (int) (i * size / count)).toArray();
    return new ExplainedSet(place, whole, new SampleSubset(whole, rows));
  }

  private static TestData data(
      String place, String folder, StoredModel stored, Locations locations) {
    Optional<TestData> ofRun =
        stored
            .runFolder(locations.configuration())
            .map(run -> TestData.ofRun(run.description().recipe(), run.location() + "/run.json"));
    Optional<DataFormat> found = DataFormat.in(locations.files(), folder);
    return ofRun
        .filter(run -> found.isEmpty() || found.get().equals(run.recipe().data().format()))
        .map(run -> new TestData(run.recipe(), true))
        .orElseGet(() -> TestData.foundIn(place, stored.model().name(), stored.model(), locations));
  }

  /** Its row in the whole set. */
  int row(int index) {
    return shown.indices()[index];
  }

  /** What is said of some of the images that are shown. */
  ArrayNode said(List<Integer> indices) {
    List<String> names = shown.names(indices.stream().mapToInt(Integer::intValue).toArray());
    ArrayNode all = Json.object().arrayNode();
    for (int i = 0; i < indices.size(); i++) {
      ObjectNode object = all.addObject().put("row", row(indices.get(i))).put("name", names.get(i));
      ArrayNode labels = object.putArray("labels");
      for (int label : shown.labels(indices.get(i))) {
        labels.add(shown.classes().get(label));
      }
    }
    return all;
  }

  @Override
  public void close() {
    whole.close();
  }
}
