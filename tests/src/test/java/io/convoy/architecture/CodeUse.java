package io.convoy.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A condition on the methods that a class calls or refers to, by the names of owner and method. */
final class CodeUse extends ArchCondition<JavaClass> {
  private final Predicate<JavaAccess<? extends CodeUnitAccessTarget>> banned;

  private CodeUse(
      String description, Predicate<JavaAccess<? extends CodeUnitAccessTarget>> banned) {
    super(description);
    this.banned = banned;
  }

  /**
   * Reports every use of a banned method: to stand after {@code classes().should(...)}.
   *
   * @param banned of the owner's full class name and the method's name
   */
  static CodeUse never(String description, BiPredicate<String, String> banned) {
    return neverAccess(
        description,
        use -> banned.test(use.getTarget().getOwner().getName(), use.getTarget().getName()));
  }

  /** The same of a whole use, whose kind and whose parameters' types may matter. */
  static CodeUse neverAccess(
      String description, Predicate<JavaAccess<? extends CodeUnitAccessTarget>> banned) {
    return new CodeUse("never " + description, banned);
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    Stream.concat(
            type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
        .filter(banned)
        .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
  }
}
