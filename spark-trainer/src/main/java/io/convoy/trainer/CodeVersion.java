package io.convoy.trainer;

/** The version of the jar that this class is in. */
public final class CodeVersion {
  /** Such as {@code 0.1.0}; {@code development} outside a jar. */
  public static final String VERSION = read();

  private CodeVersion() {}

  private static String read() {
    String version = CodeVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
