package org.symbreak.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.symbreak.engine.RandomProblem;
import org.symbreak.engine.TrainingSession;
import org.symbreak.engine.dl4j.Dl4jEngine;
import org.symbreak.engine.fused.FusedEngine;
import org.symbreak.network.Activation;

/** Somebody's Deeplearning4j listener sees the same run whichever engine trains. */
class ForeignListenersTest {
  /** Writes down what it is told. */
  private static final class Diary extends BaseTrainingListener {
    final List<String> events = new ArrayList<>();
    final List<double[]> parameters = new ArrayList<>();
    final List<Double> scores = new ArrayList<>();

    @Override
    public void onEpochStart(Model model) {
      events.add("start of epoch " + ((MultiLayerNetwork) model).getEpochCount());
    }

    @Override
    public void onEpochEnd(Model model) {
      events.add("end of epoch");
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      events.add("iteration " + iteration + " of epoch " + epoch);
      parameters.add(model.params().reshape(model.numParams()).toDoubleVector());
      scores.add(model.score());
    }
  }

  @Test
  void seeANetworkWithThePresentParametersAfterEveryStep() {
    RandomProblem random = RandomProblem.of(20, Activation.TANH, 3, 4).batches(8);
    Diary expected = new Diary();
    Diary found = new Diary();
    try (TrainingSession reference =
            new Dl4jEngine(List.of(expected)).open(random.problem(), random.parameters());
        TrainingSession fused =
            new FusedEngine(List.of(found)).open(random.problem(), random.parameters())) {
      reference.advance(7);
      fused.advance(4);
      fused.advance(3);
    }
    assertThat(found.events)
        .filteredOn(event -> event.startsWith("iteration"))
        .isEqualTo(
            expected.events.stream().filter(event -> event.startsWith("iteration")).toList());
    assertThat(found.events)
        .startsWith("start of epoch 0", "iteration 0 of epoch 0")
        .contains("end of epoch", "start of epoch 1");
    for (int i = 0; i < 7; i++) {
      assertThat(found.parameters.get(i))
          .containsExactly(expected.parameters.get(i), within(1e-12));
      assertThat(found.scores.get(i)).isCloseTo(expected.scores.get(i), within(1e-12));
    }
  }
}
