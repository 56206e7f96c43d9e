package org.symbreak.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.symbreak.problem.InputException;

/** Which directories are made, and what is refused in which words. */
class DestinationTest {
  @TempDir private Path directory;

  @Test
  void makesWhatIsNotThere() {
    Path file = directory.resolve("a/b/c.csv");
    assertThat(Destination.file(file)).isEqualTo(file);
    assertThat(directory.resolve("a/b")).isEmptyDirectory();
    Path nested = directory.resolve("x/y");
    assertThat(Destination.directory(nested)).isEqualTo(nested);
    assertThat(nested).isEmptyDirectory();
    Destination.directory(nested);
    assertThat(Destination.file(Path.of("here.csv"))).isEqualTo(Path.of("here.csv"));
  }

  @Test
  void aLinkToADirectoryIsADirectory() throws IOException {
    Path link = link("link", Files.createDirectory(directory.resolve("real")));
    Destination.directory(link);
    Destination.file(link.resolve("x.csv"));
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    refusesDirectory(file, "a file");
    refusesDirectory(file.resolve("x"), "the file " + file);
    refusesFile(file.resolve("x.csv"), "the file " + file);
    refusesFile(file.resolve("x/y.csv"), "the file " + file);
  }

  @Test
  void aDirectoryIsNoFile() {
    refusesFile(directory, "a directory");
  }

  @Test
  void aLinkToNothingIsNoFile() throws IOException {
    refusesFile(link("link", directory.resolve("nothing")), "a link to nothing");
  }

  @Test
  void whereNothingCanBeMade() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "a system with such a directory");
    Path file = Path.of("/proc/x/y.csv");
    assertThatThrownBy(() -> Destination.file(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("/proc/x/y.csv: expected a file that can be written, found no ")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void whereOneMayNotWrite() {
    Path locked = directory.resolve("locked");
    assumeTrue(locked.toFile().mkdir() && locked.toFile().setWritable(false));
    if (Files.isWritable(locked)) { // the superuser may write anywhere
      assertThat(Destination.file(locked.resolve("x.csv"))).isEqualTo(locked.resolve("x.csv"));
      assertThat(Destination.directory(locked.resolve("x"))).isDirectory();
      return;
    }
    refusesFile(locked.resolve("x.csv"), "no permission to write in " + locked);
    refusesDirectory(locked, "no permission to write in " + locked);
    refusesDirectory(locked.resolve("x"), "no permission to write in " + locked);
  }

  private static void refusesFile(Path named, String found) {
    assertThatThrownBy(() -> Destination.file(named))
        .isInstanceOf(InputException.class)
        .hasMessage(named + ": expected a file that can be written, found " + found);
  }

  private static void refusesDirectory(Path named, String found) {
    assertThatThrownBy(() -> Destination.directory(named))
        .isInstanceOf(InputException.class)
        .hasMessage(named + ": expected a directory that can be written to, found " + found);
  }

  private Path link(String name, Path target) throws IOException {
    try {
      return Files.createSymbolicLink(directory.resolve(name), target);
    } catch (UnsupportedOperationException e) {
      assumeTrue(false, "no symbolic links here");
      return null;
    }
  }
}
