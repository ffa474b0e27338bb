package io.convoy.run;

import io.convoy.checkpoint.CommitRight;
import io.convoy.error.ConvoyException;
import io.convoy.json.Json;
import io.convoy.storage.DamagedException;
import io.convoy.storage.Retries;
import io.convoy.storage.StoreFolder;
import io.convoy.storage.WholeFiles;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This driver's claim to a run. Each driver that ever owned the run has left a claim, a file named
 * by its generation and created exclusively; the highest one owns the run, at once and without
 * asking the others. Whoever is not the highest finds out before its next commit and stops.
 *
 * <p>{@code RUN/owner} is a copy of the highest claim for readers. It decides nothing, so that it
 * does not matter when a driver dies between its claim and the copy.
 *
 * <p>A commit checks first and acts then; a takeover may fall between. The late commit is harmless:
 * it is a whole checkpoint of the same run, and by the numerics contract holds what the new owner
 * will compute for that step.
 */
public final class RunOwner implements CommitRight {
  private static final Logger LOG = LoggerFactory.getLogger(RunOwner.class);

  /** The folder of the claims; without one in it, it claims nothing. */
  static final String CLAIMS = ".owners";

  private static final String PREFIX = "generation-";
  private static final int CLAIM_LIMIT = 64 * 1024;

  /**
   * What a claim's file holds.
   *
   * @param generation the number of this driver among those of the run, from 1
   * @param token a random word that tells this claim from any other
   * @param driver who claims
   */
  record Claim(long generation, String token, DriverIdentity driver) {
    /** The claim in an operator's words. */
    String described() {
      return "generation %s on host %s, started %s, application %s"
          .formatted(generation, driver.host(), driver.started(), driver.applicationId());
    }

    private boolean isWhole() {
      return token != null && driver != null && driver.applicationId() != null;
    }
  }

  private final StoreFolder files;
  private final Claim claim;
  private final WholeFiles written;

  private RunOwner(StoreFolder files, Claim claim) {
    this.files = files;
    this.claim = claim;
    this.written = new WholeFiles(files, claim.generation());
  }

  /**
   * Claims a new run, which is then to be announced; empty when another driver has done so already.
   */
  static Optional<RunOwner> first(StoreFolder files, DriverIdentity driver) throws IOException {
    return latestGeneration(files).isPresent() ? Optional.empty() : claim(files, 1, driver);
  }

  /**
   * Takes a run over from whoever owns it.
   *
   * @throws ConvoyException of kind RESOURCE when another driver does so at the same moment
   */
  static RunOwner takeOver(StoreFolder files, DriverIdentity driver) throws IOException {
    long next = latestGeneration(files).orElse(0) + 1;
    Optional<RunOwner> owner = claim(files, next, driver);
    if (owner.isEmpty()) {
      throw ConvoyException.resource(
          "another driver took over run %s at the same moment: it is now owned by %s; this driver"
              + " stops, so that two never train one run",
          files.root(), describeLatest(files));
    }
    owner.get().announce();
    return owner.get();
  }

  private void removeLeftovers() {
    written.removeLeftovers(files.root());
    written.removeLeftovers(files.path(CLAIMS));
  }

  private static Optional<RunOwner> claim(StoreFolder files, long generation, DriverIdentity driver)
      throws IOException {
    Claim claim = new Claim(generation, UUID.randomUUID().toString(), driver);
    RunOwner owner = new RunOwner(files, claim);
    if (!owner.written.createNew(file(files, generation), Json.lines(claim))) {
      return Optional.empty();
    }
    owner.removeLeftovers();
    return Optional.of(owner);
  }

  /** Writes the copy for readers. */
  void announce() throws IOException {
    check();
    replace(files.path("owner"), out -> out.write(Json.lines(claim)));
    check();
  }

  /** Like {@link WholeFiles#createNew}, and says so where the run was lost meanwhile. */
  boolean createNew(Path file, byte[] bytes) throws IOException {
    try {
      return written.createNew(file, bytes);
    } catch (IOException e) {
      checkAfter(e);
      throw e;
    }
  }

  /** Like {@link WholeFiles#replace}, and says so where the run was lost meanwhile. */
  void replace(Path file, StoreFolder.Content content) throws IOException {
    try {
      written.replace(file, content);
    } catch (IOException e) {
      checkAfter(e);
      throw e;
    }
  }

  /** A driver that takes the run over removes what this one has not finished. */
  @Override
  public void checkAfter(IOException error) {
    if (!files.mayPass(error)) {
      check();
    }
  }

  /**
   * Gives back the claim to a run that could not be created, unless another driver has taken it
   * over to finish it. Of a run that is there, no claim may go: its predecessor would take itself
   * for the owner.
   */
  void withdraw() {
    try {
      if (latestGeneration(files).orElse(0) > claim.generation()) {
        return;
      }
      files.fileSystem().delete(files.path("owner"), false);
      files.fileSystem().delete(file(files, claim.generation()), false);
    } catch (IOException e) {
      LOG.warn("{} stays claimed: {}", files.root(), StoreFolder.reason(e));
    }
  }

  /** The number of this driver among those of the run, from 1. */
  @Override
  public long generation() {
    return claim.generation();
  }

  /**
   * Makes sure that this driver still owns the run.
   *
   * @throws ConvoyException of kind RESOURCE when another one has taken it over; the message says
   *     who
   */
  @Override
  public void check() {
    try {
      boolean mine = Retries.of(this::isMine);
      if (!mine) {
        throw ConvoyException.resource(
            "run %s was taken over by another driver: it is now owned by %s; this one (%s) stops"
                + " and writes nothing more, so that two never train one run",
            files.root(), describeLatest(files), claim.described());
      }
    } catch (IOException e) {
      throw files.failure(
          "cannot find out who owns run %s, so nothing is written: %s"
              .formatted(files.root(), StoreFolder.reason(e)),
          e);
    } catch (DamagedException e) {
      throw new IllegalStateException("cannot happen: a claim is whole or none", e);
    }
  }

  private boolean isMine() throws IOException {
    if (files.status(file(files, claim.generation() + 1)).isPresent()) {
      return false;
    }
    return read(files, claim.generation())
        .filter(found -> found.token().equals(claim.token()))
        .isPresent();
  }

  /**
   * The application that claimed the run last; empty where there is no run, or a claim that its
   * driver did not live to write.
   */
  static Optional<String> latestApplication(StoreFolder files) throws IOException {
    OptionalLong latest = latestGeneration(files);
    return latest.isEmpty()
        ? Optional.empty()
        : read(files, latest.getAsLong()).map(claim -> claim.driver().applicationId());
  }

  /** Who owns the run, in an operator's words. */
  static String describeLatest(StoreFolder files) throws IOException {
    OptionalLong latest = latestGeneration(files);
    if (latest.isEmpty()) {
      return "nobody (its claims are gone: was the folder deleted?)";
    }
    return read(files, latest.getAsLong())
        .map(Claim::described)
        .orElse("generation %s, which has not yet said who it is".formatted(latest.getAsLong()));
  }

  /** The highest generation that ever claimed the run. */
  static OptionalLong latestGeneration(StoreFolder files) throws IOException {
    List<String> names = files.names(files.path(CLAIMS));
    return names.stream()
        .filter(name -> name.matches(PREFIX + "\\d{1,18}"))
        .mapToLong(name -> Long.parseLong(name.substring(PREFIX.length())))
        .max();
  }

  /**
   * A claim; empty where it is gone or not whole. Some stores show a file before it is whole, and
   * keep it so when its writer dies.
   */
  private static Optional<Claim> read(StoreFolder files, long generation) throws IOException {
    try {
      byte[] bytes = files.read(file(files, generation), CLAIM_LIMIT);
      Claim claim = Json.readFile(bytes, Claim.class, "");
      return Optional.ofNullable(claim).filter(Claim::isWhole);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (EOFException | ChecksumException | ConvoyException e) {
      LOG.warn("{} is not a whole claim: {}", file(files, generation), StoreFolder.reason(e));
      return Optional.empty();
    }
  }

  private static Path file(StoreFolder files, long generation) {
    return files.path(String.format(Locale.ROOT, "%s/%s%09d", CLAIMS, PREFIX, generation));
  }
}
