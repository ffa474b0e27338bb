package io.convoy.launcher.command;

import io.convoy.error.ConvoyException;
import io.convoy.launcher.fetch.Fetch;
import io.convoy.launcher.fetch.PublishedSet;
import io.convoy.launcher.progress.ByteSize;
import io.convoy.launcher.progress.TransferProgress;
import io.convoy.launcher.terminal.Console;
import io.convoy.launcher.terminal.Interruption;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy fetch}: a published data set, from its address to a folder. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Downloads a published data set and checks it.",
    description = {
      "",
      "Each file is held against the SHA-256 that it was published with before it gets its name. A"
          + " download that was cut off goes on from where it was; what is there and right stays.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  convoy fetch fashion-mnist data/fashion-mnist",
      "  convoy fetch cifar10 data/cifar10",
      "  convoy fetch mnist data/mnist --from http://mirror.example.org/mnist"
    })
public final class FetchCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "SET",
      completionCandidates = SetNames.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String name;

  @Parameters(index = "1", paramLabel = "DIR", description = "A folder of this machine.")
  private Path folder;

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = {
        "A mirror: the http or https address of a folder that holds",
        "the files under their published names."
      })
  private String mirror;

  private final Console console;
  private final Interruption interruption;

  /** For the help text and for shells. */
  static final class SetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PublishedSet.names().iterator();
    }
  }

  public FetchCommand(Console console, Interruption interruption) {
    this.console = console;
    this.interruption = interruption;
  }

  @Override
  public Integer call() {
    PublishedSet published = PublishedSet.of(name);
    PublishedSet set = mirror == null ? published : published.from(address(mirror));
    console.tell(
        "%s (%s), %s, from %s"
            .formatted(set.name(), set.source(), ByteSize.of(set.size()), set.address()));
    try (TransferProgress progress = console.transfers()) {
      interruption.advise("interrupted; the same command goes on from there", progress::close);
      new Fetch(set, folder, progress).run();
    }
    console.out().println("Next: scripts/convoy " + next());
    return 0;
  }

  /** MNIST has the shapes of Fashion-MNIST, but a mirrored digit is none. */
  private String next() {
    return name.equals("mnist")
        ? "train fashion-mnist --set name=mnist --set augmentation.flip=false --data " + folder
        : "train " + name + " --data " + folder;
  }

  private static URI address(String mirror) {
    try {
      URI address = new URI(mirror.endsWith("/") ? mirror : mirror + "/");
      String scheme = address.getScheme();
      if (address.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw ConvoyException.usage(
          "--from wants an http or https address; got '%s': %s", mirror, e.getReason());
    }
    throw ConvoyException.usage(
        "--from wants an http or https address, such as http://host/folder; got '%s'", mirror);
  }
}
