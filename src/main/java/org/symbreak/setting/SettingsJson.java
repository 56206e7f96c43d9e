package org.symbreak.setting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.symbreak.data.DataSpec;
import org.symbreak.network.NetworkSpec;
import org.symbreak.problem.InputException;

/** A run, or its network alone, as JSON: each {@link Setting} at its path. */
public final class SettingsJson {
  private static final String NETWORK = "network.";

  private SettingsJson() {}

  /** A whole run; what 0.1.0 did not have is left out where it is as it was then. */
  public static ObjectNode of(RunSpec run) {
    return write(run, "");
  }

  /** What is trained, alone. */
  public static ObjectNode of(NetworkSpec network) {
    return write(nothingBut(network), NETWORK);
  }

  /**
   * @param place what to call the text in messages, such as a file's name
   * @throws InputException with all that is wrong
   */
  public static RunSpec run(String place, JsonNode json) {
    return read(place, json, "", usual());
  }

  /**
   * @param place what to call the text in messages
   * @param json what {@link #of(NetworkSpec)} wrote
   * @throws InputException with all that is wrong
   */
  public static NetworkSpec network(String place, JsonNode json) {
    return read(place, json, NETWORK, nothingBut(Defaults.network())).network();
  }

  private static RunSpec usual() {
    return Defaults.run(DataSpec.of("", null, null));
  }

  private static RunSpec nothingBut(NetworkSpec network) {
    return usual().withNetwork(network);
  }

  private static ObjectNode write(RunSpec run, String prefix) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Setting<?> setting : Settings.all()) {
      if (setting.path().startsWith(prefix) && !setting.isAsBefore(run)) {
        ObjectNode at = json;
        String[] names = setting.path().substring(prefix.length()).split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
          at = at.withObject("/" + names[i]);
        }
        at.set(names[names.length - 1], json(setting, run));
      }
    }
    return json;
  }

  private static <T> JsonNode json(Setting<T> setting, RunSpec run) {
    return setting.kind().json(setting.of(run));
  }

  private static RunSpec read(String place, JsonNode json, String prefix, RunSpec usual) {
    Fields fields = new Fields(place, json);
    List<Setting<?>> settings =
        Settings.all().stream().filter(row -> row.path().startsWith(prefix)).toList();
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    for (Setting<?> setting : settings) {
      String path = setting.path().substring(prefix.length());
      values.put(
          setting,
          setting.isNew() && !fields.has(path)
              ? setting.before()
              : fields.read(path, setting.kind()));
    }
    fields.refuseOthers(
        settings.stream().map(row -> row.path().substring(prefix.length())).toList());
    if (fields.isRight()) {
      fields.add(Settings.clashes(usual, values, row -> place + ", " + row.path()));
    }
    fields.refuse();
    return Settings.with(usual, values);
  }
}
