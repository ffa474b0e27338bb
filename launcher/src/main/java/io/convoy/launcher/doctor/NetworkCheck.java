package io.convoy.launcher.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Whether this machine finds itself: Spark binds its ports by name. */
record NetworkCheck(Surroundings surroundings) implements Check {
  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(loopback());
    findings.add(
        surroundings
            .variable("SPARK_LOCAL_IP")
            .map(NetworkCheck::chosen)
            .orElseGet(NetworkCheck::ownName));
    return findings;
  }

  private static Finding loopback() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
      return Finding.ok(
          "loopback", "%s, a port can be opened", socket.getInetAddress().getHostAddress());
    } catch (IOException e) {
      return Finding.fail(
          "loopback",
          "%s: no port can be opened (%s)".formatted(loopback, e.getMessage()),
          "let processes of this machine listen on 127.0.0.1 (firewall, container)");
    }
  }

  private static Finding chosen(String address) {
    try {
      InetAddress chosen = InetAddress.getByName(address);
      if (NetworkInterface.getByInetAddress(chosen) != null) {
        return Finding.ok("SPARK_LOCAL_IP", "%s", address);
      }
      return Finding.fail(
          "SPARK_LOCAL_IP",
          address + " is no address of this machine",
          "set it to one that is, or to 127.0.0.1 where all runs here");
    } catch (IOException e) {
      return Finding.fail(
          "SPARK_LOCAL_IP",
          address + " has no address",
          "set it to an address of this machine, or to 127.0.0.1 where all runs here");
    }
  }

  private static Finding ownName() {
    try {
      InetAddress here = InetAddress.getLocalHost();
      return Finding.ok("host name", "%s is %s", here.getHostName(), here.getHostAddress());
    } catch (UnknownHostException e) {
      return Finding.fail(
          "host name",
          "this machine's own name has no address (%s)".formatted(e.getMessage()),
          "add it to /etc/hosts, or set SPARK_LOCAL_IP=127.0.0.1 where all runs here");
    }
  }
}
