package io.convoy.kernel.simd.generator;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A class of the SIMD provider that is written by this package.
 *
 * @param folder the package below {@code io.convoy.kernel.simd}
 * @param javadoc what stands above it
 * @param declaration from its modifiers to what it implements
 * @param members its fields and methods
 */
record GeneratedClass(String folder, String javadoc, String declaration, Source members) {
  /** The first line of every such file. */
  static final String HEADER =
      "// Written by io.convoy.kernel.simd.generator, in the tests: change that, not this.";

  private static final int METHOD_LINES = 60;

  private static final List<String> STATIC_IMPORTS =
      List.of(
          "io.convoy.kernel.DepthwiseGradient.GROUP",
          "io.convoy.kernel.simd.constant.Species.FLOATS",
          "io.convoy.kernel.simd.constant.Species.LANES",
          "io.convoy.kernel.simd.depthwise.GradientTile.place");

  private static final List<String> IMPORTS =
      List.of(
          "io.convoy.kernel.DepthwiseWindows",
          "io.convoy.kernel.Kernels",
          "io.convoy.kernel.PanelProduct",
          "io.convoy.kernel.PanelUpdate",
          "io.convoy.kernel.ScatteredProduct",
          "io.convoy.kernel.ShardedProduct",
          "io.convoy.kernel.simd.constant.ConstantClasses",
          "io.convoy.shard.ShardTree",
          "java.lang.invoke.MethodHandles",
          "jdk.incubator.vector.FloatVector");

  /** A class without modifiers but {@code final}. */
  static GeneratedClass of(
      String folder, String name, String contract, String javadoc, Source members) {
    return new GeneratedClass(
        folder, javadoc, "final class " + name + " implements " + contract, members);
  }

  /** The path from a folder of sources on. */
  String path() {
    String name = declaration.replaceAll(".*class (\\w+) .*", "$1");
    return "io/convoy/kernel/simd/" + folder + "/" + name + ".java";
  }

  /** The whole file. */
  String text() {
    String code = javadoc + "\n" + suppression() + declaration + " {\n" + members + "}\n";
    return String.join(
        "\n",
        HEADER,
        "package io.convoy.kernel.simd." + folder + ";\n",
        imports("import static ", STATIC_IMPORTS, code),
        imports("import ", IMPORTS, code),
        code);
  }

  private String suppression() {
    return members.longestMethod() > METHOD_LINES
        ? "@SuppressWarnings(\"checkstyle:MethodLength\") // sums must be local variables\n"
        : "";
  }

  /** Those of some imports that the code has need of. */
  private static String imports(String keyword, List<String> names, String code) {
    return names.stream()
        .filter(
            name ->
                Pattern.compile("\\b" + name.replaceAll(".*\\.", "") + "\\b").matcher(code).find())
        .map(name -> keyword + name + ";\n")
        .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return path();
  }
}
