package io.convoy.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A name node and two data nodes in this process, started for the first test that asks for a {@link
 * MiniDFSCluster} and stopped after the last test of all classes.
 */
public final class Hdfs implements ParameterResolver {
  /** Stops the cluster when JUnit's root store is closed. */
  private record Running(MiniDFSCluster cluster) implements CloseableResource {
    @Override
    public void close() {
      cluster.shutdown(true);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MiniDFSCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Hdfs.class))
        .getOrComputeIfAbsent(Running.class, key -> start(), Running.class)
        .cluster();
  }

  private static Running start() {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      Path disk = Files.createTempDirectory(target.toAbsolutePath(), "hdfs");
      Configuration configuration = new Configuration();
      configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, disk.toString());
      // A block that one data node has damaged is not to be healed behind the test's back.
      configuration.setInt("dfs.replication", 1);
      configuration.setInt("dfs.client.max.block.acquire.failures", 1);
      MiniDFSCluster cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(2).build();
      cluster.waitActive();
      return new Running(cluster);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
