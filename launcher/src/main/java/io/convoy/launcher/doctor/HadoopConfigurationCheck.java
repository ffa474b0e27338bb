package io.convoy.launcher.doctor;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Where Hadoop's settings come from, and which file system they make the default. */
record HadoopConfigurationCheck(Surroundings surroundings, Configuration configuration)
    implements Check {
  private static final String SITE = "core-site.xml";

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    for (String variable : List.of("HADOOP_CONF_DIR", "YARN_CONF_DIR")) {
      findings.add(
          surroundings
              .variable(variable)
              .map(folder -> folder(variable, Path.of(folder)))
              .orElseGet(
                  () -> Finding.ok(variable, "not set; needed for YARN and for HDFS by name")));
    }
    URI standard = FileSystem.getDefaultUri(configuration);
    findings.add(Finding.ok("default files", "%s", standard));
    return findings;
  }

  private Finding folder(String variable, Path folder) {
    String advice = "set it to the folder of %s and its kin, as the cluster's nodes have it";
    if (!Files.isDirectory(folder)) {
      return Finding.fail(variable, folder + ", which is no folder", advice.formatted(SITE));
    }
    String site = variable.startsWith("YARN") ? "yarn-site.xml" : SITE;
    if (!Files.isRegularFile(folder.resolve(site))) {
      return Finding.warn(
          variable, "%s, which has no %s".formatted(folder, site), advice.formatted(site));
    }
    if (configuration.getResource(site) == null) {
      return Finding.warn(
          variable,
          folder + " is not on the class path, so that its settings are not read",
          "start by scripts/convoy or spark-submit, which put it there");
    }
    return Finding.ok(variable, "%s", folder);
  }
}
