package io.convoy.notation;

import io.convoy.text.DisplayText;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** A notation's tree, by the grammar; its first error ends it. */
final class NotationParser {
  /** Brackets in each other at the most: the parser calls itself for each. */
  private static final int DEEPEST = 32;

  /** Characters of a name or number at the most. */
  private static final int LONGEST = 100;

  private NotationParser() {}

  /**
   * @throws io.convoy.error.ConvoyException of kind USAGE when the text does not keep to the
   *     grammar
   */
  static NetworkGrammarParser.NetworkContext parse(NotationText text) {
    NetworkGrammarLexer lexer = new NetworkGrammarLexer(CharStreams.fromString(text.text()));
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    requireLimits(text, tokens.getTokens());
    NetworkGrammarParser parser = new NetworkGrammarParser(tokens);
    parser.removeErrorListeners();
    parser.addErrorListener(new FirstError(text));
    return parser.network();
  }

  private static void requireLimits(NotationText text, List<Token> tokens) {
    int depth = 0;
    for (Token token : tokens) {
      switch (token.getType()) {
        case NetworkGrammarLexer.OPEN, NetworkGrammarLexer.LEFT -> depth++;
        case NetworkGrammarLexer.CLOSE, NetworkGrammarLexer.RIGHT -> depth--;
        default -> {}
      }
      if (token.getText().length() > LONGEST) {
        throw text.error(token, "a name or number has at most %s characters".formatted(LONGEST));
      }
      if (depth > DEEPEST) {
        throw text.error(token, "brackets stand at most %s deep in each other".formatted(DEEPEST));
      }
    }
  }

  /** Says what was expected. */
  private static final class FirstError extends BaseErrorListener {
    private final NotationText text;

    FirstError(NotationText text) {
      this.text = text;
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        Object offending,
        int line,
        int column,
        String message,
        RecognitionException cause) {
      IntervalSet expected =
          cause == null ? ((Parser) recognizer).getExpectedTokens() : cause.getExpectedTokens();
      Token token = (Token) offending;
      throw text.error(token, "expected " + told(expected) + "; got " + got(token));
    }

    private static String got(Token token) {
      if (token.getType() == Token.EOF) {
        return "the end";
      }
      return "'" + DisplayText.printable(token.getText()) + "'";
    }

    private static String told(IntervalSet expected) {
      BitSet types = new BitSet();
      expected.toList().stream().filter(type -> type >= 0).forEach(types::set);
      String words =
          types.stream().mapToObj(FirstError::word).distinct().collect(Collectors.joining(", "));
      return expected.contains(Token.EOF) ? words + " or the end" : words;
    }

    private static String word(int type) {
      return switch (type) {
        case NetworkGrammarLexer.ARROW -> "'=>'";
        case NetworkGrammarLexer.TIMES -> "'*'";
        case NetworkGrammarLexer.SIZE -> "a size such as 3x3";
        case NetworkGrammarLexer.WHOLE, NetworkGrammarLexer.NUMBER -> "a number";
        case NetworkGrammarLexer.NAME -> "a name";
        default -> NetworkGrammarLexer.VOCABULARY.getLiteralName(type);
      };
    }
  }
}
