package io.convoy.launcher.command;

import io.convoy.launcher.terminal.Console;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code convoy completion}: a script by which bash and zsh complete Convoy's command lines. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    header = "Prints a script by which bash and zsh complete commands.",
    footer = {
      "",
      "Examples:",
      "  source <(convoy completion)               for this shell",
      "  convoy completion > ~/.convoy-completion  for all: put 'source",
      "                                            ~/.convoy-completion' into",
      "                                            ~/.bashrc or ~/.zshrc"
    })
public final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private final Console console;

  public CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    console.out().print(script(root));
    return 0;
  }

  /** Picocli writes its numbers in the language of the machine, whose digits no shell may know. */
  private static String script(CommandSpec root) {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      return AutoComplete.bash(root.name(), root.commandLine());
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
