package org.symbreak.setting;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A component of a record, or of a record within it, by its path: {@code optimizer.learningRate}.
 * Whole numbers are handed out as longs.
 */
final class Component {
  private final List<RecordComponent> path;

  /**
   * @throws IllegalArgumentException where there is no such component
   */
  Component(Class<? extends Record> type, String path) {
    String[] names = path.split("\\.");
    RecordComponent[] components = new RecordComponent[names.length];
    Class<?> at = type;
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      components[i] =
          Arrays.stream(at.getRecordComponents())
              .filter(component -> component.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no component " + path));
      at = components[i].getType();
    }
    this.path = List.of(components);
  }

  Object of(Record record) {
    Object value = record;
    for (RecordComponent component : path) {
      value = get(component, value);
    }
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }

  /** The same record but for these components; each record within is built once. */
  static <R extends Record> R with(R record, Map<Component, ?> values) {
    return values.isEmpty() ? record : with(record, values, 0);
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> R with(R record, Map<Component, ?> values, int depth) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] arguments = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] = get(components[i], record);
      Map<Component, Object> below = new LinkedHashMap<>();
      for (Map.Entry<Component, ?> entry : values.entrySet()) {
        List<RecordComponent> path = entry.getKey().path;
        if (path.get(depth).getName().equals(components[i].getName())) {
          if (path.size() == depth + 1) {
            arguments[i] = as(types[i], entry.getValue());
          } else {
            below.put(entry.getKey(), entry.getValue());
          }
        }
      }
      if (!below.isEmpty()) {
        arguments[i] = with((Record) arguments[i], below, depth + 1);
      }
    }
    try {
      return (R) record.getClass().getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a public record has a public constructor", e);
    }
  }

  private static Object as(Class<?> type, Object value) {
    return type == int.class ? (Object) Math.toIntExact((Long) value) : value;
  }

  private static Object get(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("a public record has public accessors", e);
    }
  }
}
