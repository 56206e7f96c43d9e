package org.symbreak.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Speaks HTTP by hand: what browsers do not let a page forge is forged here. */
class LiveServerTest {
  /** Longer than any test, however slow the machine. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  @TempDir Path models;
  private LiveServer server;
  private URI url;
  private String token;

  @BeforeEach
  void start() throws IOException {
    server = LiveServer.start(InetAddress.getLoopbackAddress(), 0, models, PATIENCE);
    url = server.url();
    token = url.getFragment().substring("token=".length());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void handsOutThePageUnderAStrictPolicy() throws IOException {
    String answer = ask("GET / HTTP/1.1", "Host: " + url.getAuthority());

    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .contains("default-src 'none'; script-src 'self'")
        .contains("frame-ancestors 'none'")
        .containsIgnoringCase("X-Content-Type-Options: nosniff")
        .containsIgnoringCase("Cache-Control: no-store")
        .contains("<title>Symbreak");
    assertThat(answer).doesNotContain(token).doesNotContainIgnoringCase("Access-Control");
  }

  @Test
  void refusesAForeignHost() throws IOException {
    assertThat(ask("GET / HTTP/1.1", "Host: evil.example:" + url.getPort()))
        .startsWith("HTTP/1.1 403");
    assertThat(ask("GET / HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 403");
    assertThat(ask("GET / HTTP/1.1", "Host: localhost:" + url.getPort()))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void refusesAForeignOrigin() throws IOException {
    assertThat(open("Origin: http://evil.example", "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 403");
    assertThat(open("Origin: null", "X-Symbreak-Token: " + token)).startsWith("HTTP/1.1 403");
    assertThat(open("Sec-Fetch-Site: cross-site", "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void refusesControlWithoutTheToken() throws IOException {
    assertThat(open()).startsWith("HTTP/1.1 403");
    assertThat(open("X-Symbreak-Token: 00000000000000000000000000000000"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void opensATabWithTheToken() throws IOException {
    assertThat(open("Origin: http://" + url.getAuthority(), "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 200")
        .contains("\"tab\":")
        .contains("\"distinct\":1");
  }

  @Test
  void namesWhatIsWrongWithARecipe() throws IOException {
    assertThat(post("open", "{\"hidden\":\"0\",\"mix\":\"101\"}", "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 400")
        .contains("mix: expected a number from 5 to 95, found '101'")
        .contains("hidden: expected a whole number from 1 to 256, found '0'");
  }

  @Test
  void refusesWhatIsNoRequest() throws IOException {
    assertThat(post("open", "[1,2", "X-Symbreak-Token: " + token)).startsWith("HTTP/1.1 400");
    assertThat(post("nothing", "{}", "X-Symbreak-Token: " + token)).startsWith("HTTP/1.1 400");
    assertThat(post("step", "{\"tab\":\"gone\"}", "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 400");
    assertThat(ask("GET /../../etc/passwd HTTP/1.1", "Host: " + url.getAuthority()))
        .startsWith("HTTP/1.1 4");
  }

  @Test
  void answersEveryBodyThatIsNoneWithWords() throws IOException {
    for (String body :
        List.of(
            "null",
            "1",
            "{\"tab\":null}",
            "{\"cmp\":null}",
            "{\"data\":null}",
            "{\"data\":\":\"}",
            "{\"data\":\"\"}",
            "{\"data\":\"moons:200:1\"}",
            "{\"opt\":\":\"}",
            "{\"hidden\":\"/\"}",
            "{\"noise\":\"../../x\"}",
            "{\"data\":{\"a\":1}}",
            "[".repeat(50_000))) {
      for (String what : List.of("open", "play", "events", "save", "close", "nothing")) {
        String answer = post(what, body, "X-Symbreak-Token: " + token);

        assertThat(answer).as("%s %.40s", what, body).contains("{\"");
        assertThat(answer).startsWith(what.equals("close") ? "HTTP/1.1 " : "HTTP/1.1 400");
      }
    }
  }

  @Test
  void namesNoFileAfterWhatAPageSays() throws IOException {
    assertThat(post("open", "{\"noise\":\"0.1\\u0000\"}", "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 200");
    assertThat(post("open", "{\"noise\":\" 0.1\\n\"}", "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void givesNoThreadToSilentClients() throws Exception {
    int atRest = server.busyThreads();
    List<Socket> silent = new ArrayList<>();
    try {
      for (int client = 0; client < 200; client++) {
        silent.add(started("GET / HTTP/1.1\r\nHost: " + url.getAuthority()));
        silent.add(
            started(
                "POST /api/open HTTP/1.1\r\nHost: "
                    + url.getAuthority()
                    + "\r\nX-Symbreak-Token: "
                    + token
                    + "\r\nContent-Length: 1000\r\n\r\n{"));
      }
      while (server.connections().waiting() < silent.size()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }

      assertThat(ask("GET / HTTP/1.1", "Host: " + url.getAuthority())).startsWith("HTTP/1.1 200");
      assertThat(open("X-Symbreak-Token: " + token)).startsWith("HTTP/1.1 200");
      while (server.busyThreads() > atRest) { // until the last of them has been looked at
        TimeUnit.MILLISECONDS.sleep(10);
      }

      server.connections().closeOverdue(System.nanoTime() + 2 * PATIENCE.toNanos());
      for (Socket client : silent) {
        assertThat(endOf(client)).isTrue();
      }
      assertThat(server.connections().waiting()).isZero();
    } finally {
      for (Socket client : silent) {
        client.close();
      }
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void keepsNoMoreSilentClientsThanItCanBear() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int client = 0; client < OpenConnections.MOST + 20; client++) {
        silent.add(started("GET / HTTP/1.1\r\n"));
      }
      // those that came first are let go first; two at once may change places
      for (Socket first : silent.subList(0, 10)) {
        assertThat(endOf(first)).isTrue();
      }
      assertThat(server.connections().waiting()).isLessThanOrEqualTo(OpenConnections.MOST);
      assertThat(ask("GET / HTTP/1.1", "Host: " + url.getAuthority())).startsWith("HTTP/1.1 200");
    } finally {
      for (Socket client : silent) {
        client.close();
      }
    }
  }

  @Test
  void listensOnEveryAddressWhereToldTo() throws IOException {
    try (LiveServer everywhere =
        LiveServer.start(InetAddress.getByName("0.0.0.0"), 0, models.resolve("everywhere"))) {
      int port = everywhere.url().getPort();
      for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(network.getInetAddresses())) {
          if (address instanceof Inet4Address) {
            assertThat(
                    ask(
                        address,
                        port,
                        "GET / HTTP/1.1\r\nHost: " + Gate.name(address) + ":" + port))
                .startsWith("HTTP/1.1 200");
          }
        }
      }
      InetAddress loopback = InetAddress.getLoopbackAddress();
      assertThat(ask(loopback, port, "GET / HTTP/1.1\r\nHost: evil.example:" + port))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void refusesAPortThatIsTaken() {
    assertThatThrownBy(
            () -> LiveServer.start(InetAddress.getLoopbackAddress(), url.getPort(), models))
        .isInstanceOf(BindException.class);
  }

  private Socket started(String request) throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** Whether the server has closed it, without an answer. */
  private static boolean endOf(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void tellsWhatIsInADroppedFileOrWhatIsWrongWithIt() throws IOException {
    StringBuilder csv = new StringBuilder("a,b,label\n");
    for (int i = 0; i < 40; i++) {
      csv.append(i * 0.37 % 1)
          .append(',')
          .append(i * 0.61 % 1)
          .append(',')
          .append(i % 2)
          .append('\n');
    }
    assertThat(post("upload", csv.toString(), "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 200")
        .contains("\"rows\":40")
        .contains("\"label\":\"label\"");
    assertThat(post("upload", "a,b\n1\n", "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 400")
        .contains("expected");
  }

  @Test
  void limitsUploadsAndTabs() throws IOException {
    String tooLarge = "a,b,label\n" + "1".repeat(Reception.MOST_BYTES);
    assertThat(post("upload", tooLarge, "X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 400")
        .contains("at most " + Reception.MOST_BYTES + " bytes");
    for (int tab = 0; tab < Playground.MOST_TABS; tab++) {
      assertThat(open("X-Symbreak-Token: " + token)).startsWith("HTTP/1.1 200");
    }
    assertThat(open("X-Symbreak-Token: " + token))
        .startsWith("HTTP/1.1 400")
        .contains("at most " + Playground.MOST_TABS + " at once");
  }

  private String open(String... headers) throws IOException {
    return post("open", "{}", headers);
  }

  private String post(String what, String body, String... headers) throws IOException {
    String[] all = new String[headers.length + 2];
    all[0] = "Host: " + url.getAuthority();
    all[1] = "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return ask("POST /api/" + what + " HTTP/1.1", body, all);
  }

  private String ask(String line, String header) throws IOException {
    return ask(line, "", header);
  }

  private String ask(String line, String body, String... headers) throws IOException {
    InetAddress host = InetAddress.getByName(url.getHost());
    return ask(host, url.getPort(), line + "\r\n" + String.join("\r\n", headers), body);
  }

  private static String ask(InetAddress host, int port, String head) throws IOException {
    return ask(host, port, head, "");
  }

  private static String ask(InetAddress host, int port, String head, String body)
      throws IOException {
    try (Socket socket = new Socket(host, port)) {
      String request = head + "\r\nConnection: close\r\n\r\n" + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
