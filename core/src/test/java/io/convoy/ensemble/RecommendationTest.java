package io.convoy.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.error.ConvoyException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecommendationTest {
  @Test
  void whatIsBetterByMoreThanChanceIsTakenAtItsCost() {
    ValidationOutputs outputs = RandomOutputs.of(1, 2000, 4, 1, 1, 1);
    Candidate member = new Candidate("step 100", 1, Outcomes.ofMember(outputs, 0));
    Candidate average =
        new Candidate(
            "the average of 3 outputs", 3, Outcomes.ofAverage(outputs, outputs.equalAverage()));
    Recommendation found = Recommendation.of(List.of(member, average));
    assertEquals("the average of 3 outputs", found.chosen());
    assertEquals("the average of 3 outputs", found.best());
    assertEquals(new Estimate(0, 0, 0), found.above());
    assertEquals(
        "Take the average of 3 outputs (3 forward passes an image, validation loss 1.1794, accuracy"
            + " 49.45 %): no candidate has a smaller validation loss. The best of those that cost"
            + " less, step 100 (1 forward pass an image, validation loss 1.7696, accuracy 39.95 %),"
            + " is worse by 0.5902 (95 % interval 0.5275 to 0.6529), more than chance explains.",
        found.text());
  }

  @Test
  void whatIsWorseByChanceAndCostsLessIsTaken() {
    ValidationOutputs outputs = RandomOutputs.of(1, 12, 4, 2, 2);
    Candidate one = new Candidate("step 100", 1, Outcomes.ofMember(outputs, 0));
    Candidate two = new Candidate("step 200", 1, Outcomes.ofMember(outputs, 1));
    Candidate average =
        new Candidate("the average", 2, Outcomes.ofAverage(outputs, outputs.equalAverage()));
    Recommendation found = Recommendation.of(List.of(average, one, two));
    assertEquals("the average", found.best());
    Candidate cheap = one.outcomes().loss().mean() < two.outcomes().loss().mean() ? one : two;
    assertEquals(cheap.name(), found.chosen());
    assertTrue(found.above().mean() > 0 && found.above().low() <= 0);
    assertTrue(found.text().startsWith("Take " + cheap.name() + " (1 forward pass an image, "));
    assertTrue(found.text().contains(" The smallest validation loss is that of the average (2 "));
    assertTrue(found.text().endsWith("may be chance on 12 images."));
  }

  @Test
  void ofEqualOnesTheCheapestThenTheFirst() {
    ValidationOutputs outputs = RandomOutputs.of(3, 100, 4, 2);
    Outcomes same = Outcomes.ofMember(outputs, 0);
    Recommendation found =
        Recommendation.of(
            List.of(
                new Candidate("dear", 5, same),
                new Candidate("first", 1, same),
                new Candidate("second", 1, same)));
    assertEquals("first", found.chosen());
    assertTrue(
        found.text().endsWith("no candidate has a smaller validation loss, and none costs less."));
    assertThrows(ConvoyException.class, () -> Recommendation.of(List.of()));
    assertThrows(ConvoyException.class, () -> new Candidate("free", 0, same));
  }
}
