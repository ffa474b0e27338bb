package io.convoy.rendezvous;

/**
 * A task that has come to the rendezvous.
 *
 * @param executor Spark's id of its executor
 * @param host where its exchange listens
 * @param port of its exchange
 * @param replica the rank whose replica it has at hand, at this very step; -1 for none
 */
public record Member(String executor, String host, int port, int replica) {
  String encode() {
    return String.join("\t", executor, host, Integer.toString(port), Integer.toString(replica));
  }

  static Member decode(String line) {
    String[] fields = line.split("\t", -1);
    return new Member(
        fields[0], fields[1], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
  }
}
