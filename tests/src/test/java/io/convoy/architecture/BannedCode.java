package io.convoy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Locale;
import java.util.Set;

/** The rules on calls, apart from the test so that they can be tried on an offender. */
final class BannedCode {
  private static final Set<String> MACHINE_MATH =
      Set.of(
          "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot", "sin", "cos", "tan",
          "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh");

  private static final Set<String> FLOATING_VECTORS =
      Set.of(
          "jdk.incubator.vector.FloatVector",
          "jdk.incubator.vector.DoubleVector",
          "jdk.incubator.vector.Vector");

  private static final Set<String> SEQUENTIAL_RANDOM =
      Set.of(
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.concurrent.ThreadLocalRandom");

  /** What takes a locale, or else the machine's. */
  private static final Set<String> FORMATS =
      Set.of(
          "java.lang.String.format",
          "java.lang.String.toUpperCase",
          "java.lang.String.toLowerCase",
          "java.io.PrintStream.printf",
          "java.io.PrintStream.format",
          "java.io.PrintWriter.printf",
          "java.io.PrintWriter.format",
          "java.util.Formatter.<init>",
          "java.text.DecimalFormat.<init>");

  static final ArchRule NO_MACHINE_MATH =
      classes()
          .should(
              CodeUse.never(
                  "call Math's transcendental functions",
                  (owner, method) ->
                      owner.equals("java.lang.Math") && MACHINE_MATH.contains(method)))
          .because(
              "their last bits differ between JVMs and machines: use StrictMath in double, or the"
                  + " kernels' own polynomials on float arrays");

  static final ArchRule NO_PARALLEL_STREAMS =
      classes()
          .should(
              CodeUse.never(
                  "use parallel streams",
                  (owner, method) ->
                      method.equals("parallelStream")
                          || method.equals("parallelPrefix")
                          || (method.equals("parallel") && owner.startsWith("java.util.stream."))))
          .because(
              "they cut sums by the number of processors: share blocks of outputs over"
                  + " io.convoy.kernel.WorkPool, or use a plain loop");

  static final ArchRule NO_REDUCED_LANES =
      classes()
          .should(
              CodeUse.never(
                  "call reduceLanes on floating vectors",
                  (owner, method) ->
                      FLOATING_VECTORS.contains(owner) && method.startsWith("reduceLanes")))
          .because(
              "its order follows the machine's width: sum in 16 virtual lanes, element i in lane"
                  + " i mod 16, and combine them in the fixed order");

  static final ArchRule NO_SEQUENTIAL_RANDOM =
      classes()
          .should(
              CodeUse.never(
                  "draw from a generator with state",
                  (owner, method) ->
                      SEQUENTIAL_RANDOM.contains(owner)
                          || (owner.equals("java.lang.Math") && method.equals("random"))))
          .because(
              "a draw must not depend on who draws or when: use io.convoy.random, keyed by seed,"
                  + " purpose, epoch and position (SecureRandom for secrets)");

  static final ArchRule NO_MACHINE_LANGUAGE =
      classes()
          .should(CodeUse.neverAccess("format by the machine's language", BannedCode::isLocal))
          .because(
              "a language may have digits of its own, in names of files too: give Locale.ROOT, or"
                  + " use formatted with %s alone, to which Error Prone's DefaultLocale holds it");

  static final ArchRule NO_REQUEST_TIMEOUT =
      classes()
          .should(
              CodeUse.never(
                  "set the timeout of an HttpRequest",
                  (owner, method) ->
                      owner.equals("java.net.http.HttpRequest$Builder")
                          && method.equals("timeout")))
          .because(
              "since JDK 26 it cuts a body that takes longer: wait as long as bytes come, as"
                  + " io.convoy.launcher.fetch.Transfer does");

  static final ArchRule NO_JAVA_DESERIALIZATION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.ObjectInputStream")
          .because(
              "Java deserialization runs what the bytes say: write fields one by one, with their"
                  + " sizes checked, or use Kryo with registered classes");

  private BannedCode() {}

  private static boolean isLocal(JavaAccess<? extends CodeUnitAccessTarget> use) {
    CodeUnitAccessTarget target = use.getTarget();
    return FORMATS.contains(target.getOwner().getName() + "." + target.getName())
        && target.getRawParameterTypes().stream()
            .noneMatch(type -> type.isEquivalentTo(Locale.class));
  }
}
