package io.convoy.launcher.command;

import io.convoy.release.OwnJar;
import io.convoy.train.Numerics;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} prints: the code's version and, where the build was told it, its commit;
 * that of its numerics; and Java's.
 */
public final class Version implements IVersionProvider {
  private static final String COMMIT = "Implementation-Build";

  @Override
  public String[] getVersion() {
    OwnJar own = OwnJar.of(Version.class);
    return new String[] {
      "convoy %s%s, numerics version %s, Java %s"
          .formatted(
              own.version().orElse("(not packaged)"),
              commit(own).map(commit -> " (commit " + commit + ")").orElse(""),
              Numerics.VERSION,
              Runtime.version())
    };
  }

  /** The commit that the jar was built from, as its manifest has it. */
  private static Optional<String> commit(OwnJar own) {
    return own.attribute(COMMIT).filter(commit -> commit.matches("[0-9a-f]{7,40}(-dirty)?"));
  }
}
