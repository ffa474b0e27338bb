package io.convoy.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.util.Map;

/** Tells Jackson the names of a {@link JsonFamily}'s records. */
public final class FamilyNames extends TypeIdResolverBase {
  private Map<String, Class<?>> members = Map.of();

  @Override
  public void init(JavaType family) {
    members = Families.members(family.getRawClass());
  }

  @Override
  public String idFromValue(Object value) {
    return Families.name(value.getClass());
  }

  @Override
  public String idFromValueAndType(Object value, Class<?> type) {
    return Families.name(type);
  }

  @Override
  public JavaType typeFromId(DatabindContext context, String name) {
    Class<?> member = members.get(name);
    return member == null ? null : context.constructType(member);
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
