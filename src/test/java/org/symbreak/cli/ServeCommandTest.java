package org.symbreak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code serve} refuses to start with. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServeCommandTest {
  @Test
  void aFileIsNoDirectoryOfModels() {
    refused(
        "--models: expected a directory, found data/circles.csv, which is none",
        "--models",
        "data/circles.csv",
        "--port",
        "0");
  }

  @Test
  void anAddressOfAnotherMachineIsToBlameForItself() {
    refused(
        "--bind: expected an address of this machine, found '192.0.2.1' (choices: 127.0.0.1, ::1)",
        "--bind",
        "192.0.2.1",
        "--port",
        "0");
  }

  @Test
  void aTakenPortIsToBlameForItself() throws IOException {
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (ServerSocket taken = new ServerSocket(0, 1, here)) {
      String port = String.valueOf(taken.getLocalPort());
      refused(
          "--port: expected a port that is free on 127.0.0.1, found %s (choices: --port 0)"
              .formatted(port),
          "--port",
          port);
    }
  }

  private static void refused(String message, String... options) {
    Object[] words = new Object[options.length + 1];
    words[0] = "serve";
    System.arraycopy(options, 0, words, 1, options.length);
    CommandRun run = CommandRun.of(words);
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT);
    assertThat(run.err()).contains("symbreak: " + message);
  }
}
