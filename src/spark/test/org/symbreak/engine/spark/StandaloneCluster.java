package org.symbreak.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real standalone cluster: a master and two workers, each a process of its own, by {@code scripts/spark-cluster} with this class path. */
public final class StandaloneCluster implements AutoCloseable {
  private static final String AUTHENTICATE = "spark.authenticate";
  private static final String SECRET = "spark.authenticate.secret";

  private final Path directory;
  private final String master;

  private StandaloneCluster(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.master = script("start");
    secret(Files.readString(secretFile()));
  }

  /** Starts one, whose secret this process knows. */
  public static StandaloneCluster start(Path directory) throws IOException, InterruptedException {
    return new StandaloneCluster(directory);
  }

  /** Its address. */
  public String master() {
    return master;
  }

  public Path secretFile() {
    return directory.resolve("cluster/secret");
  }

  public Path masterLog() {
    return directory.resolve("cluster/master.log");
  }

  /** What this process believes the secret to be. */
  public static void secret(String secret) {
    System.setProperty(AUTHENTICATE, "true");
    System.setProperty(SECRET, secret);
  }

  public static void forgetSecret() {
    System.clearProperty(AUTHENTICATE);
    System.clearProperty(SECRET);
  }

  /** SIGKILL to a worker and to the executors that it has started. */
  public void kill(String worker) {
    try {
      long pid = Long.parseLong(Files.readString(directory.resolve("cluster/" + worker + ".pid")).strip());
      ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
      Stream.concat(process.descendants(), Stream.of(process)).toList().forEach(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String script(String verb) throws IOException, InterruptedException {
    Path classPath = directory.resolve("classpath");
    if (verb.equals("start")) {
      Files.writeString(classPath, System.getProperty("java.class.path"));
    }
    ProcessBuilder script = new ProcessBuilder("scripts/spark-cluster", verb).redirectError(directory.resolve("cluster.err").toFile());
    script.environment().put("SPARK_CLUSTER_HOME", directory.resolve("cluster").toString());
    script.environment().put("SPARK_CLUSTER_CLASSPATH", classPath.toString());
    script.environment().put("SPARK_CLUSTER_PORT", Integer.toString(freePort()));
    Process process = script.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(directory.resolve("cluster.err"))).isZero();
    return output;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    forgetSecret();
    script("stop");
  }
}
