package io.convoy.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.launcher.session.ModuleOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that are not in the character set of the locale: said, never passed over. */
@Tag("slow")
final class LocaleTest {
  private static final Map<String, String> PLAIN =
      Map.of("LC_ALL", "C", "LC_CTYPE", "", "LANG", "");

  @TempDir Path folder;

  @Test
  void imagesThatCannotBeReadAreNamed() throws Exception {
    for (String set : List.of("train", "test")) {
      for (String name : List.of("plain.png", "caf\u00e9.png")) {
        Path image = folder.resolve("data").resolve(set).resolve("cup").resolve(name);
        Files.createDirectories(image.getParent());
        Files.write(image, new byte[1]);
      }
    }
    ForkedLauncher train =
        run("train", recipe("tiny.yaml").toString(), "--data", folder + "/data", "--out", out());
    assertEquals(Commands.DATA, train.exitCode(), train::err);
    assertTrue(
        train.err().contains("/train/cup: 1 of its 2 names cannot be read (caf"), train::err);
    says(train);
  }

  @Test
  void aFolderAndARecipeThatCannotBeNamed() throws Exception {
    Files.createDirectories(folder.resolve("caf\u00e9/train"));
    ForkedLauncher data =
        run(
            "train",
            recipe("tiny.yaml").toString(),
            "--data",
            folder + "/caf\u00e9",
            "--out",
            out());
    assertTrue(List.of(Commands.USAGE, Commands.DATA).contains(data.exitCode()), data::err);
    says(data);
    ForkedLauncher recipe =
        run("train", recipe("caf\u00e9.yaml").toString(), "--data", folder.toString());
    assertEquals(Commands.USAGE, recipe.exitCode(), recipe::err);
    says(recipe);
  }

  private static void says(ForkedLauncher launcher) {
    assertTrue(
        launcher.err().contains("start it in a UTF-8 locale, such as by LC_ALL=C.UTF-8"),
        launcher::err);
    assertEquals(1, launcher.err().lines().filter(line -> line.contains("convoy: ")).count());
  }

  @Test
  void theDoctorSaysSo() throws Exception {
    ForkedLauncher doctor = run("doctor");
    assertTrue(
        doctor.out().contains("warn  names of files   taken for ANSI_X3.4-1968 (LC_ALL=C): others"),
        doctor::out);
  }

  private Path recipe(String name) throws IOException {
    return Files.writeString(
        folder.resolve(name), Commands.RECIPE.replace("format: idx", "format: folders"));
  }

  private String out() {
    return folder.resolve("run").toString();
  }

  private static ForkedLauncher run(String... arguments) throws Exception {
    return ForkedLauncher.java(List.of(ModuleOptions.all().split(" ")), PLAIN, arguments);
  }
}
