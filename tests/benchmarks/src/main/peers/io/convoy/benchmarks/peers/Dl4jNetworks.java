package io.convoy.benchmarks.peers;

import io.convoy.benchmarks.networks.Mode;
import io.convoy.benchmarks.networks.NetworkContender;
import io.convoy.benchmarks.networks.NetworkProblem;
import io.convoy.benchmarks.networks.RemoteStep;
import io.convoy.benchmarks.networks.Step;
import io.convoy.error.ConvoyException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Networks by DL4J, in a process of its own: its natives are of another version of JavaCPP and
 * OpenBLAS than those here. Its threads follow the environment.
 */
public final class Dl4jNetworks implements NetworkContender {
  /** The class path of that process. */
  private static final String CLASS_PATH = "convoy.benchmarks.dl4j";

  private static final String SERVER = "io.convoy.benchmarks.dl4j.Dl4jServer";
  private static final Pattern JAR = Pattern.compile("deeplearning4j-nn-([^/]+)\\.jar");

  /** Those whose step takes it seconds, not minutes. */
  private static final Set<String> QUICK = Set.of("lenet", "resnet-20");

  @Override
  public String name() {
    return "DL4J";
  }

  @Override
  public String version() {
    Matcher jar = JAR.matcher(System.getProperty(CLASS_PATH, ""));
    return (jar.find() ? jar.group(1) : "unknown") + " in a process of its own";
  }

  @Override
  public boolean computes(NetworkProblem problem) {
    return QUICK.contains(problem.name());
  }

  @Override
  public boolean here(String way) {
    return false;
  }

  @Override
  public List<String> ways(Mode mode) {
    return List.of("NCHW");
  }

  @Override
  public Step prepare(NetworkProblem problem, Mode mode, String way, int threads) {
    String classPath = System.getProperty(CLASS_PATH);
    if (classPath == null) {
      throw ConvoyException.usage(
          "DL4J needs its class path in -D%s: scripts/bench sets it; leave it out with --peers",
          CLASS_PATH);
    }
    return new RemoteStep(
        name(),
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.bytedeco.javacpp.maxBytes=0",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            classPath,
            SERVER,
            problem.name(),
            String.valueOf(problem.batch()),
            mode.name()));
  }
}
