package io.convoy.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.error.ConvoyException;
import java.lang.invoke.MethodHandles;
import org.apache.spark.sql.SparkSession;
import org.apache.xbean.asm9.ClassWriter;
import org.apache.xbean.asm9.MethodVisitor;
import org.apache.xbean.asm9.Opcodes;
import org.junit.jupiter.api.Test;

/** The client of Spark Connect is no dependency: a session of another class stands for it. */
class ClassicSessionTest {
  private static final String NAME = "io/convoy/sql/SessionOfAClient";

  /** A session that is none of the driver's, and can do nothing: a JVM allows such a class. */
  private static SparkSession client() throws ReflectiveOperationException {
    String parent = SparkSession.class.getName().replace('.', '/');
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, NAME, null, parent, null);
    MethodVisitor made = type.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    made.visitCode();
    made.visitVarInsn(Opcodes.ALOAD, 0);
    made.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
    made.visitInsn(Opcodes.RETURN);
    made.visitMaxs(0, 0);
    made.visitEnd();
    type.visitEnd();
    Class<?> known = MethodHandles.lookup().defineClass(type.toByteArray());
    return (SparkSession) known.getConstructor().newInstance();
  }

  @Test
  void aClientIsRefused() throws ReflectiveOperationException {
    SparkSession client = client();
    String refusal =
        "this session is a client of Spark Connect (io.convoy.sql.SessionOfAClient), and Convoy works"
            + " in the driver's own JVM: use a session that is made there, by spark-submit,"
            + " spark-shell or pyspark with spark.api.mode=classic, or by"
            + " SparkSession.builder().master(...)";
    assertEquals(
        refusal,
        assertThrows(
                ConvoyException.class,
                () -> ConvoyFunctions.register(client, "convoy_predict", "runs/7"))
            .getMessage());
    assertEquals(
        refusal,
        assertThrows(ConvoyException.class, () -> ImagePredictor.load(client, "runs/7"))
            .getMessage());
  }
}
