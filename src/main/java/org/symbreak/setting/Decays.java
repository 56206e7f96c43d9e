package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import org.symbreak.problem.InputException;
import org.symbreak.setting.OptimizerSpec.Decay;

/**
 * How the learning rate falls: {@code none}, {@code exponential:GAMMA}, {@code
 * inverse:GAMMA[:POWER]} or {@code step:GAMMA:EVERY}; in JSON an object of kind, gamma and
 * parameter.
 */
record Decays() implements Kind<Decay> {
  private static final double LARGEST_GAMMA = 1e6;

  @Override
  public String expected() {
    return "none, exponential:GAMMA, inverse:GAMMA[:POWER] or step:GAMMA:EVERY, GAMMA from 0,"
        + " such as exponential:0.999";
  }

  @Override
  public Decay read(String place, String text) {
    String[] parts = text.strip().split(":", -1);
    Decay.Kind kind = kind().read(place, parts[0]);
    int least = kind == Decay.Kind.NONE ? 1 : kind == Decay.Kind.STEP ? 3 : 2;
    int most = kind == Decay.Kind.INVERSE ? 3 : least;
    if (parts.length >= least && parts.length <= most) {
      try {
        return new Decay(
            kind,
            parts.length > 1 ? gamma().read(place, parts[1]) : 1,
            parts.length > 2 ? parameter().read(place, parts[2]) : 1);
      } catch (InputException e) {
        // refused below, with the whole text
      }
    }
    throw refusal(place, "'" + text + "'");
  }

  @Override
  public String text(Decay decay) {
    String name = decay.kind().name().toLowerCase(Locale.ROOT);
    return switch (decay.kind()) {
      case NONE -> name;
      case EXPONENTIAL -> name + ":" + decay.gamma();
      case INVERSE, STEP -> name + ":" + decay.gamma() + ":" + decay.parameter();
    };
  }

  @Override
  public Decay read(String place, JsonNode json) {
    if (!json.isObject()) {
      throw InputException.of(
          place, "an object", json.isMissingNode() ? "nothing" : json.toString());
    }
    return new Decay(
        kind().read(place + ".kind", json.path("kind")),
        gamma().read(place + ".gamma", json.path("gamma")),
        parameter().read(place + ".parameter", json.path("parameter")));
  }

  @Override
  public JsonNode json(Decay decay) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", decay.kind().name().toLowerCase(Locale.ROOT))
        .put("gamma", decay.gamma())
        .put("parameter", decay.parameter());
  }

  @Override
  public List<String> words() {
    return kind().words();
  }

  private Choice<Decay.Kind> kind() {
    return Choice.of(expected(), Decay.Kind.values());
  }

  private Real gamma() {
    return Real.of(gamma -> gamma >= 0 && gamma <= LARGEST_GAMMA, expected());
  }

  private Real parameter() {
    return Real.of(x -> x > 0 && x < Double.POSITIVE_INFINITY, expected());
  }
}
