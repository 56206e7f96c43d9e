package org.symbreak.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.symbreak.problem.InputException;
import org.symbreak.problem.Problem;

/**
 * Answers requests: asks the gate, hands out the page, and passes on what the page asks for. Every
 * request has an answer, and none waits for a client on a thread.
 */
final class Reception extends Handler.Abstract.NonBlocking {
  /** Bytes of a dropped file at the most. */
  static final int MOST_BYTES = 5 << 20;

  /** Bytes at the most of what else a page may ask for. */
  private static final int MOST_BYTES_OF_WORDS = 1 << 16;

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpFields HEADERS =
      HttpFields.build()
          .add(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'; require-trusted-types-for 'script'")
          .add("X-Content-Type-Options", "nosniff")
          .add("Referrer-Policy", "no-referrer")
          .add("Cross-Origin-Opener-Policy", "same-origin")
          .add("Cross-Origin-Resource-Policy", "same-origin")
          .add("Cache-Control", "no-store")
          .asImmutable();

  private final Gate gate;
  private final Desk desk;
  private final OpenConnections connections;
  private final Executor workers;

  /**
   * @param desk does what pages ask for
   * @param workers does it where it takes time
   */
  Reception(Gate gate, Desk desk, OpenConnections connections, Executor workers) {
    this.gate = gate;
    this.desk = desk;
    this.connections = connections;
    this.workers = workers;
  }

  /** Where its words go, and the connection that waits for its client once they are there. */
  private record Answer(Response response, Callback callback, OpenConnections connections) {
    Connection connection() {
      return response.getRequest().getConnectionMetaData().getConnection();
    }

    void words(int status, String type, String text) {
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type + "; charset=utf-8");
      connections.waitsForClient(connection());
      response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
    }

    void json(int status, Object value) {
      try {
        words(status, "application/json", JSON.writeValueAsString(value));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an answer has a form of its own", e);
      }
    }

    void problems(int status, List<String> problems) {
      json(status, Map.of("problems", problems));
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().add(HEADERS);
    Answer answer = new Answer(response, callback, connections);
    String path = request.getHttpURI().getPath();
    boolean control = path != null && path.startsWith("/api/");
    Optional<String> refusal =
        control ? gate.refusesControl(request.getHeaders()) : gate.refuses(request.getHeaders());
    if (refusal.isPresent()) {
      answer.words(403, "text/plain", refusal.get());
    } else if (!control) {
      page(path, request.getMethod(), answer);
    } else if (!request.getMethod().equals("POST")) {
      answer.words(405, "text/plain", "POST only");
    } else {
      control(path.substring("/api/".length()), request, answer);
    }
    return true;
  }

  private static void page(String path, String method, Answer answer) {
    StaticFile file = StaticFile.at(path);
    if (file == null) {
      answer.words(404, "text/plain", "there is nothing here");
    } else if (!method.equals("GET")) {
      answer.words(405, "text/plain", "GET only");
    } else {
      answer.words(200, file.type(), file.content());
    }
  }

  private void control(String what, Request request, Answer answer) {
    RequestBody.read(
        request,
        what.equals("upload") ? MOST_BYTES : MOST_BYTES_OF_WORDS,
        body -> {
          connections.answering(answer.connection());
          attempt(what, answer, () -> obey(what, body, answer));
        },
        failure -> attempt(what, answer, () -> rethrow(failure)));
  }

  private void obey(String what, byte[] body, Answer answer) throws Exception {
    if (what.equals("upload")) {
      later(what, answer, () -> desk.upload(body));
      return;
    }
    Map<String, String> words = words(body);
    switch (what) {
      case "events" -> stream(desk.events(words), answer);
      case "play", "pause", "step" -> answer.json(200, desk.control(what, words));
      default -> later(what, answer, () -> desk.control(what, words));
    }
  }

  private static Map<String, String> words(byte[] body) throws Exception {
    Map<String, String> words = JSON.readValue(body, new TypeReference<>() {});
    if (words == null) {
      throw InputException.of("request", "a JSON object of texts", "null");
    }
    words.forEach(
        (key, value) -> {
          if (value == null) {
            throw InputException.of(key, "a text", "null");
          }
        });
    return words;
  }

  /** Lets a worker do it, so that what is quick goes on meanwhile. */
  private void later(String what, Answer answer, Work work) {
    try {
      workers.execute(() -> attempt(what, answer, () -> answer.json(200, work.result())));
    } catch (RejectedExecutionException e) {
      answer.problems(503, List.of("server: too much is being asked at once; try again"));
    }
  }

  private interface Work {
    Object result() throws Exception;
  }

  private interface Step {
    void take() throws Exception;
  }

  /** Takes a step towards an answer, and gives it where the step fails. */
  private static void attempt(String what, Answer answer, Step step) {
    try {
      step.take();
    } catch (InputException e) {
      answer.problems(400, e.problems().stream().map(Problem::toString).toList());
    } catch (JsonProcessingException e) {
      answer.problems(400, List.of("request: expected a JSON object of texts"));
    } catch (Gone e) {
      answer.callback().failed(e.getCause());
    } catch (Exception | Error e) {
      LOG.error("/api/{} failed", what, e);
      answer.problems(500, List.of("server: it failed; its own output has more"));
    }
  }

  /** A client that went before it had asked. */
  private static final class Gone extends Exception {
    private static final long serialVersionUID = 1;

    private Gone(Throwable cause) {
      super(cause);
    }
  }

  private static void rethrow(Throwable failure) throws Gone {
    if (failure instanceof InputException e) {
      throw e;
    }
    throw new Gone(failure);
  }

  /** Sends states from now on; between two of them nothing is expected of the client. */
  private void stream(Mailbox mailbox, Answer answer) {
    answer.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-ndjson");
    Connection connection = answer.connection();
    Content.Sink out =
        (last, bytes, written) -> {
          connections.waitsForClient(connection);
          answer
              .response()
              .write(last, bytes, Callback.from(() -> connections.answering(connection), written));
        };
    mailbox.stream(
        out, Callback.from(() -> connections.waitsForClient(connection), answer.callback()));
  }
}
