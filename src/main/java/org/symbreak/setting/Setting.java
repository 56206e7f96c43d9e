package org.symbreak.setting;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.symbreak.problem.Problem;

/**
 * One of the things that a run is made of: how it is called, what it may be and where it stands in
 * a {@link RunSpec}. The rows of {@link Settings}.
 *
 * @param <T> type of its value
 */
public final class Setting<T> {
  private final String name;
  private final String path;
  private final Component component;
  private final Kind<T> kind;
  private final String group;
  private final String label;
  private final String description;
  private Need need;
  private boolean isNew;
  private T before;

  /** What a setting is without effect without. */
  private record Need(
      Predicate<RunSpec> met, String expected, Setting<?> other, List<String> choices) {}

  /**
   * @param name as an option after two dashes, and as a key
   * @param component its path in a run; its place in JSON is the same without format and rulings
   * @param group line above it in help
   * @param label what stands for its value in help; null for an option without value
   */
  Setting(
      String name, String component, Kind<T> kind, String group, String label, String description) {
    this.name = name;
    this.path = component.replace(".format.", ".").replace(".rulings.", ".");
    this.component = new Component(RunSpec.class, component);
    this.kind = kind;
    this.group = group;
    this.label = label;
    this.description = description;
  }

  /** The same, without effect where something does not hold. */
  Setting<T> needs(Predicate<RunSpec> met, String expected, Setting<?> other, String... choices) {
    need = new Need(met, expected, other, List.of(choices));
    return this;
  }

  /** The same, missing in files of 0.1.0, which did as with this value. */
  Setting<T> before(T value) {
    isNew = true;
    before = value;
    return this;
  }

  /** As a key; as an option after two dashes, where {@link #option} does not say otherwise. */
  public String name() {
    return name;
  }

  /** The option that gives it. */
  public String option() {
    return (kind instanceof Flag flag && flag.on() == null && !flag.given() ? "--no-" : "--")
        + name;
  }

  /** Its place in JSON, such as {@code optimizer.learningRate}. */
  public String path() {
    return path;
  }

  public Kind<T> kind() {
    return kind;
  }

  /** Line above it in help. */
  public String group() {
    return group;
  }

  /** What stands for its value in help; null for an option without value. */
  public String label() {
    return label;
  }

  /** For help, its default included. */
  public String description() {
    return description;
  }

  /** Whether files may do without it, as those of 0.1.0 do. */
  boolean isNew() {
    return isNew;
  }

  /** What holds where a file does without it. */
  T before() {
    return before;
  }

  /** Whether a run does as those did that knew nothing of it. */
  boolean isAsBefore(RunSpec run) {
    return isNew && Objects.equals(of(run), before);
  }

  Component component() {
    return component;
  }

  /** Its value in a run. */
  @SuppressWarnings("unchecked")
  public T of(RunSpec run) {
    return (T) component.of(run);
  }

  /** The run with another value. */
  public RunSpec with(RunSpec run, T value) {
    return Settings.with(run, Collections.singletonMap(this, value));
  }

  /** Its value in a run, as text. */
  public String text(RunSpec run) {
    return kind.text(of(run));
  }

  /** Its value in a run as an option: {@code --optimizer lbfgs}. */
  String asOption(RunSpec run) {
    return kind instanceof Flag flag && flag.on() == null ? option() : option() + " " + text(run);
  }

  /** Whether a run would go the same way with any value of it. */
  public boolean isIgnored(RunSpec run) {
    return need != null && !need.met.test(run);
  }

  /** What is to be said where it is given, and ignored. */
  Problem ignored(String place, RunSpec run) {
    return new Problem(place, need.expected, need.other.asOption(run), need.choices);
  }

  @Override
  public String toString() {
    return name;
  }
}
