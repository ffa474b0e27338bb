package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import io.convoy.error.ConvoyException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ValidationOutputsTest {
  private static final MemberOutputs GOOD =
      RandomOutputs.member("good", new float[] {1, 2, 3}, new float[] {3, 2, 1});

  @Test
  void logitsAreThoseThatWereSet() {
    MemberOutputs member = MemberOutputs.take("m", 2, 2);
    float[] block = {9, 1, 2, 3, 4};
    member.set(1, block, 3);
    member.set(0, block, 1);
    assertArrayEquals(new float[] {1, 2}, member.logits(0));
    assertArrayEquals(new float[] {3, 4}, member.logits(1));
    assertEquals(16, MemberOutputs.bytes(2, 2));
  }

  @Test
  void whatCannotFitIsRefusedBeforeItIsTaken() {
    ConvoyException array =
        assertThrows(ConvoyException.class, () -> MemberOutputs.take("m", 3_000_000, 1000));
    assertEquals(Kind.RESOURCE, array.kind());
    assertEquals(
        "logits of m: 3000000000 numbers are more than one array holds (2147483639): validate on"
            + " fewer images",
        array.getMessage());
    long heap = Runtime.getRuntime().maxMemory();
    ConvoyException memory =
        assertThrows(ConvoyException.class, () -> Heap.require(heap + 1, "logits"));
    assertEquals(Kind.RESOURCE, memory.kind());
    assertTrue(memory.getMessage().startsWith("logits: " + (heap >> 20) + " MB do not fit"));
    assertThrows(ConvoyException.class, () -> MemberOutputs.take("m", 0, 2));
  }

  @Test
  void membersWithLogitsThatAreNoNumbersAreRefusedByName() {
    MemberOutputs bad =
        RandomOutputs.member(
            "step 300", new float[] {1, Float.NaN, 3}, new float[] {3, 2, Float.NEGATIVE_INFINITY});
    assertEquals(2, bad.unusable());
    ConvoyException refused = refused(new int[] {0, 1}, GOOD, bad);
    assertEquals(Kind.DATA, refused.kind());
    assertEquals(
        "step 300: the logits of 2 of 2 held-back images are infinite or no numbers: leave this"
            + " member out",
        refused.getMessage());
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() {
    MemberOutputs other = RandomOutputs.member("other", new float[] {1, 2}, new float[] {1, 2});
    assertEquals(
        "members of an ensemble need outputs of the same images and classes: other has 2 images by"
            + " 2 classes, expected 2 by 3 as of good",
        refused(new int[] {0, 1}, GOOD, other).getMessage());
    assertEquals(Kind.USAGE, refused(new int[] {0, 1, 2}, GOOD).kind());
    assertEquals(
        "held-back image 1: its class must lie in 0 to 2, as the members know 3 classes; got 3",
        refused(new int[] {0, 3}, GOOD).getMessage());
    assertEquals(Kind.DATA, refused(new int[] {-1, 0}, GOOD).kind());
    assertTrue(refused(new int[] {0}, GOOD).getMessage().contains("at least 2 held-back images"));
    assertTrue(refused(new int[] {0, 1}).getMessage().contains("at least one member"));
  }

  @Test
  void averagesTakeTheTemperaturesOfTheirMembers() {
    ValidationOutputs outputs =
        new ValidationOutputs(new int[] {0, 1}, List.of(GOOD, GOOD))
            .atTemperatures(List.of(2.0, 0.5));
    assertEquals(List.of(2.0, 0.5), outputs.equalAverage().temperatures());
    assertEquals(List.of(0.5, 0.5), outputs.equalAverage().weights());
    assertEquals(List.of(0.25, 0.75), outputs.average(List.of(0.25, 0.75)).weights());
    assertThrows(ConvoyException.class, () -> outputs.average(List.of(1.0)));
    assertThrows(ConvoyException.class, () -> outputs.atTemperatures(List.of(1.0)));
    assertThrows(ConvoyException.class, () -> outputs.atTemperatures(List.of(1.0, 0.0)));
  }

  private static ConvoyException refused(int[] labels, MemberOutputs... members) {
    return assertThrows(
        ConvoyException.class, () -> new ValidationOutputs(labels, List.of(members)));
  }
}
