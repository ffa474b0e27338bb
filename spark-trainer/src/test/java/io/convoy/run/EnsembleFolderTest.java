package io.convoy.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.ensemble.Ensemble;
import io.convoy.ensemble.OutputAverage;
import io.convoy.error.ConvoyException;
import io.convoy.inference.Model;
import io.convoy.operation.ConvolutionAlgorithm;
import io.convoy.predict.PredictSets;
import io.convoy.run.EnsembleFolder.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleFolderTest {
  private static final OutputAverage AVERAGE =
      new OutputAverage(List.of(0.25, 0.75), List.of(1.5, 0.8), 1.1);

  @TempDir Path temporary;
  private Path place;

  @BeforeEach
  void write() {
    place = temporary.resolve("an ensemble");
    write(place, member(1, ConvolutionAlgorithm.AUTO), member(2, ConvolutionAlgorithm.DIRECT));
  }

  private static Member member(long seed, ConvolutionAlgorithm convolution) {
    Model like = PredictSets.model(seed);
    Model model =
        new Model(
            "member " + seed, like.network(), like.weights(), like.preprocessing(), convolution);
    return new Member(model, "runs/" + seed, 10 * seed);
  }

  private static void write(Path place, Member... members) {
    EnsembleFolder.write(place.toString(), List.of(members), AVERAGE, new Configuration());
  }

  private Ensemble load() {
    return EnsembleFolder.load(place.toString(), new Configuration());
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    assertTrue(EnsembleFolder.isEnsemble(place.toString(), new Configuration()));
    Ensemble loaded = load();
    assertEquals("file:" + place, loaded.name());
    assertEquals(AVERAGE, loaded.average());
    assertEquals(PredictSets.CLASSES, loaded.classes());
    for (int seed = 1; seed <= 2; seed++) {
      Model written =
          member(seed, seed == 1 ? ConvolutionAlgorithm.AUTO : ConvolutionAlgorithm.DIRECT).model();
      Model read = loaded.members().get(seed - 1);
      assertEquals(written.name(), read.name());
      assertEquals(written.fingerprint(), read.fingerprint());
      assertArrayEquals(written.weights(), read.weights(), 0f);
    }
  }

  @Test
  void aMemberIsACheckpoint() {
    Model alone =
        Models.load(
            place.resolve("members/00000").toString(), WhichCheckpoint.NEWEST, new Configuration());
    assertEquals(PredictSets.model(1).fingerprint(), alone.fingerprint());
    assertTrue(alone.name().endsWith("members/00000, step 10"), alone.name());
  }

  @Test
  void aByteOfAMemberChanged() throws IOException {
    Path weights = place.resolve("members/00001/weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 3] ^= 1;
    Files.write(weights, bytes);
    requireDamage("members/00001, is gone or not whole: weights.safetensors was altered");
  }

  @Test
  void aMemberIsMissing() throws IOException {
    delete(place.resolve("members/00000"));
    requireDamage("members/00000, is gone or not whole: it has no MANIFEST.json");
  }

  @Test
  void membersHaveChangedPlaces() throws IOException {
    Path first = place.resolve("members/00000");
    Path second = place.resolve("members/00001");
    Path aside = temporary.resolve("aside");
    Files.move(first, aside);
    Files.move(second, first);
    Files.move(aside, second);
    requireDamage("members/00000 holds other weights than the ensemble's: their SHA-256 must be ");
  }

  @Test
  void aDescriptionThatIsNone() throws IOException {
    Path file = place.resolve("ensemble.json");
    String json = Files.readString(file);
    Files.writeString(file, json.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2"));
    ConvoyException later = assertThrows(ConvoyException.class, this::load);
    assertEquals(ConvoyException.Kind.USAGE, later.kind());
    assertTrue(
        later
            .getMessage()
            .contains(
                "ensemble.json is of format version 2, this Convoy reads 1: take the Convoy that"
                    + " wrote it, or a later one"),
        later.getMessage());
    Files.writeString(file, json.replace("members/00001", "members/../../a"));
    requireDamage("a member's folder is called such as members/00000; got 'members/../../a'");
    Files.writeString(file, json.replace("0.75", "0.7"));
    requireDamage("weights of members must have the sum 1");
    Files.writeString(file, json.replace("\"cat\"", "\"cow\""));
    requireDamage("its classes and those of its first member differ");
    Files.writeString(file, json.substring(0, json.length() / 2));
    requireDamage("ensemble.json");
    Files.writeString(file, json.replace("\"step\" : 10,", ""));
    requireDamage("step");
    Files.writeString(file, "null");
    requireDamage("must be of format version 1; it is of 0");
    Files.writeString(file, json.replace("\"average\"", "\"later\" : 5, \"average\""));
    assertEquals(AVERAGE, load().average()); // a key of a later release
  }

  @Test
  void anEnsembleThatWasNeverFinishedIsNone() throws IOException {
    Files.delete(place.resolve("ensemble.json"));
    assertFalse(EnsembleFolder.isEnsemble(place.toString(), new Configuration()));
    ConvoyException error = assertThrows(ConvoyException.class, this::load);
    assertTrue(
        error.getMessage().contains("holds no ensemble (it has no ensemble.json)"),
        error.getMessage());
  }

  @Test
  void aFolderThatHoldsSomethingStaysAsItIs() throws IOException {
    String before = Files.readString(place.resolve("ensemble.json"));
    Member member = member(3, ConvolutionAlgorithm.AUTO);
    requireRefused("holds an ensemble: name another, or remove it", place, member, member);
    assertEquals(before, Files.readString(place.resolve("ensemble.json")));
    Path other = Files.createDirectory(temporary.resolve("other"));
    Files.createFile(other.resolve("notes"));
    requireRefused("holds notes: name another, or remove it", other, member, member);
    requireRefused("is a file; an ensemble is a folder", other.resolve("notes"), member, member);
  }

  @Test
  void whatCannotBeWrittenLeavesNothing() throws IOException {
    Member broken = member(3, ConvolutionAlgorithm.AUTO);
    broken.model().weights()[5] = Float.NaN;
    Path other = temporary.resolve("other");
    requireRefused(" is NaN; ", other, member(1, ConvolutionAlgorithm.AUTO), broken);
    try (Stream<Path> left = Files.list(other)) {
      assertEquals(List.of(), left.toList());
    }
    requireRefused("got 1 members and 2 weights", temporary.resolve("few"), broken);
    assertFalse(Files.exists(temporary.resolve("few")));
  }

  private static void requireRefused(String text, Path place, Member... members) {
    ConvoyException error =
        assertThrows(ConvoyException.class, () -> write(place, members), place.toString());
    assertTrue(error.getMessage().contains(text), error.getMessage());
  }

  private void requireDamage(String text) {
    ConvoyException error = assertThrows(ConvoyException.class, this::load);
    assertEquals(ConvoyException.Kind.DATA, error.kind(), error.getMessage());
    assertTrue(error.getMessage().contains(text), error.getMessage());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
