package io.convoy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Imports run one way, in core and over the modules. */
class LayeringTest {
  private static final DescribedPredicate<JavaClass> OF_CONVOY = resideInAPackage("io.convoy..");

  /** What all of data may see of Convoy. */
  private static final DescribedPredicate<JavaClass> BELOW_DATA =
      resideInAnyPackage(
          Layers.patterns(
              List.of("data", "targets", "tensor", "random", "digest", "json", "error")));

  private static final Pattern OF_CORE_BUILD = Pattern.compile("/core/target/|/convoy-core-");

  private static final Pattern OF_TRAINER_BUILD =
      Pattern.compile("/spark-trainer/target/|/convoy-spark-trainer-");

  /** Between any two packages, at any depth: a package and one below it are two. */
  private static final ArchRule NO_CYCLES =
      slices()
          .matching("io.convoy.(**)")
          .should()
          .beFreeOfCycles()
          .because("move the shared type into the lower of the packages, or into one below both");

  /** Without this a wrong class path would let every rule below pass over nothing. */
  @Test
  void allModulesAreSeen() {
    List<String> expected =
        List.of(
            "kernel.simd.tile",
            "operation.convolution",
            "network",
            "plan",
            "train",
            "exchange",
            "worker",
            "launcher");
    for (String name : expected) {
      assertTrue(
          ProductCode.CLASSES.stream()
              .anyMatch(c -> c.getPackageName().equals(Layers.ROOT + "." + name)),
          () -> "no class of " + Layers.ROOT + "." + name + " was found: the rules saw too little");
    }
  }

  @Test
  void everyPackageOfCoreHasItsPlace() {
    assertPlaced(OF_CORE_BUILD, Layers.corePatterns(), "Layers.CORE");
  }

  @Test
  void everyPackageOfTheTrainerHasItsPlace() {
    String[] known =
        Layers.TRAINER.keySet().stream().map(Layers::exactPattern).toArray(String[]::new);
    assertPlaced(OF_TRAINER_BUILD, known, "Layers.TRAINER");
  }

  private static void assertPlaced(Pattern build, String[] known, String list) {
    for (JavaClass type : ProductCode.CLASSES) {
      String source = type.getSource().map(s -> s.getUri().toString()).orElse("");
      assertTrue(
          !build.matcher(source).find() || resideInAnyPackage(known).test(type),
          () ->
              "%s is in a package that %s does not name: give it a line"
                  .formatted(type.getName(), list));
    }
  }

  @Test
  void coreImportsDownwards() {
    for (int level = 0; level < Layers.CORE.size(); level++) {
      List<String> names = Layers.CORE.get(level);
      noClasses()
          .that()
          .resideInAnyPackage(Layers.patterns(names))
          .should()
          .dependOnClassesThat(
              OF_CONVOY.and(not(resideInAnyPackage(Layers.allowedPatterns(level)))))
          .because(
              "imports of core run one way, %s; %s is to be given what it needs, as an argument or"
                      .formatted(Layers.CORE, names)
                  + " by an interface of its own, or the class moves up")
          .allowEmptyShould(true)
          .check(ProductCode.CLASSES);
    }
  }

  @Test
  void everyPackageOfKernelsHasItsPlace() {
    String[] known =
        Layers.KERNEL.keySet().stream().map(Layers::exactPattern).toArray(String[]::new);
    for (JavaClass type : ProductCode.CLASSES) {
      assertTrue(
          !resideInAPackage(Layers.pattern("kernel")).test(type)
              || resideInAnyPackage(known).test(type),
          () ->
              type.getName() + " is in a package that Layers.KERNEL does not name: give it a line");
    }
  }

  @Test
  void kernelsImportOneWay() {
    for (String name : Layers.KERNEL.keySet()) {
      noClasses()
          .that()
          .resideInAPackage(Layers.exactPattern(name))
          .should()
          .dependOnClassesThat(
              resideInAPackage(Layers.pattern("kernel"))
                  .and(not(resideInAnyPackage(Layers.allowedKernels(name)))))
          .because(
              "kernels import one way, as Layers.KERNEL says: what several parts of a provider need"
                  + " goes below them, and the SIMD provider is loaded by name")
          .check(ProductCode.CLASSES);
    }
  }

  @Test
  void nobodyNamesTheSimdProvider() {
    noClasses()
        .that(OF_CONVOY.and(not(resideInAPackage(Layers.pattern("kernel.simd")))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(Layers.pattern("kernel.simd"))
        .because(
            "it is loaded by name, where the Vector module is there: ask"
                + " io.convoy.kernel.provider.KernelProvider for kernels")
        .check(ProductCode.CLASSES);
  }

  @Test
  void trainerImportsDownwards() {
    for (String name : Layers.TRAINER.keySet()) {
      noClasses()
          .that()
          .resideInAPackage(Layers.exactPattern(name))
          .should()
          .dependOnClassesThat(OF_CONVOY.and(not(resideInAnyPackage(Layers.allowedPatterns(name)))))
          .because(
              "the trainer puts its parts together and they know nothing of each other: give %s"
                      .formatted(name)
                  + " what it needs as an argument, or let the trainer do it")
          .check(ProductCode.CLASSES);
    }
  }

  @Test
  void dataSeesOnlyTensors() {
    noClasses()
        .that()
        .resideInAPackage(Layers.pattern("data"))
        .and()
        .resideOutsideOfPackages(Layers.pattern("data.image"), Layers.pattern("data.raster"))
        .should()
        .dependOnClassesThat(OF_CONVOY.and(not(BELOW_DATA)))
        .because("a reader fills tensors and knows of no layer; what trains on them asks it")
        .check(ProductCode.CLASSES);
  }

  @Test
  void imagesSeeKernelsToo() {
    noClasses()
        .that()
        .resideInAnyPackage(Layers.pattern("data.image"), Layers.pattern("data.raster"))
        .should()
        .dependOnClassesThat(
            OF_CONVOY.and(
                not(
                    BELOW_DATA.or(
                        resideInAnyPackage(
                            Layers.exactPattern("kernel"),
                            Layers.exactPattern("kernel.provider"))))))
        .because("pixels are computed by kernels, whose contracts and provider are all it sees")
        .check(ProductCode.CLASSES);
  }

  @Test
  void theZooSeesOnlyNetworks() {
    noClasses()
        .that()
        .resideInAPackage(Layers.pattern("zoo"))
        .should()
        .dependOnClassesThat(
            OF_CONVOY.and(
                not(
                    resideInAnyPackage(
                        Layers.patterns(
                            List.of(
                                "zoo",
                                "network",
                                "layer",
                                "operation",
                                "init",
                                "tensor",
                                "json",
                                "error"))))))
        .because("an architecture makes a network and knows nothing of its training")
        .check(ProductCode.CLASSES);
  }

  @Test
  void onlyTheLauncherSeesTheZoo() {
    noClasses()
        .that()
        .resideOutsideOfPackages(Layers.pattern("zoo"), Layers.pattern(Layers.LAUNCHER))
        .should()
        .dependOnClassesThat(resideInAPackage(Layers.pattern("zoo")))
        .because(
            "runs and checkpoints hold the whole network, so that none depends on what a name"
                + " means later: expand the name where it is read")
        .check(ProductCode.CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    NO_CYCLES.check(ProductCode.CLASSES);
  }

  @Test
  void aCycleOfAPackageAndOneBelowItIsSeen() {
    JavaClasses circle = new ClassFileImporter().importPackages("io.convoy.architecture.circle");
    String report = NO_CYCLES.evaluate(circle).getFailureReport().toString();
    assertTrue(report.contains("Above.depth()") && report.contains("Below.depth()"), report);
  }

  @Test
  void onlyTheSimdProviderTouchesTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.convoy.kernel.simd..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .because(
            "a JVM without the module must still load every other class: put the vector code"
                + " behind a method of io.convoy.kernel.Kernels")
        .check(ProductCode.CLASSES);
  }

  @Test
  void coreKnowsNoCluster() {
    noClasses()
        .that()
        .resideInAnyPackage(Layers.corePatterns())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .because(
            "core runs on one machine without Spark or Hadoop: declare an interface in core and"
                + " implement it in spark-trainer (as with io.convoy.data.FileStore)")
        .check(ProductCode.CLASSES);
  }

  @Test
  void sparkMlIsNeededByItsOwnPackageAlone() {
    noClasses()
        .that(OF_CONVOY.and(not(resideInAPackage(Layers.pattern("ml")))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark.ml..", "org.apache.spark.mllib..", "io.convoy.ml..")
        .because("Convoy runs where spark-mllib is not on the class path")
        .check(ProductCode.CLASSES);
  }

  @Test
  void oneMapperReadsAndWritesJson() {
    noClasses()
        .that(OF_CONVOY.and(not(resideInAPackage(Layers.pattern("json")))))
        .should()
        .dependOnClassesThat()
        .haveNameMatching("com\\.fasterxml\\.jackson\\..*Mapper(\\$.*)?")
        .because(
            "a mapper made by hand is as lenient as its maker forgot: read and write by"
                + " io.convoy.json.Json")
        .check(ProductCode.CLASSES);
  }

  @Test
  void nothingUsesTheLauncher() {
    noClasses()
        .that(OF_CONVOY.and(not(resideInAPackage(Layers.pattern(Layers.LAUNCHER)))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(Layers.pattern(Layers.LAUNCHER))
        .because(
            "the trainer is a library that notebooks use without the command line: pass what it"
                + " needs as a record of its own")
        .check(ProductCode.CLASSES);
  }

  @Test
  void onlyTheLauncherKnowsItsTools() {
    noClasses()
        .that(OF_CONVOY.and(not(resideInAPackage(Layers.pattern(Layers.LAUNCHER)))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..", "me.tongfei.progressbar..", "org.snakeyaml..")
        .because(
            "command line, progress bar and YAML are the launcher's: use records and"
                + " listeners here")
        .check(ProductCode.CLASSES);
  }
}
