package io.convoy.launcher.command;

import io.convoy.train.Numerics;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Optional;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} prints: the code's version and, where the build was told it, its commit;
 * that of its numerics; and Java's.
 */
public final class Version implements IVersionProvider {
  private static final String COMMIT = "Implementation-Build";

  @Override
  public String[] getVersion() {
    return new String[] {
      "convoy %s%s, numerics version %s, Java %s"
          .formatted(
              code(),
              commit().map(commit -> " (commit " + commit + ")").orElse(""),
              Numerics.VERSION,
              Runtime.version())
    };
  }

  private static String code() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  /** The commit that the jar was built from, as its manifest has it. */
  private static Optional<String> commit() {
    URL here = Version.class.getResource("Version.class");
    try {
      if (here != null && here.openConnection() instanceof JarURLConnection jar) {
        Manifest manifest = jar.getManifest();
        return Optional.ofNullable(manifest)
            .map(m -> m.getMainAttributes().getValue(COMMIT))
            .filter(commit -> commit.matches("[0-9a-f]{7,40}(-dirty)?"));
      }
    } catch (IOException e) {
      return Optional.empty(); // the version is as good without it
    }
    return Optional.empty();
  }
}
