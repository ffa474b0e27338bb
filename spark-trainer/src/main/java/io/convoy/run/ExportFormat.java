package io.convoy.run;

import io.convoy.error.ConvoyException;
import io.convoy.format.onnx.OnnxExport;
import io.convoy.inference.Model;
import io.convoy.pretrained.SafetensorsExport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats of other tools in which a model can be written as one file. */
public enum ExportFormat {
  /** The weights by name: {@link SafetensorsExport}. */
  SAFETENSORS {
    @Override
    void write(Model model, String version, OutputStream out) throws IOException {
      new SafetensorsExport(model).write(out);
    }
  },

  /** Network, weights, classes and preprocessing: {@link OnnxExport}. */
  ONNX {
    @Override
    void write(Model model, String version, OutputStream out) throws IOException {
      OnnxExport.write(model, version, out);
    }
  };

  /** Its name on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format of a name.
   *
   * @throws ConvoyException of kind USAGE when there is none
   */
  public static ExportFormat of(String name) {
    return Arrays.stream(values())
        .filter(format -> format.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ConvoyException.usage(
                    "--format is %s; got '%s'",
                    Arrays.stream(values())
                        .map(ExportFormat::text)
                        .collect(Collectors.joining(" or ")),
                    name));
  }

  abstract void write(Model model, String version, OutputStream out) throws IOException;
}
