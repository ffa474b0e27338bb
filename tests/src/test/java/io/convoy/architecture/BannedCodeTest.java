package io.convoy.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;

/** No call may let the machine, the clock or foreign bytes into the results. */
class BannedCodeTest {
  @Test
  void noMachineMath() {
    BannedCode.NO_MACHINE_MATH.check(ProductCode.CLASSES);
  }

  @Test
  void noParallelStreams() {
    BannedCode.NO_PARALLEL_STREAMS.check(ProductCode.CLASSES);
  }

  @Test
  void noReducedLanes() {
    BannedCode.NO_REDUCED_LANES.check(ProductCode.CLASSES);
  }

  @Test
  void noSequentialRandom() {
    BannedCode.NO_SEQUENTIAL_RANDOM.check(ProductCode.CLASSES);
  }

  @Test
  void noMachineLanguage() {
    BannedCode.NO_MACHINE_LANGUAGE.check(ProductCode.CLASSES);
  }

  @Test
  void noRequestTimeout() {
    BannedCode.NO_REQUEST_TIMEOUT.check(ProductCode.CLASSES);
  }

  @Test
  void noJavaDeserialization() {
    BannedCode.NO_JAVA_DESERIALIZATION.check(ProductCode.CLASSES);
  }

  /** Each rule catches the call it is about, written as a call and as a method reference. */
  @Test
  void theRulesCatchAnOffender() {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
    assertCatches(BannedCode.NO_MACHINE_MATH, offender, "Math.exp", "Math.tanh", "StrictMath");
    assertCatches(BannedCode.NO_PARALLEL_STREAMS, offender, "parallelStream", "parallel()");
    assertCatches(BannedCode.NO_SEQUENTIAL_RANDOM, offender, "Random", "io.convoy.random");
    assertCatches(BannedCode.NO_MACHINE_LANGUAGE, offender, "printf", "toUpperCase", "Locale.ROOT");
    assertCatches(BannedCode.NO_REQUEST_TIMEOUT, offender, "timeout", "as long as bytes come");
    assertCatches(BannedCode.NO_JAVA_DESERIALIZATION, offender, "ObjectInputStream", "registered");
  }

  private static void assertCatches(ArchRule rule, JavaClasses offender, String... words) {
    EvaluationResult result = rule.evaluate(offender);
    assertTrue(result.hasViolation(), () -> "passed over an offender: " + rule.getDescription());
    String report = result.getFailureReport().toString();
    for (String word : words) {
      assertTrue(report.contains(word), () -> word + " is missing in: " + report);
    }
  }
}
