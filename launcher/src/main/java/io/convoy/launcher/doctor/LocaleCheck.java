package io.convoy.launcher.doctor;

import java.util.List;

/**
 * Whether all names of files can be read here: Java takes them for the locale's character set.
 *
 * @param charset that set
 */
record LocaleCheck(Surroundings surroundings, String charset) implements Check {
  private static final String ABOUT = "names of files";

  /** The variables that choose the character set, each before the ones behind it. */
  private static final List<String> VARIABLES = List.of("LC_ALL", "LC_CTYPE", "LANG");

  @Override
  public List<Finding> look() {
    String found = "taken for %s (%s)".formatted(charset, locale());
    return List.of(
        charset.equals("UTF-8")
            ? Finding.ok(ABOUT, "%s", found)
            : Finding.warn(
                ABOUT,
                found + ": others cannot be read",
                "start in a UTF-8 locale, such as by LC_ALL=C.UTF-8; executors by --conf"
                    + " spark.executorEnv.LC_ALL=C.UTF-8, a driver on YARN by --conf"
                    + " spark.yarn.appMasterEnv.LC_ALL=C.UTF-8"));
  }

  private String locale() {
    return VARIABLES.stream()
        .flatMap(name -> surroundings.variable(name).map(value -> name + "=" + value).stream())
        .findFirst()
        .orElse("no locale is set");
  }
}
