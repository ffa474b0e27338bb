package io.convoy.release;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The jar, or the folder of classes, that a class was loaded from. Which version that is, its
 * manifest says. The class's package would not do: a package takes its version from the first of
 * its classes that is loaded, which may lie in another jar.
 */
public final class OwnJar {
  private static final String NESTED = "jar:";
  private static final String INSIDE = "!/";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final Optional<String> location;
  private final Optional<String> versionOfPackage;

  /**
   * @param location where the classes are; empty where their loader does not say
   * @param versionOfPackage for a jar whose manifest cannot be read
   */
  OwnJar(Optional<String> location, Optional<String> versionOfPackage) {
    this.location = location.map(OwnJar::unwrapped);
    this.versionOfPackage = versionOfPackage;
  }

  /** That of a class. */
  public static OwnJar of(Class<?> type) {
    return new OwnJar(
        Optional.ofNullable(type.getProtectionDomain().getCodeSource())
            .map(CodeSource::getLocation)
            .map(URL::toString),
        Optional.ofNullable(type.getPackage().getImplementationVersion()));
  }

  /** Some loaders write the address of a plain jar as that of its inside. */
  private static String unwrapped(String location) {
    boolean wrapped = location.startsWith(NESTED) && location.endsWith(INSIDE);
    String inner =
        wrapped
            ? location.substring(NESTED.length(), location.length() - INSIDE.length())
            : location;
    return inner.contains(INSIDE) ? location : inner;
  }

  /** The file, where it is a jar in a file system of this machine. */
  public Optional<Path> file() {
    return location.flatMap(OwnJar::path).filter(Files::isRegularFile);
  }

  /** What its manifest calls the version; empty for a folder of classes. */
  public Optional<String> version() {
    try {
      return value(Attributes.Name.IMPLEMENTATION_VERSION);
    } catch (IOException e) {
      return versionOfPackage; // the next best
    }
  }

  /** What its manifest has by a name; empty where it has none, or cannot be read. */
  public Optional<String> attribute(String name) {
    try {
      return value(new Attributes.Name(name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> value(Attributes.Name name) throws IOException {
    String jar = location.orElseThrow(() -> new IOException("nobody says where the classes are"));
    URLConnection connection = new URL(manifestOf(jar)).openConnection();
    connection.setUseCaches(false); // else the jar would stay open
    try (InputStream in = connection.getInputStream()) {
      return Optional.ofNullable(new Manifest(in).getMainAttributes().getValue(name));
    }
  }

  private static String manifestOf(String jar) {
    return jar.endsWith("/") ? jar + MANIFEST : NESTED + jar + INSIDE + MANIFEST;
  }

  private static Optional<Path> path(String location) {
    try {
      URL url = new URL(location);
      return url.getProtocol().equals("file")
          ? Optional.of(Path.of(url.toURI()))
          : Optional.empty();
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      return Optional.empty(); // no file of this machine
    }
  }

  /** Where it is, for messages. */
  @Override
  public String toString() {
    return location
        .map(where -> path(where).map(Path::toString).orElse(where))
        .orElse("a place that its loader does not tell");
  }
}
