package io.convoy.launcher.fetch;

import io.convoy.data.reader.Cifar10;
import io.convoy.data.reader.DataFormat;
import io.convoy.data.reader.Idx;
import io.convoy.error.ConvoyException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A data set as it was published.
 *
 * @param name as the command line knows it
 * @param format how its files are read
 * @param address where its files lie: a folder, with a slash at its end
 * @param files all that are fetched
 * @param archive what the only file holds, where it is an archive
 * @param source who publishes it, and under which terms
 */
public record PublishedSet(
    String name,
    DataFormat format,
    URI address,
    List<PublishedFile> files,
    Optional<ArchiveLayout> archive,
    String source) {

  /** Xiao, Rasul, Vollgraf 2017: github.com/zalandoresearch/fashion-mnist, MIT licence. */
  static final PublishedSet FASHION_MNIST =
      new PublishedSet(
          "fashion-mnist",
          new Idx(),
          // S3's website endpoint speaks no TLS; the SHA-256 stands for the bytes
          URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
          List.of(
              new PublishedFile(
                  "train-images-idx3-ubyte.gz",
                  26_421_880,
                  "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
              new PublishedFile(
                  "train-labels-idx1-ubyte.gz",
                  29_515,
                  "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
              new PublishedFile(
                  "t10k-images-idx3-ubyte.gz",
                  4_422_102,
                  "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
              new PublishedFile(
                  "t10k-labels-idx1-ubyte.gz",
                  5_148,
                  "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
          Optional.empty(),
          "Xiao, Rasul, Vollgraf 2017; MIT licence");

  /** LeCun, Cortes, Burges: from the mirror that took over when the first address closed. */
  static final PublishedSet MNIST =
      new PublishedSet(
          "mnist",
          new Idx(),
          URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
          List.of(
              new PublishedFile(
                  "train-images-idx3-ubyte.gz",
                  9_912_422,
                  "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
              new PublishedFile(
                  "train-labels-idx1-ubyte.gz",
                  28_881,
                  "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
              new PublishedFile(
                  "t10k-images-idx3-ubyte.gz",
                  1_648_877,
                  "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
              new PublishedFile(
                  "t10k-labels-idx1-ubyte.gz",
                  4_542,
                  "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")),
          Optional.empty(),
          "LeCun, Cortes, Burges 1998");

  /** Krizhevsky 2009: www.cs.toronto.edu/~kriz/cifar.html, the binary version. */
  static final PublishedSet CIFAR10 =
      new PublishedSet(
          "cifar10",
          new Cifar10(),
          URI.create("https://www.cs.toronto.edu/~kriz/"),
          List.of(
              new PublishedFile(
                  "cifar-10-binary.tar.gz",
                  170_052_171,
                  "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
          Optional.of(ArchiveLayout.CIFAR10),
          "Krizhevsky 2009");

  private static final List<PublishedSet> ALL = List.of(FASHION_MNIST, MNIST, CIFAR10);

  public PublishedSet {
    files = List.copyOf(files);
  }

  /**
   * The set of a name.
   *
   * @throws ConvoyException of kind USAGE when there is none
   */
  public static PublishedSet of(String name) {
    return ALL.stream()
        .filter(set -> set.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "there is no set '%s' to fetch; there are %s",
                    name, String.join(", ", names())));
  }

  /** The names of all sets. */
  public static List<String> names() {
    return ALL.stream().map(PublishedSet::name).collect(Collectors.toUnmodifiableList());
  }

  /** The names of the sets of a format. */
  public static List<String> namesOf(DataFormat format) {
    return ALL.stream()
        .filter(set -> set.format.equals(format))
        .map(PublishedSet::name)
        .collect(Collectors.toUnmodifiableList());
  }

  /** The same set from a mirror that has its files under their published names. */
  public PublishedSet from(URI mirror) {
    return new PublishedSet(name, format, mirror, files, archive, source);
  }

  /** Bytes of all files. */
  public long size() {
    return files.stream().mapToLong(PublishedFile::size).sum();
  }
}
