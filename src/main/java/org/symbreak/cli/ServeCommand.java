package org.symbreak.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.symbreak.problem.InputException;
import org.symbreak.serve.LiveServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code symbreak serve}: the live page. */
@Command(
    name = "serve",
    description = {
      "Opens a page on this machine to play with: data, network, start, optimizer; watch the hidden"
          + " units part, or not.",
      "Ends with Ctrl-C."
    },
    footer = {"", "Example:", "  symbreak serve --port 8642"})
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8642",
      converter = Values.Port.class,
      description = "Where to listen; 0 for any free port. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on. Others than this machine can reach any but the default. Default:"
              + " ${DEFAULT-VALUE}.")
  private String bind;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      defaultValue = "models",
      description = "Where runs are saved from the page. Default: ${DEFAULT-VALUE}.")
  private Path models;

  @Mixin private Console console;

  @Override
  public Integer call() throws IOException, InterruptedException {
    InetAddress address = address();
    if (Files.exists(models) && !Files.isDirectory(models)) {
      throw InputException.of("--models", "a directory", models + ", which is none");
    }
    if (!address.isLoopbackAddress()) {
      console.notice(
          "Listening on "
              + bind
              + ": whoever reaches this address and knows the token can train on this machine.");
    }
    LiveServer server = start(address);
    // its one end is that of the process, which unwinds nothing
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "symbreak-serve-end"));
    console.line("Open %s", server.url());
    console.document(Map.of("url", server.url()));
    new CountDownLatch(1).await();
    return ExitCode.DONE;
  }

  private LiveServer start(InetAddress address) throws IOException {
    try {
      return LiveServer.start(address, port, models);
    } catch (BindException e) {
      throw refused(address);
    }
  }

  /** Whether the address is not this machine's, or the port is taken. */
  private InputException refused(InetAddress address) throws SocketException {
    boolean ours =
        address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || NetworkInterface.getByInetAddress(address) != null;
    return ours
        ? InputException.of(
            "--port", "a port that is free on " + bind, String.valueOf(port), "--port 0")
        : notThisMachine();
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw notThisMachine();
    }
  }

  private InputException notThisMachine() {
    return InputException.of(
        "--bind", "an address of this machine", "'" + bind + "'", "127.0.0.1", "::1");
  }
}
