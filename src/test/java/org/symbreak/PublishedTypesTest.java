package org.symbreak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published is what docs/library.md lists. */
class PublishedTypesTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `(org\\.symbreak[.a-z]*)` \\| (.*?) \\|", Pattern.MULTILINE);

  private static Set<String> listed() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("docs/library.md")));
    while (row.find()) {
      for (String type : row.group(2).replace("`", "").split(", ")) {
        names.add(row.group(1) + "." + type);
      }
    }
    return names;
  }

  /** Types of ours that whoever uses a type has to do with. */
  private static Set<String> used(Class<?> type) {
    List<Type> types = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
        types.add(method.getGenericReturnType());
        types.addAll(List.of(method.getGenericParameterTypes()));
        types.addAll(List.of(method.getGenericExceptionTypes()));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (Modifier.isPublic(constructor.getModifiers())) {
        types.addAll(List.of(constructor.getGenericParameterTypes()));
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        types.add(field.getGenericType());
      }
    }
    types.addAll(List.of(type.getGenericInterfaces()));
    if (type.getGenericSuperclass() != null) {
      types.add(type.getGenericSuperclass());
    }
    for (Class<?> member : type.getDeclaredClasses()) {
      if (Modifier.isPublic(member.getModifiers())) {
        used(member).forEach(name -> types.add(named(name)));
      }
    }
    return types.stream()
        .flatMap(one -> Arrays.stream(one.getTypeName().split("[<>,\\s\\[\\]?&]+")))
        .filter(name -> name.startsWith("org.symbreak."))
        .map(name -> name.replaceAll("\\$.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("docs/library.md lists " + name + ", which there is not", e);
    }
  }

  @Test
  void whatATypeTakesAndGivesIsListedToo() throws IOException {
    assertThat(listed()).contains("org.symbreak.watch.HiddenUnitSimilarityListener");
    for (String name : listed()) {
      Class<?> type = named(name);
      assertThat(Modifier.isPublic(type.getModifiers())).as(name).isTrue();
      assertThat(listed()).as("what %s takes and gives", name).containsAll(used(type));
    }
  }

  /** Who gave a type of ours away that is not listed would be found out. */
  @Test
  void aTypeThatIsNotListedIsFound() {
    assertThat(used(org.symbreak.watch.RunObserver.class)).contains("org.symbreak.watch.RunLook");
  }

  /** The programs that the pages show use nothing else. */
  @Test
  void pagesForProgramsUseListedTypesAlone() throws IOException {
    Set<String> simple =
        listed().stream().map(name -> name.replaceAll(".*\\.", "")).collect(Collectors.toSet());
    Set<String> ours;
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java/org/symbreak"))) {
      ours =
          sources
              .map(path -> path.getFileName().toString())
              .filter(file -> file.endsWith(".java"))
              .map(file -> file.substring(0, file.length() - 5))
              .collect(Collectors.toSet());
    }
    for (String page : List.of("docs/library.md", "docs/classifier.md")) {
      Matcher block =
          Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
              .matcher(Files.readString(Path.of(page)));
      while (block.find()) {
        for (String word : block.group(1).split("\\W+")) {
          if (ours.contains(word)) {
            assertThat(simple).as(page).contains(word);
          }
        }
      }
    }
  }
}
