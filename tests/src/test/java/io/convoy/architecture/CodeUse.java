package io.convoy.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** A condition on the methods that a class calls or refers to, by the names of owner and method. */
final class CodeUse extends ArchCondition<JavaClass> {
  private final BiPredicate<String, String> banned;

  /**
   * @param banned of the owner's full class name and the method's name
   */
  private CodeUse(String description, BiPredicate<String, String> banned) {
    super(description);
    this.banned = banned;
  }

  /** Reports every use of a banned method: to stand after {@code classes().should(...)}. */
  static CodeUse never(String description, BiPredicate<String, String> banned) {
    return new CodeUse("never " + description, banned);
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    Stream.concat(
            type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
        .filter(this::isBanned)
        .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
  }

  private boolean isBanned(JavaAccess<? extends CodeUnitAccessTarget> use) {
    CodeUnitAccessTarget target = use.getTarget();
    return banned.test(target.getOwner().getName(), target.getName());
  }
}
