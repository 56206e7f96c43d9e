package org.symbreak.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.symbreak.data.EncodedRows;
import org.symbreak.data.OneHot;
import org.symbreak.engine.TestRows;
import org.symbreak.engine.TrainingProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.engine.fused.ChunkHolders;
import org.symbreak.engine.fused.FusedEngine;
import org.symbreak.init.LayerInits;
import org.symbreak.init.Zeros;
import org.symbreak.network.Activation;
import org.symbreak.network.NetworkSpec;
import org.symbreak.network.Precision;
import org.symbreak.setting.BudgetSpec;
import org.symbreak.setting.OptimizerSpec;

/** Holders on threads of this process, over real connections. */
class CoordinatorTest {
  private static final int ROWS = 5000;

  private final List<Coordinator> open = new ArrayList<>();
  private final List<CompletableFuture<?>> holders = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Coordinator::close);
    holders.forEach(CompletableFuture::join);
  }

  private Coordinator coordinator(Duration patience) {
    Coordinator made = new Coordinator(InetAddress.getLoopbackAddress(), patience);
    open.add(made);
    return made;
  }

  private Coordinator coordinator() {
    return coordinator(Duration.ofSeconds(60));
  }

  /** Numbers, and a category of twelve values; rows count by weights. */
  private record WithCategory(TestRows numbers) implements EncodedRows {
    private static final int VALUES = 12;

    @Override
    public int rows() {
      return numbers.rows();
    }

    @Override
    public int features() {
      return numbers.features() + VALUES;
    }

    @Override
    public OneHot oneHot() {
      return new OneHot(features(), new int[] {numbers.features()}, new int[] {VALUES});
    }

    @Override
    public void inShort(int row, double[] into, int[] ones) {
      numbers.features(row, into, 0);
      ones[0] = numbers.features() + row % VALUES;
    }

    @Override
    public void features(int row, double[] into, int offset) {
      Arrays.fill(into, offset, offset + features(), 0);
      numbers.features(row, into, offset);
      into[offset + numbers.features() + row % VALUES] = 1;
    }

    @Override
    public int label(int row) {
      return numbers.label(row);
    }

    @Override
    public boolean isWeighted() {
      return true;
    }

    @Override
    public double weight(int row) {
      return 0.3 + row % 3 * 0.7;
    }

    @Override
    public long line(int row) {
      return numbers.line(row);
    }
  }

  private static TrainingProblem problem(
      EncodedRows rows, Precision precision, OptimizerSpec.Kind optimizer, Integer... hidden) {
    LayerInits zeros = LayerInits.of(new Zeros());
    List<Activation> activations = hidden.length == 0 ? List.of() : List.of(Activation.TANH);
    return new TrainingProblem(
        new NetworkSpec(List.of(hidden), activations, zeros, zeros, 0.01, precision),
        new OptimizerSpec(optimizer, 0.1, 0.9, OptimizerSpec.Decay.NONE),
        rows,
        0.8,
        1.7,
        BudgetSpec.FULL_BATCH,
        1,
        1);
  }

  private static double[] start(TrainingProblem problem) {
    double[] start = new double[problem.network().shape(problem.rows().features()).parameters()];
    for (int i = 0; i < start.length; i++) {
      start[i] = Math.sin(i + 1) / 3;
    }
    return start;
  }

  /** All numbers that a session gives, after some steps. */
  private static double[] train(TrainingSession opened, TrainingProblem problem, Runnable between) {
    try (TrainingSession session = opened) {
      double loss = 0;
      for (int step = 0; step < 3; step++) {
        loss += session.advance(2);
        between.run();
      }
      double[] gradient = new double[start(problem).length];
      loss += session.objective(start(problem), gradient);
      return Stream.of(
              session.parameters(),
              session.updaterState(),
              session.gradientNorms(),
              gradient,
              new double[] {loss, session.loss(problem.rows())},
              session.probabilities(problem.rows()))
          .flatMapToDouble(Arrays::stream)
          .toArray();
    }
  }

  private static double[] alone(TrainingProblem problem) {
    return train(new FusedEngine().open(problem, start(problem)), problem, () -> {});
  }

  private static double[] together(
      Coordinator coordinator, TrainingProblem problem, Runnable between) {
    return train(FusedEngine.open(problem, start(problem), coordinator), problem, between);
  }

  private void holder(Coordinator coordinator, byte[] secret, int most) {
    holders.add(
        CompletableFuture.runAsync(
            () -> {
              try (Socket socket =
                  new Socket(InetAddress.getLoopbackAddress(), coordinator.port())) {
                OutputStream out = new Broken(socket.getOutputStream(), most);
                Holder.serve(socket.getInputStream(), out, secret, 1);
              } catch (IOException e) {
                // as meant
              }
            },
            task -> new Thread(task).start()));
  }

  private void holder(Coordinator coordinator) {
    holder(coordinator, coordinator.secret(), Integer.MAX_VALUE);
  }

  /** Breaks after so many bytes. */
  private static final class Broken extends FilterOutputStream {
    private int left;

    Broken(OutputStream out, int most) {
      super(out);
      left = most;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int some = Math.min(left, length);
      out.write(bytes, from, some);
      left -= some;
      if (some < length) {
        out.flush();
        throw new IOException("broken, as meant");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anyNumberOfHoldersGivesTheBitsOfOneProcess(int count) {
    Coordinator coordinator = coordinator();
    for (int i = 0; i < count; i++) {
      holder(coordinator);
    }
    EncodedRows rows = TestRows.linear(ROWS, 7, 1);
    EncodedRows more = new WithCategory(TestRows.linear(ROWS, 3, 2));
    List<TrainingProblem> problems =
        List.of(
            problem(rows, Precision.FLOAT, OptimizerSpec.Kind.ADAM, 33, 20),
            problem(rows, Precision.DOUBLE, OptimizerSpec.Kind.NESTEROV, 33),
            problem(more, Precision.FLOAT, OptimizerSpec.Kind.SGD, 40),
            problem(more, Precision.DOUBLE, OptimizerSpec.Kind.SGD));
    for (TrainingProblem problem : problems) {
      assertThat(together(coordinator, problem, () -> {})).isEqualTo(alone(problem));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 3000, 100_000})
  void theChunksOfAHolderThatBreaksInTheMiddleGoToAnother(int bytes) {
    TrainingProblem problem =
        problem(TestRows.linear(ROWS, 7, 1), Precision.FLOAT, OptimizerSpec.Kind.ADAM, 33, 20);
    Coordinator coordinator = coordinator();
    holder(coordinator, coordinator.secret(), bytes);
    holder(coordinator);
    assertThat(together(coordinator, problem, () -> {})).isEqualTo(alone(problem));
  }

  @Test
  void whoComesLateTakesSomeChunksOver() {
    TrainingProblem problem =
        problem(TestRows.linear(ROWS, 7, 1), Precision.FLOAT, OptimizerSpec.Kind.ADAM, 33, 20);
    Coordinator coordinator = coordinator();
    holder(coordinator);
    AtomicInteger steps = new AtomicInteger();
    double[] numbers =
        together(
            coordinator,
            problem,
            () -> {
              if (steps.incrementAndGet() == 1) {
                holder(coordinator);
                coordinator.awaitArrival();
              }
            });
    assertThat(numbers).isEqualTo(alone(problem));
    assertThat(coordinator.efforts().sentence().orElseThrow()).contains("on 2 executors");
  }

  @Test
  void whoDoesNotKnowTheSecretGetsNoRows() {
    TrainingProblem problem =
        problem(TestRows.linear(200, 7, 1), Precision.FLOAT, OptimizerSpec.Kind.SGD, 5);
    Coordinator coordinator = coordinator(Duration.ofMillis(300));
    holder(coordinator, new byte[32], Integer.MAX_VALUE);
    assertThatThrownBy(() -> together(coordinator, problem, () -> {}))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no executor came to hold rows");
    holder(coordinator);
    coordinator.awaitArrival();
    assertThat(together(coordinator, problem, () -> {})).isEqualTo(alone(problem));
  }

  @Test
  void whoAnswersSomethingElseIsLeft() {
    TrainingProblem problem =
        problem(TestRows.linear(200, 7, 1), Precision.FLOAT, OptimizerSpec.Kind.SGD, 5);
    Coordinator coordinator = coordinator();
    holders.add(
        CompletableFuture.runAsync(
            () -> {
              try (Socket socket =
                  new Socket(InetAddress.getLoopbackAddress(), coordinator.port())) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                Handshake.hold(in, out, coordinator.secret());
                out.writeLong(1L << 30); // memory
                out.writeLong(1); // nanoseconds
                out.writeInt(99); // a chunk that nobody asked for
                in.readAllBytes();
              } catch (IOException e) {
                // let go
              }
            },
            task -> new Thread(task).start()));
    coordinator.awaitArrival();
    holder(coordinator);
    assertThat(together(coordinator, problem, () -> {})).isEqualTo(alone(problem));
  }

  @Test
  void rowsThatFindNoRoomAreRefused() {
    TrainingProblem problem =
        problem(TestRows.linear(200, 7, 1), Precision.FLOAT, OptimizerSpec.Kind.SGD, 5);
    Coordinator coordinator = coordinator(Duration.ofMillis(300));
    holders.add(
        CompletableFuture.runAsync(
            () -> {
              try (Socket socket =
                  new Socket(InetAddress.getLoopbackAddress(), coordinator.port())) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                Handshake.hold(in, out, coordinator.secret());
                out.writeLong(1000); // bytes of memory
                in.readAllBytes();
              } catch (IOException e) {
                // let go
              }
            },
            task -> new Thread(task).start()));
    assertThatThrownBy(() -> together(coordinator, problem, () -> {}))
        .hasMessageContaining("--spark: expected executors with room for 1 MB of rows")
        .hasMessageContaining("1 with room for 0 MB");
  }

  @Test
  void partsOfTheRowsAreRefused() {
    TrainingProblem full =
        problem(TestRows.linear(200, 7, 1), Precision.FLOAT, OptimizerSpec.Kind.SGD, 5);
    TrainingProblem parts =
        new TrainingProblem(
            full.network(), full.optimizer(), full.rows(), 1, 1, 128, full.seed(), 1);
    ClusterEngine engine = new ClusterEngine(coordinator(), "threads", () -> {});
    assertThat(engine.refuses(full)).isEmpty();
    assertThat(engine.refuses(parts).orElseThrow()).contains("128 of 200 rows", "--batch full");
  }

  @Test
  void itSaysWhereTheDataAreTooSmall() {
    HolderEfforts efforts = new HolderEfforts();
    List<Link.Effort> two =
        List.of(new Link.Effort(400_000, 1000, 0), new Link.Effort(500_000, 1000, 0));
    efforts.add(ChunkHolders.Wanted.GRADIENT, 600_000, two);
    assertThat(efforts.sentence().orElseThrow())
        .isEqualTo(
            "a gradient took 0.600 ms on 2 executors, which computed for 0.900 ms together; 2.00 KB"
                + " went to and fro for each, 0.00 MB of rows were sent");
    efforts.add(ChunkHolders.Wanted.GRADIENT, 1_300_000, two);
    assertThat(efforts.sentence().orElseThrow()).endsWith("the data are too small for more");
    HolderEfforts alone = new HolderEfforts();
    alone.add(ChunkHolders.Wanted.GRADIENT, 600_000, two.subList(0, 1));
    assertThat(alone.sentence().orElseThrow()).doesNotContain("too small");
  }
}
