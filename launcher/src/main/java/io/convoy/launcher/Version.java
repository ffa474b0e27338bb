package io.convoy.launcher;

import io.convoy.train.Numerics;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the code's version, that of its numerics, and Java's. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "convoy %s, numerics version %d, Java %s"
          .formatted(code(), Numerics.VERSION, Runtime.version())
    };
  }

  private static String code() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
