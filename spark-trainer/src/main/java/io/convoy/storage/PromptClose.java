package io.convoy.storage;

import java.util.Map;

/**
 * Settings for Hadoop, by which a small file on HDFS is closed in milliseconds.
 *
 * <p>A file is whole when its data node has told the name node of the last block. HDFS's client
 * asks for that at once, which is mostly too early, and by default again after 400 ms: longer than
 * all else that a small file takes. Here it asks after 10 ms, then in intervals that double, and
 * goes on for as long as by default.
 */
public final class PromptClose {
  /** By their names in Hadoop's configuration. A client has those with which it was made. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "10",
          "dfs.client.block.write.locateFollowingBlock.retries", "11");

  private PromptClose() {}
}
