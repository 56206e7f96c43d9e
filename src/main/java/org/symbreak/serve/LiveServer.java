package org.symbreak.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * The live page: a server for the browsers of this machine. Reading a page needs the right Host;
 * everything that trains, writes or streams needs the token besides.
 */
public final class LiveServer implements AutoCloseable {
  /** Bytes of a request's body at the most. */
  static final int MOST_BYTES = 5 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LiveServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

  private final HttpServer server;
  private final Gate gate;
  private final InetAddress address;

  /** Null where a run is watched: there is nothing to play with. */
  private final Playground playground;

  /** Null where the page is played with. */
  private final WatchedRun watched;

  private final ExecutorService threads = Executors.newFixedThreadPool(64, LiveServer::daemon);
  private final ScheduledExecutorService cleaner =
      Executors.newSingleThreadScheduledExecutor(LiveServer::daemon);

  private LiveServer(HttpServer server, InetAddress address, Path models, WatchedRun watched)
      throws IOException {
    this.server = server;
    this.address = address;
    this.gate = Gate.of(host(address), server.getAddress().getPort());
    this.playground = watched == null ? new Playground(models) : null;
    this.watched = watched;
  }

  /**
   * Starts listening.
   *
   * @param address where, usually the loopback
   * @param port 0 for any that is free
   * @param models where saved runs go
   */
  public static LiveServer start(InetAddress address, int port, Path models) throws IOException {
    return start(address, port, models, null);
  }

  /**
   * Starts listening on the loopback for pages that look on while a run is trained, and can do
   * nothing else.
   */
  public static LiveServer watch(WatchedRun run, int port) throws IOException {
    return start(InetAddress.getLoopbackAddress(), port, Path.of("models"), run);
  }

  private static LiveServer start(InetAddress address, int port, Path models, WatchedRun watched)
      throws IOException {
    LiveServer live =
        new LiveServer(
            HttpServer.create(new InetSocketAddress(address, port), 0), address, models, watched);
    live.server.setExecutor(live.threads);
    live.server.createContext("/", live::answer);
    live.server.start();
    if (live.playground != null) {
      live.cleaner.scheduleWithFixedDelay(
          live.playground::closeAbandoned, 10, 10, TimeUnit.SECONDS);
    }
    return live;
  }

  /** Where the page is; the token stands behind the #, which browsers keep to themselves. */
  public URI url() {
    return URI.create(
        "http://"
            + host(address)
            + ":"
            + server.getAddress().getPort()
            + "/#token="
            + gate.token());
  }

  @Override
  public void close() {
    server.stop(watched == null ? 0 : 1);
    cleaner.shutdownNow();
    if (playground != null) {
      playground.close();
    }
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().putAll(headers());
      boolean control = exchange.getRequestURI().getPath().startsWith("/api/");
      Optional<String> refusal =
          control
              ? gate.refusesControl(exchange.getRequestHeaders())
              : gate.refuses(exchange.getRequestHeaders());
      if (refusal.isPresent()) {
        send(exchange, 403, "text/plain", refusal.get());
      } else if (control) {
        control(exchange);
      } else {
        page(exchange);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed", exchange.getRequestURI().getPath(), e);
      throw e;
    }
  }

  private void page(HttpExchange exchange) throws IOException {
    StaticFile file = StaticFile.at(exchange.getRequestURI().getPath());
    if (file == null) {
      send(exchange, 404, "text/plain", "there is nothing here");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      send(exchange, 405, "text/plain", "GET only");
    } else {
      send(exchange, 200, file.type(), file.content());
    }
  }

  private void control(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring("/api/".length());
    if (!exchange.getRequestMethod().equals("POST")) {
      send(exchange, 405, "text/plain", "POST only");
      return;
    }
    try {
      byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
      if (body.length > MOST_BYTES) {
        throw InputException.of("request", "at most " + MOST_BYTES + " bytes", "more");
      }
      if (watched != null) {
        look(exchange, path);
      } else if (path.equals("upload")) {
        reply(exchange, playground.upload(body));
      } else {
        Map<String, String> words = JSON.readValue(body, new TypeReference<>() {});
        if (path.equals("events")) {
          stream(exchange, playground.tab(words)::stream);
        } else {
          reply(exchange, playground.control(path, words));
        }
      }
    } catch (InputException e) {
      send(
          exchange,
          400,
          "application/json",
          JSON.writeValueAsString(
              Map.of("problems", e.problems().stream().map(Problem::toString).toList())));
    } catch (JsonProcessingException e) {
      send(
          exchange,
          400,
          "application/json",
          JSON.writeValueAsString(
              Map.of("problems", List.of("request: expected a JSON object of texts"))));
    }
  }

  private void look(HttpExchange exchange, String path) throws IOException {
    if (path.equals("open")) {
      reply(exchange, watched.opening());
    } else if (path.equals("events")) {
      stream(exchange, watched::stream);
    } else {
      throw InputException.of("/api/" + path, "to look on: the command line trains this run", path);
    }
  }

  /** What sends states for as long as somebody reads them. */
  private interface Source {
    void stream(OutputStream out) throws IOException;
  }

  private static void stream(HttpExchange exchange, Source source) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      source.stream(out);
    }
  }

  private static void reply(HttpExchange exchange, Object value) throws IOException {
    send(exchange, 200, "application/json", JSON.writeValueAsString(value));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Headers headers() {
    Headers headers = new Headers();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    return headers;
  }

  private static String host(InetAddress address) {
    String name = address.getHostAddress();
    return name.contains(":") ? "[" + name + "]" : name;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "symbreak-serve");
    thread.setDaemon(true);
    return thread;
  }
}
